import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { resumeDigest } from '../../src/actions/steer-dispatch.ts'
import { domainOf } from '../../src/domain/email-address.ts'
import { wallTime } from '../../src/domain/zoned-time.ts'
import { limitDomain, listMailDomains, unpauseDomain } from '../../src/store/mail-domains.ts'
import { atEnd } from '../support/at-end.ts'
import { addReaders, draftDigest, ended, openNewsletters, readBalance, sendNow } from '../support/sending.ts'
import { freshNewsroom, withSenders } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

type Arrival = { to: string; domain: string; subject: string; at: number }

/** A mail server that takes 20 ms for each message, and notes how many were under way at once, by domain. */
async function startWatchingServer(refuse: (to: string) => string | undefined = () => undefined) {
  const arrived: Arrival[] = []
  const underWay = new Map<string, number>()
  const most = new Map<string, number>()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      const reply = refuse(address)
      done(
        reply
          ? Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) })
          : undefined,
      )
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]!.address
      const domain = domainOf(to)
      const count = (step: number) => {
        underWay.set(domain, (underWay.get(domain) ?? 0) + step)
        most.set(domain, Math.max(most.get(domain) ?? 0, underWay.get(domain)!))
      }
      count(1)
      let source = ''
      stream.on('data', chunk => {
        source += chunk
      })
      stream.on('end', () =>
        setTimeout(() => {
          count(-1)
          const subject = /^Subject: (.*)$/m.exec(source)?.[1]?.trim() ?? ''
          arrived.push({ to, domain, subject, at: performance.now() })
          done()
        }, 20),
      )
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => new Promise<void>(resolve => server.close(() => resolve())))
  const { port } = server.server.address() as { port: number }
  const of = (domain: string) => arrived.filter(one => one.domain === domain)
  return { url: `smtp://127.0.0.1:${port}`, arrived, most, of }
}

async function newsroomAt(smtpUrl: string, config = {}) {
  const room = await freshNewsroom({ smtpUrl, config: { smtpConnections: 10, ...config } })
  const [morning] = await openNewsletters(room, 'morning')
  return { room, morning: morning! }
}

const spanOf = (arrivals: Arrival[]) => arrivals.at(-1)!.at - arrivals[0]!.at

test.concurrent('two senders keep a domain’s limit together, and nobody else waits for it', async () => {
  const server = await startWatchingServer()
  const { room, morning } = await newsroomAt(server.url)
  await limitDomain(room.services.db, 'slow.example', { connections: 2, perMinute: 600 })
  await addReaders(room.raw, 30, [morning], { domains: ['slow.example'] })
  await addReaders(room.raw, 200, [morning], { domains: ['one.example', 'two.example'], from: 101 })
  const digest = await draftDigest(room, [morning])
  await withSenders(room, [{}, {}], () => sendNow(room, digest))
  expect(server.arrived).toHaveLength(230)
  expect(server.most.get('slow.example')).toBeLessThanOrEqual(2)
  // 30 at 10 a second, of which the first may be late, and all the others before they were through; else it takes 0.1 s.
  expect(spanOf(server.of('slow.example'))).toBeGreaterThan(2000)
  expect(server.of('one.example').at(-1)!.at).toBeLessThan(server.of('slow.example')[26]!.at)
})

test.concurrent('a limit that comes while a digest goes out holds from then on, and one that goes lets the rest pass', async () => {
  const server = await startWatchingServer()
  const { room, morning } = await newsroomAt(server.url, { smtpConnections: 4 })
  await addReaders(room.raw, 300, [morning], { domains: ['big.example'] })
  const digest = await draftDigest(room, [morning])
  await withSenders(room, [{}], async sender => {
    await dispatchDigest(room.services, digest)
    sender.wake()
    await until('the first messages', () => server.arrived.length > 10)
    await limitDomain(room.services.db, 'big.example', { connections: 1, perMinute: 60 })
    await until('most readers to wait among their domain’s own', async () => {
      const [row] =
        await room.raw`select count(*)::int as n from deliveries d join batches b on b.id = d.batch_id
        where b.domain = 'big.example' and d.state = 'pending'`
      return row!.n > 100
    })
    await limitDomain(room.services.db, 'big.example', { connections: null, perMinute: null })
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 300 })
  })
})

test.concurrent('a domain that says "too many" again and again is left alone, and the others go on', async () => {
  let isSlow = true
  const server = await startWatchingServer(to =>
    isSlow && to.endsWith('@busy.example') ? '421 4.7.0 too many messages' : undefined,
  )
  const { room, morning } = await newsroomAt(server.url, { smtpConnections: 4 })
  await addReaders(room.raw, 30, [morning], { domains: ['busy.example'] })
  await addReaders(room.raw, 60, [morning], { domains: ['one.example'], from: 101 })
  const digest = await draftDigest(room, [morning])
  await withSenders(room, [{ retry: { pauses: [200], jitter: 0 } }], async sender => {
    await dispatchDigest(room.services, digest)
    sender.wake()
    await until('all others', () => server.of('one.example').length === 60)
    const paused = await until('the pause', async () => {
      const domains = await listMailDomains(room.services.db)
      return domains.find(one => one.domain === 'busy.example' && one.pausedUntil)
    })
    expect(paused).toMatchObject({ pauseReason: 'slow-down', pauseReply: '421 4.7.0 too many messages' })
    expect(await readBalance(room, digest)).toMatchObject({ state: 'sending', sent: 60, failed: 0 })
    isSlow = false
    await unpauseDomain(room.services.db, 'busy.example')
    await room.raw`update batches set due_at = now() - interval '1 millisecond' where finished_at is null and holder is null`
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 90 })
  })
})

