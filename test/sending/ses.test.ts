import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { atEnd } from '../support/at-end.ts'
import { certificate } from '../support/certificate.ts'
import { forkSender } from '../support/fork-sender.ts'
import { addReaders, draftDigest, ended, openNewsletters, readBalance, sendNow } from '../support/sending.ts'
import { freshNewsroom, withSenders } from '../support/sending-story.ts'
import { freePort } from '../support/server.ts'
import {
  type Deed,
  type LocalSes,
  type SesScript,
  type SesServerOptions,
  startSesServer,
} from '../support/ses-server.ts'
import { until } from '../support/until.ts'
import {
  expectOutcome,
  impatient,
  type Outcome,
  observeLedger,
  type Sending,
  send,
} from './misbehaviour-room.ts'
import { type Filled, withVacantRoom } from './vacant-rooms.ts'

// Most of a row is waiting: for a pause, or for a server that stays silent.
vi.setConfig({ maxConcurrency: 10 })

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

async function localSes(options: SesServerOptions = {}) {
  const ses = await startSesServer(options)
  atEnd(ses.close)
  return ses
}

/** A newsroom that sends by it, with so many readers and a digest for them. */
async function roomAt(ses: LocalSes, readers: number, env: Record<string, string> = {}) {
  const all = { ...ses.env, ...env }
  const room = await freshNewsroom({ smtpUrl: ses.env.SMTP_URL!, env: all })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, readers, [morning!])
  return { room, digest: await draftDigest(room, [morning!]), env: all }
}

const countsOf = (list: readonly (string | undefined)[]) =>
  [...Map.groupBy(list, one => one)].map(([one, all]) => [one, all.length] as const)
const sameTwice = (list: readonly (string | undefined)[]) =>
  countsOf(list).flatMap(([one, count]) => (count > 1 ? [one] : []))

test('hundreds get it once each, signed so that what SES changes breaks nothing', async () => {
  const ses = await localSes({ configurationSets: ['newsletters'], verified: ['bulletin.example'] })
  const { room, digest } = await roomAt(ses, 300, {
    BOUNCE_ADDRESS: 'bounces@bulletin.example',
    DKIM_DOMAIN: 'bulletin.example',
    DKIM_SELECTOR: 'autumn',
    DKIM_PRIVATE_KEY: privateKey,
    SMTP_CONNECTIONS: '8',
  })
  const balance = await withSenders(room, [{}], sender => sendNow(room, digest, sender))
  expect(balance).toMatchObject({ state: 'finished', intended: 300, sent: 300 })
  expect(new Set(ses.taken.map(one => one.to)).size).toBe(300)
  expect(ses.taken).toHaveLength(300)
  expect(ses.asked.every(one => one.status === 200)).toBe(true)
  expect(ses.busiest()).toBeLessThanOrEqual(8)
  for (const { delivery, tags, feedback, configurationSet } of ses.taken) {
    expect(delivery).toMatch(/^\d+\.\d+$/)
    expect(tags).toEqual({ 'broadsheet-delivery': delivery!.replace('.', '-') })
    expect({ feedback, configurationSet }).toEqual({
      feedback: 'bounces@bulletin.example',
      configurationSet: 'newsletters',
    })
  }
  const resolver = async () => [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]]
  for (const { source, messageId } of ses.taken.slice(0, 5)) {
    expect(source.match(/^Message-ID: .*$/gim)).toEqual([
      `Message-ID: <${messageId}@eu-central-1.amazonses.com>`,
    ])
    const { results } = await dkimVerify(Buffer.from(source), { resolver })
    expect(results[0]?.status).toMatchObject({ result: 'pass', aligned: 'bulletin.example' })
  }
})

