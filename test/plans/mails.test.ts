import { parseHTML } from 'linkedom'
import { beforeEach, expect, test } from 'vitest'
import { composeNotice } from '../../src/actions/compose-notice.ts'
import type { FixedBlock } from '../../src/domain/blocks.ts'
import type { Language } from '../../src/domain/languages.ts'
import { type PlanEvent, tellsOf } from '../../src/domain/plan-run.ts'
import { error } from '../../src/domain/preflight/finding.ts'
import { templateToStartFrom } from '../../src/mail/render/own-template.ts'
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

type Edition = { subject?: string; to?: string; blocks?: FixedBlock[] }

/** A plan's run as it stands when a mail of this event is sent; answers the mail in a language. */
async function mailOf(
  event: PlanEvent,
  language: Language,
  { subject = 'The news', to = 'desk@example.com', blocks = [] }: Edition = {},
) {
  await raw`truncate plans, digests, articles, notices cascade`
  const plan = await planAsOf(room, new Date('2026-06-21T12:00:00Z'))
  const story = await addStory(room)
  const hasDigest = event !== 'asks' && event !== 'empty'
  const digest = hasDigest
    ? await addDigest(db, {
        subject,
        preheader: '',
        blocks: [...blocks, { type: 'article', articleId: story.id }],
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
  return { plan, digest, story }
}

const compose = async () => {
  const [row] = await db.select().from(notices)
  return composeNotice(services, row as never)
}

/** The mail of an event that is not settled meanwhile, in English. */
async function composed(event: PlanEvent, edition: Edition = {}) {
  const made = await mailOf(event, 'en', edition)
  return { ...made, mail: await theMail() }
}

async function theMail() {
  const mail = await compose()
  if (mail === 'obsolete') throw new Error('it is obsolete')
  return mail
}

const events = Object.keys(tellsOf) as PlanEvent[]

test.each(events)(
  '%s: the mail names plan, readers and time, and leads to where it is dealt with',
  async event => {
    for (const language of ['en', 'de'] as const) {
      const { plan, digest, story } = await mailOf(event, language)
      const mail = await theMail()
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
  const mail = await theMail()
  expect(mail.text.replaceAll('\n', ' ')).toContain(
    '3 editions, from Friday 19 June 2026 to Sunday 21 June 2026, were skipped',
  )
})

const linksIn = (html: string) =>
  [...parseHTML(html).document.querySelectorAll('a')].map(link => link.getAttribute('href')!)
const seenIn = (html: string) => parseHTML(html).document.body.textContent!.replace(/\s+/g, ' ')

test('an edition that goes by itself comes whole, under a note that says when, to whom, and where to stop it', async () => {
  const { plan, mail, story } = await composed('made', {
    blocks: [{ type: 'text', markdown: 'What we read *today*.' }],
  })
  expect(mail.subject).toBe('To check, goes out at 06:30: The news')
  const stop = `${services.config.publicUrl}/admin/plans/${plan}/runs/${day}`
  for (const form of [seenIn(mail.html), mail.text.replace(/\s+/g, ' ')]) {
    const [note, edition] = form.split('Below is what readers of Morning Brief get')
    expect(note).toContain('It goes by itself to 3 readers of Morning Brief at 06:30 (Monday 22 June 2026,')
    for (const words of [story.title, 'What it is about.', 'Hello Desk,', 'What we read today.'])
      expect(edition?.replace(/[*_]/g, '')).toContain(words)
    // The day on which it goes, not the one on which it was made.
    expect(edition).toContain('Morning Brief · Monday 22 June 2026')
    expect(edition).toContain('12 Paper Lane')
  }
  expect(linksIn(mail.html)[0]).toBe(stop)
  expect(mail.text.indexOf(stop)).toBeLessThan(mail.text.indexOf(story.title))
})

test('nobody leaves a newsletter, or opens preferences, by its links', async () => {
  const { mail } = await composed('made')
  const inText = mail.text.match(/https?:\/\/\S+/g)!
  for (const list of [linksIn(mail.html), inText]) {
    const leading = list.filter(url => /unsubscribe|preferences/.test(url))
    expect(leading.map(url => new URL(url).pathname)).toEqual(['/unsubscribe/test', '/preferences/test'])
  }
  expect(mail).not.toHaveProperty('headers')
  const answer = await room.app.request(linksIn(mail.html).find(url => url.includes('unsubscribe'))!, {
    method: 'POST',
  })
  expect(answer.status).toBe(200)
  expect(await raw`select from subscriptions where state = 'active'`).toHaveLength(3)
})

test("a newsletter's own template has the note too; where it breaks, the note comes alone", async () => {
  await mailOf('made', 'en')
  const own = templateToStartFrom(services.templates)
    .replace('<mj-head>', '<mj-head><mj-raw><!-- <body> --></mj-raw>')
    .replace('{{ newsletter.name }} ·', 'Our own paper ·')
  await raw`update newsletters set template = ${own}`
  const mail = await theMail()
  expect(seenIn(mail.html)).toMatch(/It goes by itself to 3 readers.*Our own paper/)
  await raw`update newsletters set template = '<mjml>{{ nothing }}</mjml>'`
  const alone = await theMail()
  expect(alone.subject).toBe(mail.subject)
  expect(seenIn(alone.html)).toMatch(/It goes by itself to 3 readers.*Story \d+/)
  expect(seenIn(alone.html)).not.toContain('Below is what')
  await raw`update newsletters set template = null`
})

test('hostile words of a subject or a story stay words', async () => {
  const evil = '<img src=x onerror=alert(1)>'
  await mailOf('made', 'en', { subject: evil })
  await raw`update articles set title = ${evil}`
  await raw`update plans set name = ${evil}`
  const mail = await theMail()
  expect(mail.html).not.toContain('<img src=x')
  expect(mail.html).toContain('&lt;img src=x')
})