test.concurrent('the first policy block pauses the digest; once an editor has seen it, only the domain that blocks', async () => {
  const server = await startWatchingServer(to =>
    to.endsWith('@strict.example') ? '550 5.7.1 not from you' : undefined,
  )
  const { room, morning } = await newsroomAt(server.url, { smtpConnections: 2 })
  await addReaders(room.raw, 40, [morning], { domains: ['one.example', 'strict.example'] })
  const digest = await draftDigest(room, [morning])
  await withSenders(room, [{}], async sender => {
    expect(await sendNow(room, digest, sender)).toMatchObject({ state: 'paused', failed: 0 })
    // What was on the wire with it may meet the same block, which is the first one's still.
    await until('nothing in hand', async () => {
      const held = await room.raw`select from batches where holder is not null`
      return held.length === 0
    })
    await resumeDigest(room.services, digest)
    sender.wake()
    await until('all that take it', () => server.of('one.example').length === 20)
    await until('the pause of the domain', async () =>
      (await listMailDomains(room.services.db)).some(one => one.domain === 'strict.example'),
    )
    expect(await readBalance(room, digest)).toMatchObject({
      state: 'sending',
      sent: 20,
      failed: 0,
      pending: 20,
    })
  })
  expect(await room.raw`select from suppressions`).toHaveLength(0)
})

test.concurrent('digests that go out together share, and a breaking one overtakes them', async () => {
  const server = await startWatchingServer()
  const { room, morning } = await newsroomAt(server.url, { smtpConnections: 4 })
  await addReaders(room.raw, 240, [morning])
  const [first, second, breaking] = await Promise.all(
    ['First', 'Second', 'Breaking'].map(subject => draftDigest(room, [morning], subject)),
  )
  const of = (subject: string) => server.arrived.filter(one => one.subject === subject).length
  await withSenders(room, [{}], async sender => {
    await dispatchDigest(room.services, first!)
    sender.wake()
    await until('the first to be under way', () => of('First') > 20)
    await dispatchDigest(room.services, second!)
    sender.wake()
    await until('the second to be under way', () => of('Second') > 20)
    const [a, b] = [of('First'), of('Second')]
    await until('120 more', () => of('First') + of('Second') > a + b + 120)
    // They take turns in stretches of 20.
    expect(Math.abs(of('First') - a - (of('Second') - b))).toBeLessThanOrEqual(45)
    await dispatchDigest(room.services, breaking!, { breaking: true })
    sender.wake()
    await until('the breaking one', () => of('Breaking') > 0)
    const [c, d] = [of('First'), of('Second')]
    await until('all of it', () => of('Breaking') === 240)
    expect(of('First') - c + (of('Second') - d)).toBeLessThanOrEqual(20)
    expect(await ended(room, breaking!)).toMatchObject({ state: 'finished', sent: 240 })
    await ended(room, first!)
    expect(await ended(room, second!)).toMatchObject({ state: 'finished', sent: 240 })
  })
})

test.concurrent('a newsletter keeps its hours in its own zone, and the others of the digest do not wait', async () => {
  const server = await startWatchingServer()
  const { room, morning } = await newsroomAt(server.url)
  const [evening] = await openNewsletters(room, 'evening')
  await addReaders(room.raw, 10, [morning])
  await addReaders(room.raw, 10, [evening!], { from: 101 })
  const hours = (from: number, until: number) => {
    const at = (ms: number) => wallTime(new Date(Date.now() + ms), 'Asia/Kathmandu').slice(11)
    return room.raw`update newsletters set time_zone = 'Asia/Kathmandu',
      sends_from = ${at(from)}::time, sends_until = ${at(until)}::time where id = ${evening!}`
  }
  const hour = 3_600_000
  await hours(hour, 2 * hour)
  const digest = await draftDigest(room, [morning, evening!])
  await withSenders(room, [{}], async sender => {
    await dispatchDigest(room.services, digest)
    sender.wake()
    await until('those without hours', async () => (await readBalance(room, digest)).sent === 10)
    expect(await readBalance(room, digest)).toMatchObject({ state: 'sending', sent: 10, pending: 10 })
    expect(server.arrived).toHaveLength(10)
    await hours(-hour, hour)
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 20 })
  })
})

test.concurrent('a digest stops when too many of its readers fail, and after "go on" only later failures count', async () => {
  const server = await startWatchingServer(to =>
    Number(/\d+/.exec(to)![0]) % 8 === 0 ? `550 5.1.6 ${to} has moved` : undefined,
  )
  const { room, morning } = await newsroomAt(server.url, { smtpConnections: 4 })
  await room.services.db.execute(`update publication set failure_least = 40`)
  await addReaders(room.raw, 200, [morning])
  const digest = await draftDigest(room, [morning])
  await withSenders(room, [{}], async sender => {
    const first = await sendNow(room, digest, sender)
    expect(first.state).toBe('paused')
    expect(first.failed + first.sent).toBeGreaterThanOrEqual(40)
    expect(first.pending).toBeGreaterThan(100)
    const [row] = await room.raw`select pause_reason, pause_evidence from dispatches`
    expect(row).toMatchObject({
      pause_reason: 'failures',
      pause_evidence: { reply: expect.stringContaining('5.1.6') },
    })
    await resumeDigest(room.services, digest)
    sender.wake()
    const second = await ended(room, digest)
    expect(second.state).toBe('paused')
    expect(second.failed + second.sent - first.failed - first.sent).toBeGreaterThanOrEqual(40)
    await room.services.db.execute(`update publication set failure_share = 50`)
    await resumeDigest(room.services, digest)
    sender.wake()
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 175, failed: 25 })
  })
  expect(await room.raw`select from suppressions`).toHaveLength(0)
})
