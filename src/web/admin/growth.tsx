import { type Context, Hono } from 'hono'
import { firstDay, type GrowthRange, type GrowthStep, growthRanges, stepsOf } from '../../domain/growth.ts'
import { wallTime } from '../../domain/zoned-time.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { anyNewsletter, growthByNewsletter, lastReaderCount, readerPeriods } from '../../store/reader-days.ts'
import type { AppEnv } from '../env.ts'
import { requireRole } from '../middleware/require-role.ts'
import { workspaceFrame } from './frame.ts'
import { GrowthPage } from './growth-page.tsx'

/** Who joined and left over time: numbers only, so that writers see them too. */
export const growth = new Hono<AppEnv>().get('/', requireRole('writer'), async c => {
  const { db } = c.var.services
  const [frame, newsletters] = await Promise.all([workspaceFrame(c), listNewsletters(db)])
  const newsletter = newsletters.find(one => one.slug === c.req.query('newsletter'))
  const { range, step } = wishOf(c)
  const today = wallTime(new Date(), frame.publication.timeZone).slice(0, 10)
  const since = firstDay(range, step, today)
  const [periods, sums, countedAt] = await Promise.all([
    readerPeriods(db, { newsletterId: newsletter?.id ?? anyNewsletter, since, step }),
    growthByNewsletter(db, since),
    lastReaderCount(db),
  ])
  return c.html(
    <GrowthPage {...frame} {...{ newsletters, newsletter, range, step, periods, sums, countedAt }} />,
  )
})

function wishOf(c: Context): { range: GrowthRange; step: GrowthStep } {
  const asked = c.req.query('range') ?? ''
  const range = Object.hasOwn(growthRanges, asked) ? (asked as GrowthRange) : 'month'
  const step = stepsOf[range].find(one => one === c.req.query('by')) ?? stepsOf[range][0]!
  return { range, step }
}
