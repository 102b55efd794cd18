import { afterEach, expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { type MisbehavingServer, type Script, startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import { addReaders, draftDigest, ended, openNewsletters, readBalance, sendNow } from '../support/sending.ts'
import { freshNewsroom, withSenders } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

const soon = { pauses: [100], jitter: 0 }
let server: MisbehavingServer

afterEach(() => server.close())

type Wish = {
  readers: readonly string[]
  script: Script
  extensions?: string[]
  url?: (url: string) => string
}

/** A publication whose readers have these addresses, and whose mail server follows the script. */
async function roomFor({ readers, script, extensions, url = same => same }: Wish) {
  server = await startMisbehavingServer(script, { extensions })
  const room = await freshNewsroom({ smtpUrl: url(server.url), config: { smtpConnections: 3 } })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, readers.length, [morning!])
  await room.raw`update subscribers set address = a, address_key = lower(a)
    from unnest(${readers as string[]}::text[]) with ordinality as t(a, n)
    where subscribers.id = (select id from subscribers order by id offset t.n - 1 limit 1)`
  return { room, digest: await draftDigest(room, [morning!]) }
}

const ledger = async (raw: Awaited<ReturnType<typeof roomFor>>['room']['raw']) =>
  Object.fromEntries(
    (
      await raw`select r.address, d.state, d.attempts, d.reply
        from deliveries d join subscribers r on r.id = d.subscriber_id`
    ).map(row => [row.address.split('@')[0], row]),
  )

test('what a server says to one reader decides about that reader', async () => {
  const says: Record<string, (before: number) => string | 'drop' | undefined> = {
    fine: () => undefined,
    gone: () => '550 5.1.1 no such user',
    moved: () => '550-5.1.10 null MX\r\n550 5.1.10 for this domain',
    refused: () => '550 not for you',
    relayed: () => '553 5.1.3 bad syntax',
    greylisted: before => (before ? undefined : '451 4.7.1 come back later'),
    beaten: before => (before ? undefined : '550 4.2.1 later, says the enhanced code'),
    full: before => (before ? undefined : '552 5.2.2 mailbox full'),
    dropped: before => (before ? undefined : 'drop'),
  }
  const { room, digest } = await roomFor({
    readers: Object.keys(says).map(name => `${name}@one.example`),
    script: ({ moment, to, before }) => (moment === 'rcpt' ? says[to.split('@')[0]!]!(before) : undefined),
  })
  const balance = await withSenders(room, [{ retry: soon }], sender => sendNow(room, digest, sender))
  expect(balance).toMatchObject({ state: 'finished', sent: 5, failed: 4, pending: 0 })
  const rows = await ledger(room.raw)
  expect(rows.gone).toMatchObject({ state: 'failed', reply: '550 5.1.1 no such user' })
  expect(rows.moved).toMatchObject({ state: 'failed', reply: '550 5.1.10 null MX for this domain' })
  for (const name of ['greylisted', 'beaten', 'full', 'dropped'])
    expect(rows[name]).toMatchObject({ state: 'sent', attempts: 2 })
  const suppressed =
    await room.raw`select address_key, cause, evidence, dispatch_id from suppressions order by 1`
  expect(suppressed.map(row => [row.address_key, row.cause, row.evidence.reply])).toEqual([
    ['gone@one.example', 'bounced', '550 5.1.1 no such user'],
    ['moved@one.example', 'bounced', '550 5.1.10 null MX for this domain'],
  ])
})

test('a drop after the final dot is unknown, and is sent again with the same Message-ID', async () => {
  const { room, digest } = await roomFor({
    readers: ['ana@one.example', 'ben@one.example', 'eve@one.example'],
    script: ({ moment, to, before }) =>
      moment === 'body' && to.startsWith('ana') && !before ? 'drop' : undefined,
  })
  await withSenders(room, [{ retry: { pauses: [2500], jitter: 0 } }], async sender => {
    await dispatchDigest(room.services, digest)
    sender.wake()
    await until('an unknown delivery', async () => (await readBalance(room, digest)).unknown === 1)
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 3, unknown: 0 })
  })
  const toAna = server.received.filter(message => message.to.startsWith('ana'))
  expect(toAna).toHaveLength(2)
  expect(toAna[0]!.messageId).toMatch(/^<d\d+\.\d+\.\w+@bulletin\.example>$/)
  expect(toAna[1]!.messageId).toBe(toAna[0]!.messageId)
})