test('fifty a second are kept to: nobody is lost, nobody fails, nobody gets two', async () => {
  const ses = await localSes({ rate: 50, takes: 20 })
  const { room, digest } = await roomAt(ses, 250)
  const from = performance.now()
  const balance = await withSenders(room, [{}], async sender => {
    await dispatchDigest(room.services, digest)
    sender.wake()
    return ended(room, digest, 60_000)
  })
  const seconds = (performance.now() - from) / 1000
  expect(balance).toMatchObject({ state: 'finished', sent: 250, failed: 0, unknown: 0 })
  expect(new Set(ses.taken.map(one => one.to)).size).toBe(250)
  expect(ses.taken).toHaveLength(250)
  const tooMany = ses.asked.filter(one => one.status === 429).length
  expect(tooMany).toBeGreaterThan(0)
  // After the first second, in which all of them hear it, one in ten at most is asked in vain; 18 and 46 a second were seen.
  expect(tooMany).toBeLessThan(50)
  expect(250 / seconds).toBeGreaterThan(15)
  const tries = await room.raw`select max(attempts)::int as most from deliveries`
  expect(tries[0]!.most).toBe(1)
}, 70_000)

test('told to end, a sender finishes what is under way, and another one the rest', async () => {
  const ses = await localSes({ takes: 50 })
  const { room, digest, env } = await roomAt(ses, 200, { SMTP_CONNECTIONS: '4' })
  const sender = await forkSender({ databaseUrl: room.databaseUrl, smtpUrl: env.SMTP_URL!, env })
  await dispatchDigest(room.services, digest)
  sender.wake()
  await until('some to be taken', () => ses.taken.length > 20)
  expect(await sender.stop()).toBe(0)
  const { sent, pending, unknown, failed } = await readBalance(room, digest)
  expect({ sent, unknown, failed }).toEqual({ sent: ses.taken.length, unknown: 0, failed: 0 })
  expect(pending).toBe(200 - sent)
  expect(pending).toBeGreaterThan(0)
  await withSenders(room, [{}], () => ended(room, digest))
  expect(new Set(ses.taken.map(one => one.to)).size).toBe(200)
  expect(ses.taken).toHaveLength(200)
})

const error = (status: number, type: string, message: string): Deed => ({ status, type, message })
const html = (status: number): Deed => ({ status, body: '<html><h1>No</h1></html>' })

type Story = Filled & { ses: LocalSes }
type Wish = {
  readers: readonly string[]
  connections?: number
  server?: SesServerOptions
  env?: Record<string, string>
}

async function withSes<T>(
  { readers, connections = 1, server, env }: Wish,
  story: (story: Story) => Promise<T>,
) {
  const ses = await startSesServer(server)
  const all = { ...ses.env, SMTP_CONNECTIONS: String(connections), SMTP_URL: ses.env.SMTP_URL!, ...env }
  try {
    return await withVacantRoom({ env: all, readers }, filled => story({ ...filled, ses }))
  } finally {
    await ses.close()
  }
}

/** As at an SMTP server, where a request is a message of a session of its own. */
const observe = async ({ room, ses }: Story) => ({
  ...(await observeLedger(room)),
  accepted: ses.taken.map(({ to, source }) => ({ to, content: source })),
  received: ses.asked.map(({ to, delivery }) => ({ to, messageId: delivery })),
  heard: ses.asked.map(({ to }) => `RCPT TO:<${to}>`),
  sessions: ses.asked.length,
})

