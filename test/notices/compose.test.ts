import { desc } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { composeNotice } from '../../src/actions/compose-notice.ts'
import { renderDigest } from '../../src/actions/render-digest.ts'
import { askForSignIn } from '../../src/actions/sign-in.ts'
import { parseEmailAddress } from '../../src/domain/email-address.ts'
import { readToken, type Token } from '../../src/domain/tokens.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { addEditor } from '../../src/store/editors.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { type NewNotice, type Notice, queueNotice } from '../../src/store/notices.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { addRenderings } from '../../src/store/renderings.ts'
import { notices } from '../../src/store/schema/mail.ts'
import { findSignInLink } from '../../src/store/sign-in-links.ts'
import { openTestApp } from '../support/app.ts'
import { askedToConfirm } from './outbox.ts'

const app = await openTestApp()
const { services, raw } = app
const { db, keys } = services

beforeEach(async () => {
  await raw`truncate notices, sign_ups, subscribers, newsletters, digests, dispatches, renderings, editors
    restart identity cascade`
  await updatePublication(db, { name: 'The Northern Post', senderAddress: 'news@northern-post.example' })
})

async function latest(): Promise<Notice> {
  const [row] = await db.select().from(notices).orderBy(desc(notices.id)).limit(1)
  return row as Notice
}

async function compose(notice?: Pick<NewNotice, 'kind' | 'content' | 'recipient'>) {
  if (notice) await queueNotice(db, { language: 'en', transport: 'mailbox', ...notice } as NewNotice)
  return composeNotice(services, await latest())
}

async function composed(notice?: Pick<NewNotice, 'kind' | 'content' | 'recipient'>) {
  const mail = await compose(notice)
  if (mail === 'obsolete') throw new Error('it is obsolete')
  return mail
}

/** The token of the link to `page` that both parts carry. */
function tokenIn<P extends Token['purpose']>(mail: { html: string; text: string }, page: string, purpose: P) {
  const link = new RegExp(`http://localhost:3000/${page}/([\\w.-]+)`)
  const [inText, inHtml] = [link.exec(mail.text)?.[1], link.exec(mail.html)?.[1]]
  expect(inText).toBe(inHtml)
  const reading = readToken(keys, [purpose], inText ?? '')
  if (reading.kind !== 'valid') throw new Error(`the link to ${page} is ${reading.kind}`)
  return reading.token
}

const addReader = async (address: string, name = '') => {
  const [row] = await raw`insert into subscribers (address, address_key, name)
    values (${address}, ${address.toLowerCase()}, ${name}) returning id::int`
  return row!.id as number
}

test('a confirmation names all that was asked for, and nothing that was typed', async () => {
  const { signUp } = await askedToConfirm(services, 'ana@example.com')
  const other = await addNewsletter(db, { slug: 'weekend', name: 'The Weekend' })
  await raw`insert into sign_ups (address, address_key, limit_key, name, newsletter_ids, form, wording,
      wording_version, language, transport, state, merged_into)
    values ('ana@example.com', 'ana@example.com', 'ana@example.com', 'Win a phone', ${[other!.id]}, 'page', 'w', '1',
      'en', 'mailbox', 'merged', ${signUp})`
  const mail = await composed()
  expect(mail.from).toEqual({ name: 'The Northern Post', address: 'news@northern-post.example' })
  for (const part of [mail.html, mail.text]) {
    expect(part).toContain('Morning Brief')
    expect(part).toContain('The Weekend')
    expect(part).not.toContain('Win a phone')
    expect(part).not.toContain('ana@example.com')
  }
  expect(tokenIn(mail, 'confirm', 'confirm')).toEqual({ purpose: 'confirm', signUp })
  expect(tokenIn(mail, 'not-me', 'objection')).toEqual({ purpose: 'objection', signUp })
})

test('a retry of a confirmation is the same mail', async () => {
  await askedToConfirm(services, 'ana@example.com')
  expect(await composed()).toEqual(await composed())
})

test('a publication without a sender writes from the host of its site', async () => {
  await updatePublication(db, { senderAddress: '' })
  await askedToConfirm(services, 'ana@example.com')
  expect((await composed()).from.address).toBe('newsletter@localhost')
})

test('the link that signs an editor in is in the mail, and not in the outbox', async () => {
  await addEditor(db, { address: 'ed@example.com', addressKey: 'ed@example.com', name: 'Ed', role: 'owner' })
  const reading = parseEmailAddress('ed@example.com')
  if (reading.kind === 'refused') throw new Error('no address')
  await askForSignIn(services, reading.address)
  const mail = await composed()
  const secret = /\/admin\/sign-in\/([\w-]+)/.exec(mail.text)![1]!
  expect(mail.html).toContain(secret)
  expect(await findSignInLink(db, secret)).toMatchObject({ kind: 'open', editor: { name: 'Ed' } })
  const [row] = await raw`select row_to_json(n)::text as all from notices n`
  expect(row!.all).not.toContain(secret)
  await raw`update sign_in_links set used_at = now()`
  expect(await compose()).toBe('obsolete')
})

test('a link of an editor who was removed is not mailed', async () => {
  const editor = await addEditor(db, {
    address: 'ed@example.com',
    addressKey: 'ed@example.com',
    name: '',
    role: 'writer',
  })
  const reading = parseEmailAddress('ed@example.com')
  if (reading.kind === 'refused') throw new Error('no address')
  await askForSignIn(services, reading.address)
  await raw`delete from editors where id = ${editor!.id}`
  expect(await compose()).toBe('obsolete')
})

