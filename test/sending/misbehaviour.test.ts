import { beforeAll, describe, expect, test, vi } from 'vitest'
import { retryPolicy } from '../../src/domain/retry-policy.ts'
import { certificate, expiredCertificate, foreignCertificate } from '../support/certificate.ts'
import {
  type MisbehavingServer,
  manyLines,
  type Script,
  type ServerOptions,
} from '../support/misbehaving-smtp.ts'
import { ended, readBalance } from '../support/sending.ts'
import { until } from '../support/until.ts'
import {
  expectOutcome,
  impatient,
  type Outcome,
  observe,
  type Seen,
  type Sending,
  send,
  type Wish,
  withRoom,
} from './misbehaviour-room.ts'

// Most of a row is waiting: for a pause, or for a server that stays silent.
vi.setConfig({ maxConcurrency: 10 })

type Deed = ReturnType<Script>
type Moment = Parameters<Script>[0]['moment']

/** A reader's own fault lines: what is done at one moment when this reader is named first. */
type ReaderRow = [name: string, moment: Moment, deed: Deed, outcome: Outcome, reply?: string]

const onEachLine = (lines: string[]) =>
  lines.map((line, n) => `550${n < lines.length - 1 ? '-' : ' '}5.1.1 ${line}`)
const endless = 'x'.repeat(70_000)

