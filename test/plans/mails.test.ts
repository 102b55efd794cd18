import { beforeEach, expect, test } from 'vitest'
import { composeNotice } from '../../src/actions/compose-notice.ts'
import type { Language } from '../../src/domain/languages.ts'
import { type PlanEvent, tellsOf } from '../../src/domain/plan-run.ts'
import { error } from '../../src/domain/preflight/finding.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { queueNotice } from '../../src/store/notices.ts'
import { notices } from '../../src/store/schema/mail.ts'
import { addStory, openPlanRoom, planAsOf } from './newsroom.ts'

const room = await openPlanRoom()
const { services, raw } = room
const { db } = services
const day = '2026-06-22'
const due = new Date('2026-06-22T04:30:00Z')

beforeEach(() => raw`truncate plans, digests, articles, notices cascade`.then(() => {}))

/** A plan's run as it stands when a mail of this event is sent; answers the mail in a language. */
async function mailOf(
  event: PlanEvent,
  language: Language,
  { subject = 'The news', to = 'desk@example.com' } = {},
) {
  await raw`truncate plans, digests, articles, notices cascade`
  const plan = await planAsOf(room, new Date('2026-06-21T12:00:00Z'))
  const story = await addStory(room)
  const hasDigest = event !== 'asks' && event !== 'empty'
  const digest = hasDigest
    ? await addDigest(db, {
        subject,
        preheader: '',
        blocks: [{ type: 'article', articleId: story.id }],
        newsletterIds: [room.newsletterId],
      })
    : null
  const faults = event === 'blocked' ? [error({ code: 'no-newsletters' })] : null
  await raw`insert into plan_runs (plan_id, day, due_at, state, reason, digest_id, faults)
    values (${plan}, ${day}, ${due}, ${tellsOf[event][0]!}, ${event === 'empty' ? 'empty' : null}, ${digest},
      ${faults && JSON.stringify(faults)}::text::jsonb)`
  await db.transaction(tx =>
    queueNotice(tx, {
      kind: 'plan',
      content: { planId: plan, day, event },
      recipient: to,
      language,
      transport: 'mailbox',
    }),
  )
  return { plan, digest, story, compose }
}

const compose = async () => {
  const [row] = await db.select().from(notices)
  return composeNotice(services, row as never)
}

const events = Object.keys(tellsOf) as PlanEvent[]

test.each(events)(
  '%s: the mail names plan, readers and time, and leads to where it is dealt with',
  async event => {
    for (const language of ['en', 'de'] as const) {
      const { plan, digest, story } = await mailOf(event, language)
      const mail = await compose()
      if (mail === 'obsolete') throw new Error('it is obsolete')
      const unwrapped = mail.text.replaceAll('\n', ' ')
      expect(unwrapped).toContain('Morning plan')
      expect(unwrapped).toContain('Morning Brief')
      expect(unwrapped).toContain('06:30')
      expect(unwrapped).toContain('Europe/Berlin')
      expect(unwrapped).not.toMatch(/undefined|null|NaN/)
      expect(unwrapped).toMatch(language === 'de' ? /\b(und|der|die|Ausgabe)\b/ : /\b(and|the|edition)\b/)
      const onDay = ['made', 'late', 'asks', 'empty'].includes(event)
      expect(mail.text).toContain(onDay ? `/admin/plans/${plan}/runs/${day}` : `/admin/digests/${digest}`)
      if (['made', 'late', 'waits', 'asked', 'unapproved'].includes(event))
        expect(mail.text).toContain(story.title)
      if (event === 'blocked') expect(unwrapped).toMatch(/It goes to no newsletter yet|an keinen Newsletter/)
    }
  },
)

test.each(events)(
  '%s: nobody is told what is settled meanwhile, nor who is no editor any more',
  async event => {
    await mailOf(event, 'en')
    expect(await compose()).not.toBe('obsolete')
    await raw`update plan_runs set state = 'stopped', faults = null, reason = null`
    expect(await compose()).toBe('obsolete')
    await mailOf(event, 'en', { to: 'gone@example.com' })
    expect(await compose()).toBe('obsolete')
    await mailOf(event, 'en')
    await raw`delete from plans`
    expect(await compose()).toBe('obsolete')
  },
)

test('days that were given up for this one are said with it', async () => {
  const { plan } = await mailOf('made', 'en')
  await raw`insert into plan_runs (plan_id, day, due_at, state, reason, changed_at)
    select ${plan}, d, d + time '04:30' at time zone 'UTC', 'skipped', 'missed', (select created_at from plan_runs)
    from unnest(array['2026-06-19', '2026-06-20', '2026-06-21']::date[]) as d`
  const mail = await compose()
  if (mail === 'obsolete') throw new Error('it is obsolete')
  expect(mail.text.replaceAll('\n', ' ')).toContain(
    '3 editions, from Friday 19 June 2026 to Sunday 21 June 2026, were skipped',
  )
})

test('hostile words of a subject or a story stay words', async () => {
  const evil = '<img src=x onerror=alert(1)>'
  await mailOf('made', 'en', { subject: evil })
  await raw`update articles set title = ${evil}`
  const mail = await compose()
  if (mail === 'obsolete') throw new Error('it is obsolete')
  expect(mail.html).not.toContain('<img src=x')
  expect(mail.html).toContain('&lt;img src=x')
})