test('under the policy "hold" an unknown delivery stays unknown', async () => {
  const { room, digest } = await roomFor({
    readers: ['ana@one.example', 'ben@one.example'],
    script: ({ moment, to }) => (moment === 'body' && to.startsWith('ana') ? 'drop' : undefined),
  })
  const outcome = await dispatchDigest(room.services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  await room.raw`update dispatches set unknown_policy = 'hold'`
  await withSenders(room, [{ retry: soon }], () => ended(room, digest))
  expect(await readBalance(room, digest)).toMatchObject({ state: 'finished', sent: 1, unknown: 1 })
  expect(server.received.filter(message => message.to.startsWith('ana'))).toHaveLength(1)
})

test('an address beyond ASCII needs SMTPUTF8, or fails for that reader alone', async () => {
  const readers = ['jürgen@one.example', 'ben@one.example']
  const { room, digest } = await roomFor({ readers, script: () => undefined, extensions: ['PIPELINING'] })
  const balance = await withSenders(room, [{}], sender => sendNow(room, digest, sender))
  expect(balance).toMatchObject({ state: 'finished', sent: 1, failed: 1 })
  await server.close()

  const able = await roomFor({ readers, script: () => undefined, extensions: ['8BITMIME', 'SMTPUTF8'] })
  const sent = await withSenders(able.room, [{}], sender => sendNow(able.room, able.digest, sender))
  expect(sent).toMatchObject({ state: 'finished', sent: 2 })
  expect(server.heard).toContain('MAIL FROM:<news@bulletin.example> BODY=8BITMIME SMTPUTF8')
  expect(server.heard).toContain('RCPT TO:<jürgen@one.example>')
})

const ours: [string, string, Script, string[]?][] = [
  ['a policy', 'policy', ({ moment }) => (moment === 'rcpt' ? '550 5.7.515 authenticate first' : undefined)],
  [
    'a limit',
    'limit-exceeded',
    ({ moment }) => (moment === 'body' ? '554 5.4.5 enough for today' : undefined),
  ],
  [
    'a refused sender',
    'smtp-refused',
    ({ moment }) => (moment === 'mail' ? '553 5.1.8 who are you' : undefined),
  ],
  [
    'a connection refused in words that no database takes',
    'smtp-refused',
    ({ moment }) => (moment === 'connect' ? '554 5.3.2 no\0thanks' : undefined),
  ],
  [
    'a refused connection',
    'smtp-refused',
    ({ moment }) => (moment === 'connect' ? '554 go away' : undefined),
  ],
  ['a message that is too big', 'message-too-big', () => undefined, ['PIPELINING', 'SIZE 1000']],
]

test.each(ours)(
  '%s is our fault: the dispatch pauses and nobody is suppressed',
  async (_, reason, script, extensions) => {
    const { room, digest } = await roomFor({
      readers: ['ana@one.example', 'ben@two.example'],
      script,
      extensions,
    })
    await room.raw`insert into editors (address, address_key, role) values ('ed@b.example', 'ed@b.example', 'editor')`
    const balance = await withSenders(room, [{ retry: soon }], sender => sendNow(room, digest, sender))
    expect(balance).toMatchObject({ state: 'paused', sent: 0, failed: 0, pending: 2 })
    const [row] = await room.raw`select pause_reason from dispatches`
    expect(row!.pause_reason).toBe(reason)
    expect(await room.raw`select from suppressions`).toHaveLength(0)
    expect(await room.raw`select recipient from notices where kind = 'report'`).toMatchObject([
      { recipient: 'ed@b.example' },
    ])
  },
)

test('a password is not given to a server without TLS', async () => {
  const { room, digest } = await roomFor({
    readers: ['ana@one.example'],
    script: () => undefined,
    extensions: ['PIPELINING', 'AUTH PLAIN'],
    url: url => url.replace('smtp://', 'smtp://editor:secret@'),
  })
  await withSenders(room, [{}], sender => sendNow(room, digest, sender))
  expect(await room.raw`select pause_reason from dispatches`).toMatchObject([{ pause_reason: 'smtp-tls' }])
  expect(server.heard.filter(line => !/^(EHLO|STARTTLS|QUIT)/.test(line))).toEqual([])
})

test('20 readers of 3 domains refused in the same words are not to blame', async () => {
  const readers = Array.from({ length: 30 }, (_, n) => `reader${n}@${['one', 'two', 'three'][n % 3]}.example`)
  const { room, digest } = await roomFor({
    readers,
    script: ({ moment }) => (moment === 'rcpt' ? '550 5.1.1 unknown user' : undefined),
  })
  await withSenders(room, [{}], async sender => {
    await sendNow(room, digest, sender)
    await until('all to be pending again', async () => (await readBalance(room, digest)).pending === 30)
  })
  expect(await room.raw`select pause_reason from dispatches`).toMatchObject([{ pause_reason: 'same-reply' }])
  expect(await room.raw`select from suppressions`).toHaveLength(0)
})

test('a domain that knows more than a tenth of its readers no more is held, and nobody there is suppressed', async () => {
  const readers = [
    ...Array.from({ length: 40 }, (_, n) => `reader${n}@big.example`),
    ...Array.from({ length: 5 }, (_, n) => `reader${n}@small.example`),
    'gone@small.example',
  ]
  const { room, digest } = await roomFor({
    readers,
    script: ({ moment, to }) =>
      moment === 'rcpt' && (to.endsWith('@big.example') || to.startsWith('gone'))
        ? `550 5.1.1 <${to}> unknown`
        : undefined,
  })
  await withSenders(room, [{}], async sender => {
    await dispatchDigest(room.services, digest)
    sender.wake()
    await until('the domain to be held', async () => {
      const { sent, failed, pending } = await readBalance(room, digest)
      return sent === 5 && failed === 1 && pending === 40
    })
  })
  expect((await room.raw`select address_key from suppressions`).map(row => row.address_key)).toEqual([
    'gone@small.example',
  ])
  const [late] =
    await room.raw`select count(*)::int as n from batches where due_at > now() + interval '50 minutes'`
  expect(late!.n).toBeGreaterThan(0)
})