const aboutReaders: ReaderRow[] = [
  ['421 at RCPT', 'rcpt', '421 4.7.0 slow down', 'sent at the second try'],
  [
    '421 at RCPT, and then not a word',
    'rcpt',
    { octets: '421 4.7.0 that is all\r\n', after: 'silence' },
    'sent at the second try',
  ],
  ['421 at DATA', 'data', '421 4.3.2 going down', 'sent at the second try'],
  ['421 after the dot', 'body', '421 4.3.2 going down now', 'sent at the second try'],
  ['450 at RCPT', 'rcpt', '450 4.2.1 later', 'sent at the second try'],
  ['450 at RCPT without an enhanced code', 'rcpt', '450 later', 'sent at the second try'],
  ['451, a greylist', 'rcpt', '451 4.7.1 come back later', 'sent at the second try'],
  ['452 at RCPT', 'rcpt', '452 4.5.3 too many of them', 'sent at the second try'],
  ['451 at DATA', 'data', '451 4.3.0 not now', 'sent at the second try'],
  ['451 after the dot', 'body', '451 4.3.0 could not store it', 'sent at the second try'],
  ['452 after the dot', 'body', '452 4.3.1 no room', 'sent at the second try'],
  ['552 5.2.2, a full mailbox', 'rcpt', '552 5.2.2 full', 'sent at the second try'],
  ['550 whose enhanced code says 4', 'rcpt', '550 4.2.1 busy', 'sent at the second try'],
  ['450 whose enhanced code says success', 'rcpt', '450 2.0.0 odd', 'sent at the second try'],
  ['450 whose enhanced code says 5.1.1', 'rcpt', '450 5.1.1 no', 'failed and suppressed', '450 5.1.1 no'],
  ['550 5.1.1', 'rcpt', '550 5.1.1 no such user', 'failed and suppressed', '550 5.1.1 no such user'],
  ['550 5.1.1 after the dot', 'body', '550 5.1.1 nobody', 'failed and suppressed', '550 5.1.1 nobody'],
  ['556 5.1.10, a null MX', 'rcpt', '556 5.1.10 null MX', 'failed and suppressed', '556 5.1.10 null MX'],
  ['550 without an enhanced code', 'rcpt', '550 not for you', 'failed', '550 not for you'],
  ['553 5.1.3', 'rcpt', '553 5.1.3 bad syntax', 'failed', '553 5.1.3 bad syntax'],
  ['554 at DATA', 'data', '554 5.5.0 no', 'failed', '554 5.5.0 no'],
  ['554 after the dot', 'body', '554 5.6.0 bad content', 'failed', '554 5.6.0 bad content'],
  [
    'a 354 although RCPT was refused',
    'rcpt',
    // The next reply, to DATA, comes with it: this server says 354 whatever was before.
    { octets: '550 5.1.1 gone away\r\n354 go on\r\n' },
    'failed and suppressed',
    '550 5.1.1 gone away',
  ],
  ['250 to DATA', 'data', '250 2.0.0 data is fine', 'sent at the second try'],
  ['354 after the dot', 'body', '354 go on and on', 'unknown'],
  ['no reply at RCPT', 'rcpt', 'HTTP/1.1 400 Bad Request', 'sent at the second try'],
  ['no reply at DATA', 'data', '\0\0\0\0', 'sent at the second try'],
  ['no reply after the dot', 'body', 'taken, thank you', 'unknown'],
  ['a line without an end at RCPT', 'rcpt', { octets: `250 ${endless}` }, 'sent at the second try'],
  ['lines without an end after the dot', 'body', { octets: `250-${endless}\r\n`.repeat(3) }, 'unknown'],
  [
    'many lines, the enhanced code on each, one octet a packet',
    'rcpt',
    { octets: `${onEachLine(['no', 'such', 'mailbox']).join('\r\n')}\r\n`, cut: true },
    'failed and suppressed',
    '550 5.1.1 no such mailbox',
  ],
  [
    'many lines that end in LF alone',
    'rcpt',
    { octets: `${onEachLine(['nobody', 'here']).join('\n')}\n` },
    'failed and suppressed',
    '550 5.1.1 nobody here',
  ],
  [
    'a good reply, one octet a packet',
    'rcpt',
    { octets: '250-2.1.5 so\r\n250 2.1.5 be it\r\n', cut: true },
    'sent',
  ],
  ['a good reply that ends in LF', 'body', { octets: '250 2.0.0 taken\n' }, 'sent'],
  ['NUL in a refusal', 'rcpt', '550 no\0such\0reader', 'failed', '550 no such reader'],
  [
    'UTF-8 in a refusal',
    'rcpt',
    '550 5.1.1 Empfänger unbekannt',
    'failed and suppressed',
    '550 5.1.1 Empfänger unbekannt',
  ],
  [
    'latin1 in a refusal',
    'rcpt',
    { octets: Buffer.from('550 Empfänger gesperrt\r\n', 'latin1') },
    'failed',
    '550 Empfänger gesperrt',
  ],
  [
    'a refusal of 900 characters',
    'body',
    `550 x${'📮'.repeat(450)}`,
    'failed',
    `550 x${'📮'.repeat(247)}\ufffd`,
  ],
  [
    'a refusal, and then it hangs up',
    'rcpt',
    { octets: '550 5.1.1 never again\r\n', after: 'hang up' },
    'failed and suppressed',
    '550 5.1.1 never again',
  ],
  ['it takes the message and hangs up', 'body', { octets: '250 2.0.0 bye\r\n', after: 'hang up' }, 'sent'],
  ['it takes the message and says more', 'body', { octets: '250 2.0.0 taken\r\n250 again\r\n' }, 'sent'],
  ['it takes the message and talks nonsense', 'body', { octets: '250 2.0.0 taken\r\nbye\r\n' }, 'sent'],
  [
    'it takes the message and ends the idle session',
    'body',
    { octets: '250 2.0.0 taken\r\n421 4.4.2 idle\r\n' },
    'sent',
  ],
]

const domains = ['one.example', 'two.example', 'three.example']
const addressOf = (row: number) => `reader${row}@${domains[row % 3]}`

const ways = {
  'all commands in one write': ['PIPELINING', '8BITMIME', 'SMTPUTF8'],
  'one command at a time': ['8BITMIME', 'SMTPUTF8'],
}
type Way = keyof typeof ways

