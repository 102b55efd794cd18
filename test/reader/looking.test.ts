import { expect, test } from 'vitest'
import { purgeLinkRequests } from '../../src/store/link-requests.ts'
import { purgeSignUps } from '../../src/store/sign-ups.ts'
import { publish } from '../site/publication.ts'
import {
  everyRow,
  fetchMail,
  join,
  letPass,
  linkIn,
  newsletterId,
  openLedger,
  post,
  readerId,
  subscribe,
  token,
} from './readers.ts'

const room = await openLedger()
const { raw, request, services } = room

/** What scanners, prefetching browsers and link previews send. */
const visits: { method: string; headers: Record<string, string> }[] = [
  { method: 'GET', headers: {} },
  { method: 'HEAD', headers: {} },
  { method: 'GET', headers: { 'sec-purpose': 'prefetch', purpose: 'prefetch' } },
  { method: 'GET', headers: { 'user-agent': 'Mozilla/5.0 (compatible; Barracuda Sentinel)' } },
  { method: 'OPTIONS', headers: {} },
]

test('no look at any page of a link changes anything, however often', async () => {
  await publish(services, { subject: 'Yesterday' })
  await join(room, 'reader@example.com', { newsletters: ['morning-brief', 'leadership'] })
  const subscriber = await readerId(room, 'reader@example.com')
  const newsletters = [await newsletterId(room, 'morning-brief'), await newsletterId(room, 'leadership')]
  await subscribe(room, 'asked@example.com')
  const mail = (await fetchMail(room)).find(one => one.to === 'asked@example.com')
  const [confirmed] = await raw`select id from sign_ups where state = 'confirmed'`
  const used = token(room, { purpose: 'confirm', signUp: Number(confirmed!.id) })
  const unsubscribe = token(room, { purpose: 'unsubscribe', subscriber, newsletters, dispatch: 1 })
  const left = token(room, {
    purpose: 'unsubscribe',
    subscriber,
    newsletters: [newsletters[1]!],
    dispatch: 2,
  })
  await post(room, `/unsubscribe/${left}`, { 'List-Unsubscribe': 'One-Click' })
  const manage = token(room, { purpose: 'manage', subscriber, dispatch: 1 })
  const expires = Math.floor(Date.now() / 1000) + 3600
  const fresh = token(room, { purpose: 'preferences', subscriber, expires })
  await post(room, `/preferences/${fresh}`, { do: 'address', email: 'new@example.com' })
  const change = (await fetchMail(room)).find(one => one.kind === 'address_change')
  const pages = [
    linkIn(mail, 'confirm'),
    linkIn(mail, 'not-me'),
    `/confirm/${used}`,
    `/confirm/${used}/latest`,
    `/confirm/${used}/again`,
    `/unsubscribe/${unsubscribe}`,
    `/unsubscribe/${left}`,
    `/unsubscribe/${left}/undo`,
    `/unsubscribe/${left}/reason`,
    `/preferences/${manage}`,
    `/preferences/${fresh}`,
    `/preferences/${fresh}/export.json`,
    `/preferences/${fresh}/export.csv`,
    `/preferences/${fresh}/erase`,
    linkIn(change, 'new-address'),
    '/subscribe',
    '/subscribe?newsletter=leadership',
    '/preferences',
  ]
  const before = await everyRow(room)
  for (const path of pages)
    for (const visit of visits) {
      const answer = await request(path, visit)
      expect(answer.status, path).toBeLessThan(500)
      expect(answer.headers.get('set-cookie')).toBeNull()
      const body = await answer.text()
      // Nothing submits itself.
      expect(body).not.toMatch(/<script|http-equiv="refresh"|onload|autofocus/)
    }
  expect(await everyRow(room)).toBe(before)
})

test('sign-ups and requests for links go after 30 days; what was proven stays', async () => {
  await post(room, '/preferences', { email: 'somebody@example.com' })
  await letPass(room, '29 days')
  expect(await purgeSignUps(services.db)).toBe(0)
  await letPass(room, '1 day')
  expect(await purgeSignUps(services.db)).toBe(2)
  await purgeLinkRequests(services.db)
  expect(await raw`select id from sign_ups`).toEqual([])
  expect(await raw`select id from link_requests`).toEqual([])
  expect((await raw`select id from consents where kind = 'confirmed'`).length).toBe(1)
})