test('a preferences link goes only to the address that the reader has now', async () => {
  const subscriberId = await addReader('ben@example.com')
  const notice = { kind: 'preferences', content: { subscriberId }, recipient: 'ben@example.com' } as const
  const token = tokenIn(await composed(notice), 'preferences', 'preferences')
  expect(token.subscriber).toBe(subscriberId)
  expect(token.expires - Date.now() / 1000).toBeGreaterThan(3590)
  expect(token.expires - Date.now() / 1000).toBeLessThanOrEqual(3600)
  await raw`update subscribers set address = 'new@example.com', address_key = 'new@example.com'`
  expect(await compose(notice)).toBe('obsolete')
})

test('the mail to a new address carries its own notice, and does not name the old one', async () => {
  const subscriberId = await addReader('ben@example.com')
  const mail = await composed({
    kind: 'address_change',
    content: { subscriberId },
    recipient: 'new@example.com',
  })
  const notice = (await latest()).id
  expect(tokenIn(mail, 'new-address', 'address')).toMatchObject({ subscriber: subscriberId, notice })
  expect(mail.html + mail.text).not.toContain('ben@')
})

test('both addresses hear of the change, each with the other masked', async () => {
  const content = { subscriberId: 1, oldAddress: 'ben@old.example', newAddress: 'ben@new.example' }
  const mail = await composed({ kind: 'address_changed', content, recipient: 'ben@old.example' })
  expect(mail.text).toContain('ben@old.example')
  expect(mail.text).not.toContain('ben@new.example')
  expect(mail.text).toContain('b•••@n•••.example')
})

test('a test is what the editor saw', async () => {
  const content = {
    subject: '[Test] Morning',
    html: '<p>seen</p>',
    text: 'seen',
    fromName: 'Desk',
    fromAddress: 'desk@northern-post.example',
  }
  expect(await composed({ kind: 'test', content, recipient: 'ed@example.com' })).toEqual({
    subject: '[Test] Morning',
    html: '<p>seen</p>',
    text: 'seen',
    from: { name: 'Desk', address: 'desk@northern-post.example' },
  })
})

async function sentDigest() {
  const newsletter = (await addNewsletter(db, { slug: 'morning', name: 'Morning Brief' }))!
  const digestId = await addDigest(db, {
    subject: 'Five things',
    preheader: '',
    blocks: [{ type: 'text', markdown: 'Read me.' }],
    newsletterIds: [newsletter.id],
  })
  const digest = (await findDigest(db, digestId))!
  const rendered = await renderDigest(services, digest, newsletter)
  if (rendered.kind !== 'rendered') throw new Error('it has faults')
  const [dispatch] = await raw`
    insert into dispatches (digest_id, state, transport, due_at, started_at, finished_at, intended, sent)
    values (${digestId}, 'finished', 'mailbox', now(), now(), now(), 4812, 4812) returning id::int`
  await addRenderings(db, dispatch!.id, [rendered.rendering])
  return { newsletterId: newsletter.id, digestId, dispatchId: dispatch!.id as number }
}

test('the latest edition can be left with one click, and is not sent to who left meanwhile', async () => {
  const { newsletterId, dispatchId } = await sentDigest()
  const subscriberId = await addReader('cleo@example.com', 'Cleo & Co')
  await raw`insert into subscriptions (subscriber_id, newsletter_id, consent_id)
    values (${subscriberId}, ${newsletterId}, 1)`
  const content = { subscriberId, dispatchId, newsletterId }
  const notice = { kind: 'latest_edition', content, recipient: 'cleo@example.com' } as const
  const mail = await composed(notice)
  expect(mail.subject).toBe('Five things')
  expect(mail.html).toContain('Cleo &amp; Co')
  const token = tokenIn(mail, 'unsubscribe', 'unsubscribe')
  expect(token).toEqual({
    purpose: 'unsubscribe',
    subscriber: subscriberId,
    newsletters: [newsletterId],
    dispatch: dispatchId,
  })
  expect(mail.headers).toMatchObject({
    'List-Id': '<morning.localhost>',
    'List-Unsubscribe': expect.stringMatching(/^<http:\/\/localhost:3000\/unsubscribe\/[\w.-]+>$/),
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  })
  await raw`update subscriptions set state = 'ended', end_reason = 'left', ended_at = now()`
  expect(await compose(notice)).toBe('obsolete')
})

test('a report goes to who still works here, while it is still so', async () => {
  const { dispatchId, digestId } = await sentDigest()
  const content = { dispatchId, event: 'paused' } as const
  const notice = { kind: 'report', content, recipient: 'Ed@example.com' } as const
  await addEditor(db, { address: 'Ed@example.com', addressKey: 'ed@example.com', name: '', role: 'editor' })
  expect(await compose(notice)).toBe('obsolete')
  await raw`update dispatches set state = 'paused', finished_at = null, paused_at = now(),
    pause_reason = 'smtp-sign-in', intended = 4813, pending = 1`
  const mail = await composed(notice)
  expect(mail.subject).toContain('Five things')
  expect(mail.text).toContain('4,812 of 4,813')
  expect(mail.text).toContain('Check SMTP_URL')
  expect(mail.text).toContain(`http://localhost:3000/admin/digests/${digestId}`)
  await raw`delete from editors`
  expect(await compose(notice)).toBe('obsolete')
})