/** One dispatch to all of them, and between them readers to whom nothing happens. */
function sendToEach(extensions: string[]): Promise<Seen> {
  const deeds = new Map(aboutReaders.map(([, moment, deed], row) => [addressOf(row), { moment, deed }]))
  const script: Script = ({ moment, to, before }) => {
    const row = before === 0 && deeds.get(to)
    return row && row.moment === moment ? row.deed : undefined
  }
  const readers = aboutReaders.flatMap((_, n) => [addressOf(n), `well${n}@well.example`])
  return withRoom({ script, readers, server: { extensions }, connections: 3 }, async story => {
    await send(story, { policy: 'hold' })
    return observe(story)
  })
}

describe('what a server says to one reader is about that reader:', () => {
  const seen = {} as Record<Way, Seen>

  beforeAll(async () => {
    const names = Object.keys(ways) as Way[]
    const all = await Promise.all(names.map(way => sendToEach(ways[way])))
    names.forEach((way, n) => {
      seen[way] = all[n]!
    })
  }, 30_000)

  describe.each(Object.keys(ways) as Way[])('%s,', way => {
    test.each(aboutReaders.map(([name, , , outcome], row) => ({ name, outcome, row })))(
      '$name: $outcome',
      ({ outcome, row }) => {
        expectOutcome(seen[way], addressOf(row), outcome, aboutReaders[row]![4])
      },
    )

    test('and all the others get it once', () => {
      for (const address of seen[way].ledger.keys())
        if (address.startsWith('well')) expectOutcome(seen[way], address, 'sent')
    })
  })
})

/** A publication with a few readers, and what the mail server does to the first of them, or to all. */
type ServerRow = {
  name: string
  script: Script
  outcome: Outcome
  server?: ServerOptions
  /** We have a password for the server, and this certificate is trusted besides the world's own. */
  password?: { trusts?: string }
  readers?: readonly string[]
  megabytes?: number
  sending?: Sending
  /** What the others get; absent: what the first gets. */
  others?: Outcome
  /** What else must be so. */
  also?(seen: Seen): void
}

const ana = 'ana@one.example'
const ben = 'ben@two.example'

/** A deed at one moment of each session. */
const always =
  (at: Moment, deed: Deed): Script =>
  ({ moment }) =>
    moment === at ? deed : undefined

/** A deed at one moment of the first session; after that the server is well. */
const first =
  (at: Moment, deed: Deed): Script =>
  ({ moment, session }) =>
    moment === at && session === 1 ? deed : undefined

/** A deed at one moment of the first message to Ana. */
const toAna =
  (at: Moment, deed: Deed): Script =>
  ({ moment, to, before }) =>
    moment === at && to === ana && before === 0 ? deed : undefined

const withPassword =
  (trusts = '') =>
  (url: string): string =>
    `${url.replace('smtp://', 'smtp://news:secret@')}?tls.ca=${encodeURIComponent(trusts)}`

const trusting = { trusts: certificate.cert }
const offeringTls = { extensions: ['PIPELINING', 'STARTTLS', 'AUTH PLAIN'], tls: certificate }
const silent = { timeouts: impatient }

/** Neither a password nor a reader's address nor a message left without TLS. */
function nothingInClear({ inClear }: Seen) {
  expect(inClear).not.toMatch(/AUTH|MAIL|RCPT|DATA|secret|example/)
  expect(inClear).not.toContain(Buffer.from('\0news\0secret').toString('base64'))
  // Of what came it is the beginning only, but that it is.
  expect(inClear).toMatch(/^EHLO /)
}

