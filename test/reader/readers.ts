import { composeNotice } from '../../src/actions/compose-notice.ts'
import { decideLinkRequests } from '../../src/actions/decide-link-requests.ts'
import { decideSignUps } from '../../src/actions/decide-sign-ups.ts'
import type { NoticeKind } from '../../src/domain/notices.ts'
import { signToken, type Token } from '../../src/domain/tokens.ts'
import { findNewsletter } from '../../src/store/newsletters.ts'
import { leaseNotice, noteNoticeSent } from '../../src/store/outbox.ts'
import { suppress } from '../../src/store/suppressions.ts'
import { foundTheLedger } from '../site/publication.ts'
import { openTestApp, type TestApp } from '../support/app.ts'

export type Mail = {
  kind: NoticeKind
  to: string
  language: string
  subject: string
  html: string
  text: string
}

/** The Ledger with its three newsletters, and no readers yet. */
export async function openLedger(options: Parameters<typeof openTestApp>[0] = {}): Promise<TestApp> {
  const room = await openTestApp(options)
  await foundTheLedger(room.services)
  return room
}

type Wish = { newsletters?: string[]; name?: string; headers?: Record<string, string> }

export const subscribe = (
  { post }: TestApp,
  email: string,
  { newsletters = ['morning-brief'], name, headers }: Wish = {},
) => post('/subscribe', { email, newsletter: newsletters, ...(name !== undefined && { name }) }, headers)

/** Lets all be decided that is due. The limit of 20 a second is one of real time, so it is stepped over. */
export async function decide({ services, raw }: TestApp) {
  while (await decideSignUps(services))
    await raw`update notices set created_at = created_at - interval '1 second' where kind = 'confirmation'`
  await decideLinkRequests(services)
}

/** Decides, and hands over every mail that waits, as the outbox does, but to nobody: answers them in order. */
export async function fetchMail(room: TestApp): Promise<Mail[]> {
  const { db } = room.services
  await decide(room)
  const mails: Mail[] = []
  for (;;) {
    const notice = await leaseNotice(db, 'mailbox', crypto.randomUUID())
    if (!notice) return mails
    const mail = await composeNotice(room.services, notice)
    await noteNoticeSent(db, notice, '250 ok')
    if (mail === 'obsolete') continue
    mails.push({ kind: notice.kind, to: notice.recipient, language: notice.language, ...mail })
  }
}

/** The path of the first link in a mail that starts like this. */
export function linkIn(mail: Mail | undefined, page: string): string {
  const found = new RegExp(`https?://[^/\\s]+(/${page}/[\\w.-]+)`).exec(mail?.text ?? '')?.[1]
  if (!found) throw new Error(`no link to /${page} in ${mail?.text ?? 'no mail'}`)
  return found
}

/** Signs up, reads the mail, presses the button. Answers the confirmation's path. */
export async function join(room: TestApp, email: string, wish: Wish = {}): Promise<string> {
  await subscribe(room, email, wish)
  const mail = (await fetchMail(room)).find(one => one.to === email && one.kind === 'confirmation')
  const path = linkIn(mail, 'confirm')
  await press(room, path)
  return path
}

/** Presses the button of a page that has but one: a form without fields, sent to the page itself. */
export const press = ({ post }: TestApp, path: string, fields: Record<string, string | string[]> = {}) =>
  post(path, fields)

export const token = ({ services }: TestApp, what: Token): string => signToken(services.keys, what)

export async function newsletterId({ services }: TestApp, slug: string): Promise<number> {
  return (await findNewsletter(services.db, slug))!.id
}

export async function readerId({ raw }: TestApp, email: string): Promise<number> {
  const [row] = await raw`select id from subscribers where address_key = ${email.toLowerCase()}`
  return Number(row!.id)
}

/** What a reader has, as `slug: state`. */
export async function subscriptionsOf({ raw }: TestApp, email: string): Promise<Record<string, string>> {
  const rows = await raw`
    select slug, s.state from subscriptions s join subscribers r on r.id = s.subscriber_id
    join newsletters n on n.id = s.newsletter_id where r.address_key = ${email.toLowerCase()} order by n.position`
  return Object.fromEntries(rows.map(row => [row.slug, row.state]))
}

/** The kinds of a reader's consent events, the oldest first. */
export async function eventsOf({ raw }: TestApp, email: string): Promise<string[]> {
  const rows = await raw`
    select kind from consents c join subscribers r on r.id = c.subscriber_id
    where r.address_key = ${email.toLowerCase()} order by c.at, c.id`
  return rows.map(row => row.kind)
}

export async function signUpStates({ raw }: TestApp, email: string): Promise<string[]> {
  const rows = await raw`select state from sign_ups where address_key = ${email.toLowerCase()} order by id`
  return rows.map(row => row.state)
}

/** Lets time pass, by moving all that happened into the past. */
export async function letPass({ raw }: TestApp, span: string) {
  const moments: Record<string, string[]> = {
    sign_ups: ['due_at', 'asked_at', 'confirmed_at', 'created_at'],
    link_requests: ['due_at', 'mailed_at', 'created_at'],
    notices: ['due_at', 'sent_at', 'created_at', 'deliver_until'],
    consents: ['at'],
    subscriptions: ['ended_at', 'paused_until', 'since'],
  }
  await raw.begin(async sql => {
    await sql`set local session_replication_role = replica`
    for (const [table, columns] of Object.entries(moments)) {
      const set = columns.map(column => `"${column}" = "${column}" - interval '${span}'`).join(', ')
      await sql.unsafe(`update ${table} set ${set}`)
    }
  })
}

/** Every row of the database with its version: the same text twice means that nothing was written between. */
export async function everyRow({ raw }: TestApp): Promise<string> {
  const tables = await raw`
    select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`
  const seen: string[] = []
  for (const { relname } of tables) {
    const [row] = await raw.unsafe(
      `select count(*)::int as count, md5(coalesce(string_agg(ctid::text || xmin::text, ',' order by ctid), '')) as rows from "${relname}"`,
    )
    seen.push(`${relname} ${row!.count} ${row!.rows}`)
  }
  return seen.join('\n')
}

/** A page's words, without its tags. */
export const words = (html: string): string =>
  html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()

export const suppressByTest = (
  { services }: TestApp,
  addressKey: string,
  cause: 'bounced' | 'complained' | 'objected' | 'manual',
) => suppress(services.db, services.keys, { addressKey, cause, evidence: {} })

export const post = ({ post }: TestApp, path: string, fields: Record<string, string | string[]>) =>
  post(path, fields)
