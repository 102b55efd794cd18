import { Hono } from 'hono'
import { listedAddress, sees } from '../../domain/sight.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { signUpNumbers } from '../../store/sign-up-numbers.ts'
import { listSignUps } from '../../store/sign-ups.ts'
import type { AppEnv } from '../env.ts'
import { pageBefore } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { workspaceFrame } from './frame.ts'
import { SignUpsPage } from './sign-ups-page.tsx'

const path = '/admin/readers/sign-ups'
const perPage = 50

/** What strangers asked for in the last 30 days, confirmed or not: in numbers for everybody, one by one for editors. */
export const signUps = new Hono<AppEnv>().get('/', requireRole('writer'), async c => {
  const { db } = c.var.services
  const before = pageBefore(c)
  const frame = await workspaceFrame(c)
  const sight = sees(frame.actor)
  const [found, newsletters, numbers] = await Promise.all([
    sight === 'none' ? [] : listSignUps(db, { limit: perPage + 1, before }),
    listNewsletters(db),
    signUpNumbers(db, frame.publication.timeZone),
  ])
  const rows = found
    .slice(0, perPage)
    .map(row => ({ ...row, address: listedAddress(sight, row.address) ?? '' }))
  return c.html(
    <SignUpsPage
      {...{ ...frame, newsletters, numbers, sight }}
      rows={sight === 'none' ? undefined : rows}
      first={before === undefined ? undefined : path}
      older={found.length > perPage ? `${path}?before=${rows.at(-1)!.id}` : undefined}
      asked={c.req.query('done') === 'asked'}
    />,
  )
})