const aboutServers: ServerRow[] = [
  // At connect
  {
    name: '421 at connect',
    script: first('connect', '421 4.3.2 busy'),
    outcome: 'sent over another connection',
  },
  {
    name: '450 at connect',
    script: first('connect', '450 4.3.2 busy'),
    outcome: 'sent over another connection',
  },
  { name: '554 at connect', script: always('connect', '554 go away'), outcome: 'paused: smtp-refused' },
  {
    name: '554 in words that no database takes',
    script: always('connect', `554 5.3.2 no\0thanks, ${'📮'.repeat(400)}`),
    outcome: 'paused: smtp-refused',
  },
  { name: 'a drop at connect', script: first('connect', 'drop'), outcome: 'sent over another connection' },
  {
    name: 'no greeting',
    script: first('connect', 'silence'),
    outcome: 'sent over another connection',
    sending: silent,
  },
  {
    name: 'no SMTP at all',
    script: first('connect', 'SSH-2.0-OpenSSH_9.2'),
    outcome: 'sent over another connection',
  },
  {
    name: 'a greeting without an end',
    script: first('connect', { octets: `220-${endless}` }),
    outcome: 'sent over another connection',
  },
  {
    name: 'a greeting of many lines that end in LF, one octet a packet',
    script: always('connect', { octets: '220-odd ESMTP\n220-at your\n220 service\n', cut: true }),
    outcome: 'sent',
  },

  // At EHLO
  { name: '421 at EHLO', script: first('ehlo', '421 4.3.2 busy'), outcome: 'sent over another connection' },
  { name: '502 at EHLO, but HELO will do', script: always('ehlo', '502 5.5.1 what'), outcome: 'sent' },
  {
    name: '550 at EHLO and HELO',
    script: ({ moment }) => (moment === 'ehlo' || moment === 'helo' ? '550 5.5.1 no' : undefined),
    outcome: 'paused: smtp-refused',
  },
  { name: 'a drop at EHLO', script: first('ehlo', 'drop'), outcome: 'sent over another connection' },
  {
    name: 'silence at EHLO',
    script: first('ehlo', 'silence'),
    outcome: 'sent over another connection',
    sending: silent,
  },
  {
    name: 'no reply at EHLO',
    script: ({ moment, session }) =>
      session === 1 && (moment === 'ehlo' || moment === 'helo') ? 'hello to you' : undefined,
    outcome: 'sent over another connection',
  },
  {
    name: 'EHLO answered one octet a packet, in LF',
    script: always('ehlo', {
      octets: `${manyLines(250, ['odd', 'PIPELINING']).replaceAll('\r', '')}\n`,
      cut: true,
    }),
    outcome: 'sent',
  },
  {
    name: 'more than EHLO asked for',
    script: first('ehlo', '250 odd\r\n250 and even'),
    outcome: 'sent over another connection',
  },
  {
    name: 'half a reply too many at EHLO',
    script: first('ehlo', { octets: '250 odd\r\n250 and' }),
    outcome: 'sent over another connection',
  },

  // TLS and AUTH, with a password that must not be heard
  {
    name: 'STARTTLS is not offered',
    server: { extensions: ['PIPELINING', 'AUTH PLAIN'] },
    password: trusting,
    script: () => undefined,
    outcome: 'paused: smtp-tls',
    also: nothingInClear,
  },
  {
    name: 'STARTTLS is offered and refused',
    server: offeringTls,
    password: trusting,
    script: always('starttls', '554 5.7.3 no TLS today'),
    outcome: 'paused: smtp-tls',
    also: nothingInClear,
  },
  {
    name: 'STARTTLS is refused for the moment',
    server: offeringTls,
    password: trusting,
    script: first('starttls', '454 4.7.0 no TLS just now'),
    outcome: 'sent over another connection',
    also: nothingInClear,
  },
  {
    name: 'no reply at STARTTLS',
    server: offeringTls,
    password: trusting,
    script: first('starttls', 'TLS? why'),
    outcome: 'sent over another connection',
    also: nothingInClear,
  },
  {
    name: 'no TLS after STARTTLS',
    server: { extensions: offeringTls.extensions },
    password: trusting,
    script: always('starttls', { octets: `220 go on\r\n${'250 this is no TLS\r\n'.repeat(9)}`, cut: true }),
    outcome: 'paused: smtp-tls',
    also: nothingInClear,
  },
  {
    name: 'plain replies slipped in behind that to STARTTLS',
    server: offeringTls,
    password: trusting,
    script: always('starttls', {
      octets: '220 go on\r\n250-odd\r\n250 SIZE 10\r\n235 2.7.0 welcome\r\n250 OK',
    }),
    outcome: 'sent',
    also: nothingInClear,
  },
  {
    name: 'a drop within the TLS handshake',
    server: offeringTls,
    password: trusting,
    script: first('starttls', { octets: '220 go on\r\n', after: 'hang up' }),
    outcome: 'sent over another connection',
    also: nothingInClear,
  },
  {
    name: 'silence within the TLS handshake',
    server: offeringTls,
    password: trusting,
    script: first('starttls', { octets: '220 go on\r\n', after: 'silence' }),
    outcome: 'sent over another connection',
    sending: silent,
    also: nothingInClear,
  },
  {
    name: 'an expired certificate',
    server: { ...offeringTls, tls: expiredCertificate },
    password: { trusts: expiredCertificate.cert },
    script: () => undefined,
    outcome: 'paused: smtp-tls',
    also: nothingInClear,
  },
  {
    name: 'a certificate of another name',
    server: { ...offeringTls, tls: foreignCertificate },
    password: { trusts: foreignCertificate.cert },
    script: () => undefined,
    outcome: 'paused: smtp-tls',
    also: nothingInClear,
  },
  {
    name: 'a certificate that nobody vouches for',
    server: offeringTls,
    password: {},
    script: () => undefined,
    outcome: 'paused: smtp-tls',
    also: nothingInClear,
  },
  {
    name: '535 at AUTH',
    server: offeringTls,
    password: trusting,
    script: always('auth', '535 5.7.8 who are you'),
    outcome: 'paused: smtp-sign-in',
    also: nothingInClear,
  },
  {
    name: '454 at AUTH',
    server: offeringTls,
    password: trusting,
    script: first('auth', '454 4.7.0 ask me later'),
    outcome: 'sent over another connection',
  },
  {
    name: 'no reply at AUTH',
    server: offeringTls,
    password: trusting,
    script: first('auth', 'welcome'),
    outcome: 'sent over another connection',
  },
  {
    name: 'silence at AUTH',
    server: offeringTls,
    password: trusting,
    script: first('auth', 'silence'),
    outcome: 'sent over another connection',
    sending: silent,
  },
  {
    name: 'a drop at AUTH',
    server: offeringTls,
    password: trusting,
    script: first('auth', 'drop'),
    outcome: 'sent over another connection',
  },
  {
    name: 'more than AUTH asked for',
    server: offeringTls,
    password: trusting,
    script: first('auth', '235 2.7.0 welcome\r\n250 come in'),
    outcome: 'sent over another connection',
  },

  // At MAIL
  {
    name: '421 at MAIL',
    script: first('mail', '421 4.7.0 slow down'),
    outcome: 'sent over another connection',
  },
  { name: '451 at MAIL', script: first('mail', '451 4.3.0 later'), outcome: 'sent over another connection' },
  {
    name: '452 at MAIL',
    script: first('mail', '452 4.3.1 no room'),
    outcome: 'sent over another connection',
  },
  { name: '553 at MAIL', script: always('mail', '553 5.1.8 who are you'), outcome: 'paused: smtp-refused' },
  {
    name: '550 5.1.1 at MAIL',
    script: always('mail', '550 5.1.1 no such user'),
    outcome: 'paused: smtp-refused',
  },
  {
    name: '552 5.2.2 at MAIL',
    script: always('mail', '552 5.2.2 you are full'),
    outcome: 'paused: smtp-refused',
  },
  {
    name: '554 at MAIL, and then it hangs up',
    script: always('mail', { octets: '554 5.7.0 not you\r\n', after: 'hang up' }),
    outcome: 'paused: policy',
  },
  { name: 'a drop at MAIL', script: first('mail', 'drop'), outcome: 'sent over another connection' },
  { name: 'no reply at MAIL', script: first('mail', '2.1.0 fine'), outcome: 'sent over another connection' },
  {
    name: 'silence at MAIL',
    script: first('mail', 'silence'),
    outcome: 'sent over another connection',
    sending: silent,
  },

  // Later, and not a word: how far it came decides
  {
    name: 'a drop at RCPT',
    script: toAna('rcpt', 'drop'),
    outcome: 'sent at the second try',
    others: 'sent',
  },
  {
    name: 'a drop at DATA',
    script: toAna('data', 'drop'),
    outcome: 'sent at the second try',
    others: 'sent',
  },
  {
    name: 'silence at RCPT',
    script: toAna('rcpt', 'silence'),
    outcome: 'sent at the second try',
    others: 'sent',
    sending: silent,
  },
  {
    name: 'silence at DATA',
    script: toAna('data', 'silence'),
    outcome: 'sent at the second try',
    others: 'sent',
    sending: silent,
  },
  {
    name: 'a drop within the message',
    script: toAna('begun', 'drop'),
    megabytes: 8,
    outcome: 'sent at the second try',
    others: 'sent',
  },
  {
    name: 'it stops reading within the message',
    script: toAna('begun', 'stop reading'),
    megabytes: 8,
    outcome: 'sent at the second try',
    others: 'sent',
    sending: silent,
  },
  {
    name: 'it reads for longer than it may stay silent, but it reads',
    script: toAna('begun', 'read slowly'),
    readers: [ana],
    megabytes: 12,
    outcome: 'sent',
    // What the system holds is read after the last block was accepted.
    sending: { timeouts: { ...impatient, body: 3500, dot: 15_000 } },
  },
  {
    name: 'it takes a message that has not ended',
    script: toAna('begun', '250 2.0.0 enough, thank you'),
    megabytes: 8,
    outcome: 'sent at the second try',
    others: 'sent',
  },
  {
    name: 'it refuses a message that has not ended',
    script: toAna('begun', '554 5.6.0 what I saw is enough'),
    megabytes: 8,
    outcome: 'failed',
    others: 'sent',
  },
  {
    name: 'silence after the dot',
    script: toAna('body', 'silence'),
    outcome: 'unknown',
    others: 'sent',
    sending: { ...silent, policy: 'hold' },
  },
  {
    name: 'a drop after the dot, the message thrown away',
    script: toAna('body', 'drop'),
    outcome: 'unknown, then sent again',
    others: 'sent',
    also: ({ accepted }) => expect(accepted).toHaveLength(2),
  },
  {
    name: 'a drop after the dot, the message kept',
    script: toAna('body', 'keep and drop'),
    outcome: 'unknown, then sent again',
    others: 'sent',
    also: ({ accepted }) => expect(accepted).toHaveLength(3),
  },
  {
    name: 'a drop after the dot, under the policy "hold"',
    script: toAna('body', 'keep and drop'),
    outcome: 'unknown',
    others: 'sent',
    sending: { policy: 'hold' },
    also: ({ accepted }) => expect(accepted).toHaveLength(2),
  },

  // Our fault, and no reader's
  { name: '550 5.7.1 at RCPT', script: always('rcpt', '550 5.7.1 blocked'), outcome: 'paused: policy' },
  {
    name: '550 5.7.515 after the dot',
    script: always('body', '550 5.7.515 authenticate'),
    outcome: 'paused: policy',
  },
  { name: '450 5.7.1 at RCPT', script: always('rcpt', '450 5.7.1 blocked'), outcome: 'paused: policy' },
  {
    name: '554 5.4.5 after the dot',
    script: always('body', '554 5.4.5 enough for today'),
    outcome: 'paused: limit-exceeded',
  },
  {
    name: '552 5.3.4 after the dot',
    script: always('body', '552 5.3.4 too big'),
    outcome: 'paused: message-too-big',
  },
  {
    name: 'a small SIZE',
    server: { extensions: ['PIPELINING', 'SIZE 1000'] },
    script: () => undefined,
    outcome: 'paused: message-too-big',
    also: ({ heard }) => expect(heard.join()).not.toContain('MAIL'),
  },
  {
    name: 'one text for 30 readers of 3 domains, an unknown mailbox',
    readers: Array.from({ length: 30 }, (_, n) => addressOf(n)),
    script: always('rcpt', '550 5.1.1 unknown user'),
    outcome: 'paused: same-reply',
  },

  // What it does not offer
  {
    name: 'no SMTPUTF8, and a reader who needs it',
    readers: ['jürgen@one.example', ben],
    server: { extensions: ['PIPELINING', '8BITMIME'] },
    script: () => undefined,
    outcome: 'failed',
    others: 'sent',
    also: ({ heard }) => expect(heard.join()).not.toContain('gen@one.example'),
  },
  {
    name: 'SMTPUTF8 without 8BITMIME',
    readers: ['jürgen@one.example', ben],
    server: { extensions: ['PIPELINING', 'SMTPUTF8'] },
    script: () => undefined,
    outcome: 'sent',
    also: ({ heard }) => expect(heard).toContain('MAIL FROM:<news@bulletin.example> SMTPUTF8'),
  },
  {
    name: 'SMTPUTF8 with 8BITMIME, one command at a time',
    readers: ['jürgen@one.example', ben],
    server: { extensions: ['8BITMIME', 'SMTPUTF8'] },
    script: () => undefined,
    outcome: 'sent',
    also: ({ heard }) => expect(heard).toContain('MAIL FROM:<news@bulletin.example> BODY=8BITMIME SMTPUTF8'),
  },

  // Between messages
  {
    name: 'a session that ends after each message',
    readers: Array.from({ length: 6 }, (_, n) => addressOf(n)),
    script: always('body', { octets: '250 2.0.0 taken\r\n', after: 'hang up' }),
    outcome: 'sent',
    also: ({ sessions }) => expect(sessions).toBe(6),
  },
  {
    name: 'RSET after a refusal',
    script: toAna('rcpt', '550 not for you'),
    outcome: 'failed',
    others: 'sent',
    also: ({ heard }) => expect(heard).toContain('RSET'),
  },
  {
    name: 'RSET refused after a refusal',
    script: ({ moment, to }) =>
      moment === 'rset' ? '502 5.5.1 what' : moment === 'rcpt' && to === ana ? '550 not for you' : undefined,
    outcome: 'failed',
    others: 'sent over another connection',
  },
  {
    name: '421 at RSET, one command at a time',
    server: { extensions: [] },
    script: ({ moment, to }) =>
      moment === 'rset' ? '421 4.3.2 bye' : moment === 'rcpt' && to === ana ? '550 not for you' : undefined,
    outcome: 'failed',
    others: 'sent over another connection',
  },
]