/** A reader's own fault lines: what is done when this reader is named first. */
const aboutReaders: [name: string, deed: Deed, outcome: Outcome, reply?: string][] = [
  [
    'an illegal address',
    error(400, 'BadRequestException', 'Illegal address'),
    'failed',
    '553 5.1.3 BadRequest: Illegal address',
  ],
  ['a domain that is none', error(400, 'BadRequestException', 'Domain ends with dot'), 'failed'],
  [
    'a mailbox that does not exist',
    error(400, 'MessageRejected', 'The mailbox does not exist'),
    'failed and suppressed',
    '550 5.1.1 MessageRejected: The mailbox does not exist',
  ],
  ['content that is refused', error(400, 'MessageRejected', 'It contains a virus'), 'failed'],
  ['an internal failure', error(500, 'InternalFailure', ''), 'sent at the second try'],
  ['a service that is away', error(503, 'ServiceUnavailable', 'later'), 'sent at the second try'],
  ['a proxy whose server is away', html(503), 'sent at the second try'],
  ['a gateway that waits no longer', html(504), 'unknown'],
  ['a page instead of an answer', html(200), 'unknown'],
  [
    'too many at once',
    error(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'),
    'sent over another connection',
  ],
  ['a drop', 'drop', 'unknown'],
  ['a drop of what was taken', 'keep and drop', 'unknown'],
  ['an answer that breaks off', 'break off', 'unknown'],
  ['silence', 'silence', 'unknown'],
]

const domains = ['one.example', 'two.example', 'three.example']
const addressOf = (row: number) => `reader${row}@${domains[row % 3]}`

describe('what SES says to one reader is about that reader:', () => {
  let seen: Awaited<ReturnType<typeof observe>>

  beforeAll(async () => {
    const deeds = new Map(aboutReaders.map(([, deed], row) => [addressOf(row), deed]))
    const script: SesScript = ({ to, before }) => (before === 0 ? deeds.get(to) : undefined)
    const readers = [
      ...aboutReaders.flatMap((_, n) => [addressOf(n), `well${n}@well.example`]),
      'jürgen@one.example',
    ]
    seen = await withSes({ readers, connections: 3, server: { script } }, async story => {
      await send(story, { policy: 'hold', timeouts: impatient })
      return observe(story)
    })
  })

  test.each(aboutReaders.map(([name, , outcome, reply], row) => ({ name, outcome, reply, row })))(
    '$name: $outcome',
    ({ outcome, reply, row }) => expectOutcome(seen, addressOf(row), outcome, reply),
  )

  test('letters beyond ASCII: failed, and SES never hears of it', () => {
    expectOutcome(seen, 'jürgen@one.example', 'failed')
    expect(seen.heard.join()).not.toContain('gen@one.example')
  })

  test('all others: sent, and the dispatch is finished', () => {
    aboutReaders.forEach((_, n) => {
      expect(seen.ledger.get(`well${n}@well.example`)).toMatchObject({ state: 'sent' })
    })
    expect(seen).toMatchObject({ state: 'finished', reports: [] })
  })
})

const ana = 'ana@one.example'
const ben = 'ben@two.example'
const toAna =
  (deed: Deed): SesScript =>
  ({ to, before }) =>
    to === ana && before === 0 ? deed : undefined

type ServerRow = {
  name: string
  server?: SesServerOptions
  env?: Record<string, string>
  readers?: string[]
  sending?: Sending
  outcome: Outcome
  others?: Outcome
  also?(seen: Awaited<ReturnType<typeof observe>>): void
}

const always = (deed: Deed): SesServerOptions => ({ script: ({ to }) => (to ? deed : undefined) })

const aboutServers: ServerRow[] = [
  {
    name: 'knows no such identity',
    server: { verified: ['other.example'] },
    outcome: 'paused: smtp-refused',
  },
  {
    name: 'is a sandbox',
    server: always(
      error(
        400,
        'MessageRejected',
        `Email address is not verified. The following identities failed the check in region X: ${ana}`,
      ),
    ),
    outcome: 'paused: smtp-refused',
  },
  {
    name: 'has no MAIL FROM domain',
    server: always(error(400, 'MailFromDomainNotVerifiedException', 'no')),
    outcome: 'paused: smtp-refused',
  },
  {
    name: 'has shut the account down',
    server: always(error(400, 'AccountSuspendedException', 'no')),
    outcome: 'paused: smtp-refused',
  },
  {
    name: 'has paused the account',
    server: always(error(400, 'SendingPausedException', 'no')),
    outcome: 'paused: smtp-refused',
  },
  {
    name: 'has no such configuration set',
    env: { SES_CONFIGURATION_SET: 'gone' },
    outcome: 'paused: smtp-refused',
  },
  {
    name: 'finds the request wrong',
    server: always(error(400, 'BadRequestException', 'what')),
    outcome: 'failed',
  },
  {
    name: 'does not let us',
    server: always(error(403, 'AccessDeniedException', 'no')),
    outcome: 'paused: smtp-sign-in',
  },
  {
    name: 'does not know the key',
    env: { AWS_ACCESS_KEY_ID: 'AKIDOTHER' },
    outcome: 'paused: smtp-sign-in',
  },
  {
    name: 'takes the key for wrong',
    env: { AWS_SECRET_ACCESS_KEY: 'wrong' },
    outcome: 'paused: smtp-sign-in',
  },
  { name: 'has another time', server: { ahead: 20 * 60_000 }, outcome: 'paused: smtp-sign-in' },
  {
    name: 'has sent enough today',
    server: always(error(429, 'TooManyRequestsException', 'Daily message quota exceeded.')),
    outcome: 'paused: limit-exceeded',
  },
  { name: 'finds the message too big', server: { mostBytes: 100 }, outcome: 'paused: message-too-big' },
  {
    name: 'shows a certificate of its own making',
    server: { tls: certificate },
    outcome: 'paused: smtp-tls',
  },
  { name: 'is a proxy that denies', server: always(html(403)), outcome: 'paused: smtp-refused' },
  {
    name: 'is elsewhere',
    server: always({ status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } }),
    outcome: 'paused: smtp-refused',
  },
  {
    name: 'says one thing to 30 readers of 3 domains',
    readers: Array.from({ length: 30 }, (_, n) => addressOf(n)),
    server: always(error(400, 'BadRequestException', 'Illegal address')),
    outcome: 'paused: same-reply',
  },
  {
    name: 'drops a message',
    server: { script: toAna('drop') },
    outcome: 'unknown, then sent again',
    others: 'sent',
    also: ({ accepted }) => expect(accepted).toHaveLength(2),
  },
  {
    name: 'drops a connection whose message it took',
    server: { script: toAna('keep and drop') },
    outcome: 'unknown, then sent again',
    others: 'sent',
    also: ({ accepted, received }) => {
      expect(accepted).toHaveLength(3)
      // One duplicate, which its own name tells.
      expect(sameTwice(received.map(one => one.messageId))).toHaveLength(1)
    },
  },
  {
    name: 'drops a connection whose message it took, under the policy "hold"',
    server: { script: toAna('keep and drop') },
    outcome: 'unknown',
    others: 'sent',
    sending: { policy: 'hold' },
    also: ({ accepted }) => expect(accepted).toHaveLength(2),
  },
  {
    name: 'stays silent',
    server: { script: toAna('keep and silence') },
    outcome: 'unknown',
    others: 'sent',
    sending: { policy: 'hold', timeouts: impatient },
  },
  {
    name: 'has too much of us at first',
    server: {
      script: ({ nth, to }) =>
        to && nth === 1
          ? error(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.')
          : undefined,
    },
    outcome: 'sent over another connection',
    others: 'sent',
  },
]

describe.concurrent('an SES that', () => {
  test.each(aboutServers)('$name: $outcome', async row => {
    const { server, env, readers = [ana, ben], outcome, others = outcome } = row
    const seen = await withSes({ server, readers, env }, async story => {
      await send(story, row.sending)
      if (outcome.startsWith('paused'))
        await until('all to be pending', async () => {
          const { pending } = await readBalance(story.room, story.digest)
          return pending === readers.length
        })
      return observe(story)
    })
    expect(seen.state).toBe(outcome.startsWith('paused') ? 'paused' : 'finished')
    readers.forEach((address, n) => {
      expectOutcome(seen, address, n === 0 ? outcome : others)
    })
    expect(seen.reports).toEqual(outcome.startsWith('paused') ? ['ed@b.example'] : [])
    row.also?.(seen)
  })
})

test.concurrent('an SES that is away is waited for, as if nothing had been tried', async () => {
  const port = await freePort()
  const env = { SES_ENDPOINT: `http://127.0.0.1:${port}` }
  await withSes({ readers: [ana, ben], env }, async story => {
    let asked = 0
    let back: LocalSes | undefined
    await send(story, {
      asks: () => void asked++,
      until: async () => {
        // What comes of the first try is told with the second question.
        await until('a try', () => asked > 1)
        expect(await readBalance(story.room, story.digest)).toMatchObject({ state: 'sending', pending: 2 })
        back = await localSes({ port })
        await ended(story.room, story.digest)
      },
    })
    const { ledger } = await observeLedger(story.room)
    for (const address of [ana, ben])
      expect(ledger.get(address)).toMatchObject({ state: 'sent', attempts: 1 })
    expect(back!.taken).toHaveLength(2)
  })
})
