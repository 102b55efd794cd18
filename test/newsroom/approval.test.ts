import { beforeEach, describe, expect, test } from 'vitest'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { recheckApprovals } from '../../src/actions/void-approval.ts'
import { wallTime } from '../../src/domain/zoned-time.ts'
import { addArticle, updateArticle } from '../../src/store/articles.ts'
import { listDigestEvents } from '../../src/store/digest-events.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { listDue } from '../../src/store/dispatches.ts'
import { findEditorByAddress } from '../../src/store/editors.ts'
import { addNewsletter, updateNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { services, raw } = here
const { db } = services
await updatePublication(db, {
  name: 'The Ledger',
  postalAddress: '12 Paper Lane, London',
  senderName: 'The Ledger',
  senderAddress: 'desk@ledger.example',
  timeZone: 'Europe/London',
})
const morning = await addNewsletter(db, { slug: 'morning', name: 'Morning Brief', needsApproval: true })
const free = await addNewsletter(db, { slug: 'free', name: 'Free' })
await addReaders(raw, 3, [morning!.id, free!.id])
const [ana, ben, ola, will] = await Promise.all([
  signInAs(here, 'editor'),
  signInAs(here, 'editor'),
  signInAs(here, 'owner'),
  signInAs(here, 'writer'),
])
const story = await addArticle(db, {
  title: 'IBM leaves facial recognition',
  url: 'https://example.com/ibm',
  standfirst: 'A letter to Congress.',
})
const second = await addArticle(db, { title: 'A second cable lands', url: 'https://example.com/cable' })

let id = 0
const page = (rest = '') => `/admin/digests/${id}${rest}`
const digest = async () => (await findDigest(db, id))!
const idOf = async ({ address }: { address: string }) => (await findEditorByAddress(db, address))!.id

beforeEach(async () => {
  await raw`delete from notices`
  await raw`update approvals set state = 'void', decided_at = now() where state in ('asked', 'approved')`
  id = await addDigest(db, {
    subject: 'Good morning',
    preheader: 'Faces and cables',
    newsletterIds: [morning!.id],
    blocks: [{ type: 'article', articleId: story.id }],
  })
  await raw`update digests set edited_by = ${await idOf(ana)} where id = ${id}`
})

const ask = (who = ana, fields: Record<string, string> = {}) =>
  who.post(page('/ask'), { when: 'now', comment: 'Mind the headline', ...fields })

const askedId = async () => {
  const [row] = await raw`select id from approvals where digest_id = ${id} and state = 'asked'`
  return String(row?.id)
}

const approve = async (who = ben, approval?: string) =>
  who.post(page('/approve'), { approval: approval ?? (await askedId()), comment: 'Fine' })

/** What the composing form sends: the same as it is, with changes. */
async function edit(who: typeof ana, change: Record<string, string>) {
  const { revision, subject, preheader } = await digest()
  return who.post(page(), {
    revision: String(revision),
    subject,
    preheader,
    newsletters: ['morning'],
    block: ['0'],
    '0.type': 'article',
    '0.articleId': String(story.id),
    act: 'save',
    ...change,
  })
}

const mailsTo = async ({ address }: { address: string }) => {
  const rows =
    await raw`select content ->> 'event' as event from notices where recipient = ${address} and kind = 'approval' order by id`
  return rows.map(row => row.event)
}

const state = async () => {
  const [row] = await raw`select state from approvals where digest_id = ${id} order by id desc limit 1`
  return row?.state
}

describe('a newsletter that demands a second person', () => {
  test('goes by no way without one: page, schedule, API, command line', async () => {
    const refused = await ana.post(page('/send'))
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('goes out only with a second person’s approval')
    const at = '2999-01-01T06:30'
    expect((await ana.post(page('/schedule'), { at })).status).toBe(409)
    const owner = await clientOf(here, 'owner')
    for (const body of [undefined, { at: '2999-01-01T06:30:00Z' }, { breaking: true }]) {
      const answer = await owner('POST', `/digests/${id}/dispatch`, body)
      expect(answer.status).toBe(409)
      expect(answer.body.errors).toMatchObject([{ code: 'not-approved', newsletters: ['Morning Brief'] }])
    }
    expect((await digest()).state).toBe('draft')
  })

  test('is asked for, reviewed and approved by another, and then goes', async () => {
    expect((await ask(will)).status).toBe(303)
    expect(await mailsTo(ben)).toEqual(['asked'])
    expect(await mailsTo(ola)).toEqual(['asked'])
    // Who edited last may not approve, and is not asked.
    expect(await mailsTo(ana)).toEqual([])
    const review = await (await ben.get(page('/review'))).text()
    for (const text of [
      'Mind the headline',
      'Good morning',
      'all of it is new to you',
      'Approve',
      'Send back',
    ])
      expect(review).toContain(text)
    expect((await approve(ben)).status).toBe(303)
    expect(await mailsTo(will)).toEqual(['approved'])
    expect((await ana.post(page('/send'))).status).toBe(303)
    const [due] = await listDue(db, 'mailbox')
    expect(await startDispatch(services, due!)).toEqual({ kind: 'started', intended: 3 })
    const told = (await listDigestEvents(db, id)).map(({ event, by }) => [
      event.kind,
      by.kind === 'editor' ? by.name : by.kind,
    ])
    expect(told).toEqual([
      ['asked', 'writer'],
      ['approved', 'editor'],
      ['scheduled', 'editor'],
      ['started', 'service'],
    ])
  })

  test('who edited last can’t approve, nor a writer, nor a key', async () => {
    await ask(ben)
    const own = await approve(ana)
    expect(own.status).toBe(409)
    expect(await own.text()).toContain('You edited it last')
    expect((await approve(will)).status).toBe(403)
    const owner = await clientOf(here, 'owner')
    const paths = Object.keys((await owner('GET', '/openapi.json')).body.paths)
    expect(paths.filter(path => /approv/.test(path))).toEqual([])
    expect(await state()).toBe('asked')
    // Ben asked, but the work is Ana's: he is a second person.
    expect((await approve(ben)).status).toBe(303)
  })

  test('an edit voids what was approved, takes it off the schedule, and tells those concerned', async () => {
    const at = wallTime(new Date(Date.now() + 86_400_000), 'Europe/London')
    await ask(ana, { when: 'at', at })
    expect(await state()).toBe('asked')
    await approve(ben)
    expect(await digest()).toMatchObject({ state: 'scheduled' })
    await edit(will, { subject: 'Good evening' })
    expect(await digest()).toMatchObject({ state: 'draft', subject: 'Good evening' })
    expect(await state()).toBe('void')
    expect(await mailsTo(ben)).toEqual(['asked', 'voided'])
    const told = (await listDigestEvents(db, id)).map(({ event }) => event.kind)
    expect(told).toEqual(['asked', 'approved', 'scheduled', 'voided', 'unscheduled', 'edited'])
    expect(await (await ana.get(page())).text()).toContain('Edited by writer: the approval')
    expect(await (await ana.get('/admin/digests')).text()).toContain('Approval void')
    expect((await ana.post(page('/schedule'), { at })).status).toBe(409)
  })

  test('an approval holds for its time alone', async () => {
    const day = (days: number) => wallTime(new Date(Date.now() + days * 86_400_000), 'Europe/London')
    await ask(ana)
    await approve(ben)
    expect((await ana.post(page('/schedule'), { at: day(2) })).status).toBe(409)
    expect((await ana.post(page('/send'))).status).toBe(303)
  })

  test.each<[string, () => Promise<unknown>]>([
    ['a story', () => updateArticle(db, story.id, { title: `IBM leaves ${id}` })],
    ['the template', () => updateNewsletter(db, morning!.id, { template: `<mjml>${id}</mjml>` })],
    ['the sender', () => updateNewsletter(db, morning!.id, { senderName: `Desk ${id}` })],
    ['where replies go', () => updateNewsletter(db, morning!.id, { replyTo: `desk${id}@ledger.example` })],
    ['the footer', () => updatePublication(db, { footer: `Footer ${id}` })],
    ['the hours', () => updateNewsletter(db, morning!.id, { sendsFrom: '06:00', sendsUntil: '22:00' })],
    [
      'the audience',
      () => raw`update digests set audience = '[{"kind":"tag","tag":"vip","is":true}]' where id = ${id}`,
    ],
  ])('%s changed around it: void, off the schedule, and told', async (_, change) => {
    const at = wallTime(new Date(Date.now() + 86_400_000), 'Europe/London')
    await ask(ana, { when: 'at', at })
    await approve(ben)
    expect(await recheckApprovals(services)).toBe(0)
    await change()
    try {
      expect(await recheckApprovals(services)).toBe(1)
      expect(await digest()).toMatchObject({ state: 'draft' })
      expect(await mailsTo(ben)).toEqual(['asked', 'voided'])
      expect(await mailsTo(ana)).toEqual(['approved', 'voided'])
    } finally {
      await updateNewsletter(db, morning!.id, {
        template: null,
        senderName: null,
        replyTo: null,
        sendsFrom: null,
        sendsUntil: null,
      })
    }
  })

  test('what nobody looked at in time is seen when it starts: it pauses, and nobody gets it', async () => {
    await ask(ana)
    await approve(ben)
    await ana.post(page('/send'))
    await updateArticle(db, story.id, { standfirst: 'Changed at the last second.' })
    const due = await listDue(db, 'mailbox')
    expect(await startDispatch(services, due.at(-1)!)).toMatchObject({ kind: 'paused', reason: 'not-ready' })
    expect(
      await raw`select 1 from deliveries d join dispatches p on p.id = d.dispatch_id where p.digest_id = ${id}`,
    ).toEqual([])
    expect(await (await ana.get(page())).text()).toContain('second person’s approval')
  })

  test('sent back with what is to be done; the next review shows what changed since', async () => {
    await ask(ana)
    const silent = await ben.post(page('/send-back'), { approval: await askedId(), remark: ' ' })
    expect(silent.status).toBe(422)
    expect(await silent.text()).toContain('Say what is to be done.')
    await ben.post(page('/send-back'), { approval: await askedId(), remark: 'The subject is dull.' })
    expect(await state()).toBe('sent_back')
    expect(await mailsTo(ana)).toEqual(['sent_back'])
    expect(await (await ana.get(page())).text()).toContain('The subject is dull.')
    await edit(ana, {
      subject: 'Good morning, Armonk',
      block: '1',
      '1.type': 'article',
      '1.articleId': String(second.id),
    })
    await ask(ana)
    const review = await (await ben.get(page('/review'))).text()
    expect(review).toContain('<ins>, Armonk</ins>')
    expect(review).toMatch(/<strong>Added<\/strong>\s*<ins>A second cable lands/)
    expect(review).toMatch(/<strong>Removed<\/strong>\s*<del>IBM leaves/)
  })

  test('whoever looked without deciding, or edited, is told what changed since then', async () => {
    await ask(ana)
    await ben.get(page('/review'))
    await edit(ana, { subject: 'Good evening' })
    await ask(ana)
    expect(await (await ben.get(page('/review'))).text()).toContain('<del>morning</del><ins>evening</ins>')
    // Looked at again, nothing is new but what comes after it.
    await edit(ana, { preheader: 'Cables and faces' })
    await ask(ana)
    const review = await (await ben.get(page('/review'))).text()
    expect(review).not.toContain('evening</ins>')
    expect(review).toContain('<strong>Preheader</strong>')
    // What Ola saved herself she knows.
    await edit(ola, { subject: 'Good night' })
    await edit(ana, { subject: 'Good night, Armonk' })
    await ask(ana)
    const hers = await (await ola.get(page('/review'))).text()
    expect(hers).toContain('<ins>, Armonk</ins>')
    expect(hers).not.toContain('<strong>Preheader</strong>')
  })

  test('a page that still shows the slots saves nothing over the stories that were asked for', async () => {
    const slot = { type: 'newest', section: '', count: 1 }
    await raw`update digests set blocks = ${raw.json([{ type: 'article', articleId: story.id }, slot])} where id = ${id}`
    const { revision } = await digest()
    await ask(ana)
    const stale = await will.post(page(), {
      revision: String(revision),
      subject: 'Typed meanwhile',
      preheader: '',
      newsletters: ['morning'],
      block: ['0', '1'],
      '0.type': 'article',
      '0.articleId': String(story.id),
      '1.type': 'newest',
      '1.section': '',
      '1.count': '1',
      act: 'save',
    })
    expect(stale.status).toBe(409)
    expect(await state()).toBe('asked')
  })

  test('an approval that was not used is given up, and another time is asked for', async () => {
    const at = wallTime(new Date(Date.now() + 86_400_000), 'Europe/London')
    await ask(ana, { when: 'at', at })
    await approve(ben)
    await ana.post(page('/cancel'))
    expect(await (await ana.get(page('/send'))).text()).toContain('Give the approval up')
    expect((await ana.post(page('/take-back'))).status).toBe(303)
    expect(await (await ana.get(page('/send'))).text()).toContain(
      'Ask for approval, to be sent when it is given',
    )
    expect((await ask(ana)).status).toBe(303)
  })

  test('an owner does without, with a reason that all see', async () => {
    expect((await ana.get(page('/override'))).status).toBe(403)
    expect((await ola.post(page('/override'), { when: 'now', reason: ' ' })).status).toBe(422)
    expect((await ola.post(page('/override'), { when: 'now', reason: 'Ben is on a plane' })).status).toBe(303)
    expect(await mailsTo(ana)).toEqual(['overridden'])
    for (const rest of ['', '/send', '/history'])
      expect(await (await will.get(page(rest))).text()).toContain('Ben is on a plane')
    expect((await ana.post(page('/send'))).status).toBe(303)
  })

  test('two approve at once: one does', async () => {
    await ask(ana)
    const approval = await askedId()
    const answers = await Promise.all([approve(ben, approval), approve(ola, approval)])
    expect(answers.map(answer => answer.status).sort()).toEqual([303, 409])
    expect(await raw`select 1 from digest_events where digest_id = ${id} and kind = 'approved'`).toHaveLength(
      1,
    )
  })

  test('approving what was edited a moment ago approves nothing', async () => {
    await ask(ana)
    const approval = await askedId()
    await edit(ana, { subject: 'Something else' })
    await ask(ana)
    const late = await approve(ben, approval)
    expect(late.status).toBe(409)
    expect(await state()).toBe('asked')
  })

  test('slots are filled when approval is asked for, and are plain blocks from then on', async () => {
    await raw`update digests set blocks = ${raw.json([
      { type: 'article', articleId: story.id },
      { type: 'newest', section: '', count: 1 },
    ])} where id = ${id}`
    await ask(ana)
    expect((await digest()).blocks).toEqual([
      { type: 'article', articleId: story.id },
      { type: 'article', articleId: second.id },
    ])
    const newer = await addArticle(db, { title: 'Newer still', url: 'https://example.com/newer' })
    expect((await approve(ben)).status).toBe(303)
    await raw`delete from articles where id = ${newer.id}`
  })

  test('what can’t go out is not asked for: the page says why and keeps the comment', async () => {
    await raw`update digests set subject = '' where id = ${id}`
    const answer = await ask(ana)
    expect(answer.status).toBe(409)
    const text = await answer.text()
    expect(text).toContain('subject')
    expect(text).toContain('Mind the headline')
  })

  test('a time that passed while it waited: within an hour it goes, after that it waits for the button', async () => {
    const at = wallTime(new Date(Date.now() + 86_400_000), 'Europe/London')
    const asked = async (ago: string) => {
      await ask(ana, { when: 'at', at })
      const [row] = await raw`select id, proposal from approvals where digest_id = ${id} and state = 'asked'`
      const when = { kind: 'at', at: new Date(Date.now() - Number(ago)).toISOString() }
      const { hashOf } = await import('../../src/actions/proposal.ts')
      const hash = await hashOf(services, await digest(), when as never)
      await raw`update approvals set hash = ${hash!}, proposal = ${raw.json({ ...row!.proposal, when })} where id = ${row!.id}`
    }
    await asked('1800000')
    await approve(ben)
    expect(await digest()).toMatchObject({ state: 'scheduled' })
    await ana.post(page('/cancel'))
    await ana.post(page('/take-back'))
    await asked('7200000')
    expect(await (await ben.get(page('/review'))).text()).toContain('Its time has passed')
    await approve(ben)
    expect(await digest()).toMatchObject({ state: 'draft' })
    expect((await ana.post(page('/send'))).status).toBe(303)
  })
})

test('who began a digest edited it last, also where nothing was typed since', async () => {
  const begun = await ana.post('/admin/digests/from-last')
  id = Number(begun.headers.get('location')!.split('/').at(-1))
  await raw`update digests set subject = 'Again', blocks = ${raw.json([{ type: 'article', articleId: second.id }])} where id = ${id}`
  await raw`insert into digest_newsletters (digest_id, newsletter_id, position) values (${id}, ${morning!.id}, 1) on conflict do nothing`
  await ask(ben)
  expect((await approve(ana)).status).toBe(409)
  expect((await approve(ben)).status).toBe(303)
})

test('a digest of newsletters that demand nobody goes as ever', async () => {
  await raw`update digest_newsletters set newsletter_id = ${free!.id} where digest_id = ${id}`
  expect((await ana.post(page('/send'))).status).toBe(303)
})
