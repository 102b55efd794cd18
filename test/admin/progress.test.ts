import { afterEach, expect, test, vi } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { listen } from '../../src/node/http.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders, draftDigest, openNewsletters } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const stopping = new AbortController()
const here = await openTestApp({ stopping: stopping.signal })
const { raw, services } = here
const room = { ...here, smtpUrl: '' }
const [morning] = await openNewsletters(room, 'morning')
await addReaders(raw, 1200, [morning!])
const writer = await signInAs(here, 'writer')

afterEach(() => {
  vi.useRealTimers()
  services.live = { kind: 'stream', stopping: stopping.signal }
})

/** A digest that has begun to go out, with no sender to take it further. */
async function goingOut(): Promise<{ path: string; id: number }> {
  const digest = await draftDigest(room, [morning!])
  const outcome = await dispatchDigest(services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  await startDispatch(services, outcome.dispatch.id)
  return { path: `/admin/digests/${digest}`, id: outcome.dispatch.id }
}

const send = (id: number, count: number) =>
  raw`update dispatches set sent = sent + ${count}, pending = pending - ${count} where id = ${id}`
const finish = (id: number) =>
  raw`update dispatches set state = 'finished', finished_at = now() where id = ${id}`

/** The events of a stream, one after the other; undefined when it has ended. */
async function follow(path: string) {
  const response = await writer.get(`${path}/progress/events`)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  return {
    next: async () => (await reader.read()).value,
    cancel: () => reader.cancel(),
  }
}

test('a stream tells how far it is each second, and that it is done', async () => {
  const { path, id } = await goingOut()
  const events = await follow(path)
  const first = await events.next()
  expect(first).toMatch(/^data: .*0 of 1,200/s)
  expect(first?.split('\n').filter(line => line && !line.startsWith('data: '))).toEqual([])
  await send(id, 400)
  expect(await events.next()).toContain('400 of 1,200')
  await send(id, 400)
  const third = await events.next()
  expect(third).toContain('800 of 1,200')
  // 800 in two seconds and a little: at the pace of late, not of the time since it began.
  const [, pace] = /(\d+) a second/.exec(third!)!
  expect(Number(pace)).toBeGreaterThan(300)
  expect(Number(pace)).toBeLessThanOrEqual(400)
  expect(third).toContain('left')
  await finish(id)
  expect(await events.next()).toBe('event: done\ndata: \n\n')
  expect(await events.next()).toBeUndefined()
})

test('a stream ends after five minutes, and says nothing of being done', async () => {
  const { path } = await goingOut()
  vi.useFakeTimers({ toFake: ['Date'] })
  const events = await follow(path)
  await events.next()
  vi.setSystemTime(Date.now() + 4 * 60_000)
  expect(await events.next()).toContain('0 of 1,200')
  vi.setSystemTime(Date.now() + 61_000)
  expect(await events.next()).toBeUndefined()
})

test('whoever goes away ends it at once', async () => {
  const { path } = await goingOut()
  const events = await follow(path)
  await events.next()
  await events.next()
  const began = performance.now()
  await events.cancel()
  expect(performance.now() - began).toBeLessThan(500)
})

test('a server that stops does not wait for those who follow', async () => {
  const { path } = await goingOut()
  const server = await listen('127.0.0.1', 0)
  server.use((request, env) => here.app.fetch(request, env))
  const stop = new AbortController()
  services.live = { kind: 'stream', stopping: stop.signal }
  const headers = { cookie: writer.cookie }
  const response = await fetch(`http://127.0.0.1:${server.port}${path}/progress/events`, { headers })
  const reader = response.body!.getReader()
  await reader.read()
  stop.abort()
  const began = performance.now()
  await server.close(10_000)
  expect(performance.now() - began).toBeLessThan(1000)
  // It ended as it should: what is cut throws here.
  while (!(await reader.read()).done);
})

test('where answers must be short a page asks each second, for five minutes', async () => {
  services.live = { kind: 'poll' }
  const { path, id } = await goingOut()
  expect((await writer.get(`${path}/progress/events`)).status).toBe(404)
  const page = await (await writer.get(path)).text()
  expect(page).not.toContain('hx-sse')
  const [, ask] = /hx-get="([^"]+progress\?until=\d+)"/.exec(page)!
  await send(id, 10)
  const soon = await (await writer.get(ask!)).text()
  expect(soon).toContain('10 of 1,200')
  expect(soon).toContain(`hx-get="${ask}"`)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 301_000 })
  const late = await (await writer.get(ask!)).text()
  expect(late).toContain('Refresh')
  expect(late).not.toContain('hx-get')
  await finish(id)
  const over = await writer.get(ask!)
  expect(over.headers.get('hx-refresh')).toBe('true')
})

test('without a script the page says how far it is, and how to look again', async () => {
  const { path, id } = await goingOut()
  await send(id, 300)
  await raw`update dispatches set started_at = now() - interval '100 seconds' where id = ${id}`
  const page = await (await writer.get(path)).text()
  expect(page).toContain('300 of 1,200')
  expect(page).toContain('3 a second')
  expect(page).toContain('about 5 min left')
  expect(page).toMatch(/<noscript>.*Refresh.*<\/noscript>/s)
})

test('what has to wait is named: a newsletter outside its hours, a domain that is left alone', async () => {
  const { path } = await goingOut()
  await raw`update newsletters set time_zone = 'UTC', sends_from = ((now() at time zone 'UTC')::time + interval '2 hours')::time(0),
    sends_until = ((now() at time zone 'UTC')::time + interval '3 hours')::time(0)`
  await raw`insert into mail_domains (domain, paused_until, pause_reason)
    values ('busy.example', now() + interval '1 hour', 'slow-down')`
  const page = await (await writer.get(path)).text()
  expect(page).toMatch(/goes out from \d\d:\d\d on; its readers wait\./)
  expect(page).toMatch(/busy\.example is left alone until \d\d:\d\d\./)
  await raw`update newsletters set sends_from = null, sends_until = null`
  await raw`delete from mail_domains where domain = 'busy.example'`
  expect(await (await writer.get(path)).text()).not.toMatch(/left alone|readers wait/)
})

test('a session that is over reads the page anew rather than what is behind the sign-in', async () => {
  const { path } = await goingOut()
  const headers = { 'hx-request': 'true' }
  const response = await here.request(`${path}/progress/events`, { headers })
  expect([response.status, response.headers.get('hx-refresh')]).toEqual([401, 'true'])
})

test('a database that is away ends the stream as if its time were over', async () => {
  const { path } = await goingOut()
  const events = await follow(path)
  await events.next()
  await raw`alter table dispatches rename to away`
  const ended = events.next()
  await ended.finally(() => raw`alter table away rename to dispatches`)
  expect(await ended).toBeUndefined()
})