describe.concurrent('a server that', () => {
  test.each(aboutServers)('$name: $outcome', async row => {
    const { script, server, password, readers = [ana, ben], megabytes, outcome, others = outcome } = row
    const url = password && withPassword(password.trusts)
    const seen = await withRoom({ script, server, readers, url, megabytes }, async story => {
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

describe.concurrent('however long it misbehaves,', () => {
  test('pauses grow until it is too late to deliver, and the reader keeps the subscription', async () => {
    const script = always('rcpt', '451 4.7.1 not yet')
    const retry = { pauses: [200, 1200, 2400], jitter: 0 }
    const { seen, tries } = await withRoom({ script, readers: [ana] }, async story => {
      const { server, room } = story
      await send(story, {
        retry,
        until: async () => {
          await until('three tries', () => timesOf(server, ana).length === 3)
          await room.raw`update dispatches set deliver_until = now()`
          return ended(room, story.digest)
        },
      })
      return { seen: await observe(story), tries: timesOf(server, ana) }
    })
    expect(seen.ledger.get(ana)).toEqual({ address: ana, state: 'failed', attempts: 3, reply: 'too late' })
    expect(seen.suppressed.size).toBe(0)
    expect(tries[1]! - tries[0]!).toBeGreaterThanOrEqual(200)
    expect(tries[2]! - tries[1]!).toBeGreaterThanOrEqual(1200)
    expect(tries).toHaveLength(3)
  })

  test('what failed together does not come back together', async () => {
    const readers = Array.from({ length: 30 }, (_, n) => addressOf(n))
    const [later] = await withRoom({ script: always('rcpt', '451 4.7.1 later'), readers }, async story => {
      const { raw } = story.room
      await send(story, {
        retry: retryPolicy,
        until: () =>
          until('all to be tried', async () => {
            const [row] = await raw`select count(*)::int as n from deliveries where attempts = 1`
            return row!.n === 30
          }),
      })
      return raw`select extract(epoch from min(b.due_at - d.changed_at))::float8 as soonest,
        extract(epoch from max(b.due_at) - min(b.due_at))::float8 as apart
        from deliveries d join batches b on b.id = d.batch_id`
    })
    expect(later!.soonest).toBeGreaterThan(10)
    expect(later!.apart).toBeGreaterThan(1)
  })

  test('a domain that knows more than a tenth of its readers no more is held, and nobody there is suppressed', async () => {
    const readers = [
      ...Array.from({ length: 40 }, (_, n) => `reader${n}@big.example`),
      ...Array.from({ length: 5 }, (_, n) => `reader${n}@small.example`),
      'gone@small.example',
    ]
    const script: Script = ({ moment, to }) =>
      moment === 'rcpt' && (to.endsWith('@big.example') || to.startsWith('gone'))
        ? `550 5.1.1 <${to}> unknown`
        : undefined
    await withRoom({ script, readers, connections: 3 }, async story => {
      const { room, digest } = story
      await send(story, {
        until: () =>
          until('the domain to be held', async () => {
            const { sent, failed, pending } = await readBalance(room, digest)
            return sent === 5 && failed === 1 && pending === 40
          }),
      })
      expect([...(await observe(story)).suppressed.keys()]).toEqual(['gone@small.example'])
      const [late] =
        await room.raw`select count(*)::int as n from batches where due_at > now() + interval '50 minutes'`
      expect(late!.n).toBeGreaterThan(0)
    })
  })

  test('a server that says 421 to every reader is not stormed: each is tried once, and later again', async () => {
    const readers = Array.from({ length: 40 }, (_, n) => addressOf(n))
    await withRoom(
      { script: always('rcpt', '421 4.7.0 slow down'), readers, connections: 10 },
      async story => {
        const { room, server, digest } = story
        await send(story, {
          retry: retryPolicy,
          until: () =>
            until('21 to have been tried', async () => {
              const [row] = await room.raw`select count(*)::int as n from deliveries where attempts = 1`
              return row!.n >= 21
            }),
        })
        // After 20 in a row the connections pause too.
        expect(server.sessions()).toBeLessThanOrEqual(40)
        expect(await readBalance(room, digest)).toMatchObject({ state: 'sending', pending: 40, failed: 0 })
      },
    )
  })

  test.each(['connect', 'auth'] as const)(
    'a sender that must end does not wait for silence at %s',
    async moment => {
      const wish: Wish = {
        script: always(moment, 'silence'),
        readers: [ana],
        server: offeringTls,
        url: withPassword(certificate.cert),
      }
      const seen = await withRoom(wish, async story => {
        const { server } = story
        const reached = () =>
          moment === 'auth' ? server.heard.some(line => /^AUTH/.test(line)) : server.sessions() === 1
        await send(story, { until: () => until('the silence', reached) })
        return observe(story)
      })
      expect(seen.ledger.get(ana)).toMatchObject({ state: 'pending', attempts: 0 })
    },
  )
})

/** When a reader was named, in milliseconds. */
const timesOf = ({ heard, heardAt }: MisbehavingServer, address: string): number[] =>
  heardAt.filter((_, n) => heard[n] === `RCPT TO:<${address}>`)
