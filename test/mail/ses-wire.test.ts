import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent, fetch as undiciFetch } from 'undici'
import { describe, expect, test } from 'vitest'
import type { SesServer } from '../../src/config/transport.ts'
import { type Handed, judge } from '../../src/domain/delivery.ts'
import type { SesOptions } from '../../src/mail/ses/client.ts'
import { sesWires } from '../../src/mail/ses/ses-wire.ts'
import { SessionError, type Wire } from '../../src/mail/wire.ts'
import { atEnd } from '../support/at-end.ts'
import { certificate, expiredCertificate, foreignCertificate } from '../support/certificate.ts'
import { freePort } from '../support/server.ts'
import { type Deed, type SesServerOptions, startSesServer } from '../support/ses-server.ts'
import { until } from '../support/until.ts'

const never = new AbortController().signal
const content = ['From: Ed <news@bulletin.example>\r\n', Buffer.from('Subject: x\r\n\r\nhello\r\n')]
const to = (address: string) => ({ from: 'bounce@bulletin.example', to: address, delivery: '7.123' })
const hand = (wire: Wire, address = 'ana@example.com') => wire.send(to(address), content)

async function localSes(options: SesServerOptions = {}) {
  const ses = await startSesServer(options)
  atEnd(ses.close)
  return ses
}

const open = (server: SesServer, options?: SesOptions) => sesWires(server, options)(never)

/** Of one message over a new wire. */
async function handedBy(server: SesServer, options?: SesOptions): Promise<Handed> {
  return hand(await open(server, options))
}

const whileTold = async (deed: Deed) => handedBy((await localSes({ script: () => deed })).server)

test('a message goes as it is, to one reader, with its delivery as a tag', async () => {
  const ses = await localSes({ configurationSets: ['newsletters'] })
  const wire = await open(ses.server)
  expect(wire).toMatchObject({ alive: true, worked: false })
  const handed = await hand(wire)
  expect(judge(handed)).toEqual({ kind: 'sent' })
  expect(wire).toMatchObject({ alive: true, worked: true })
  const [taken] = ses.taken
  expect(taken).toMatchObject({
    to: 'ana@example.com',
    feedback: 'bounce@bulletin.example',
    tags: { 'broadsheet-delivery': '7-123' },
    configurationSet: 'newsletters',
  })
  expect(taken!.source).toMatch(/^From: Ed <news@bulletin\.example>\r\nSubject: x\r\n/)
  expect(taken!.source).toMatch(/\r\n\r\nhello\r\n$/)
  expect(handed).toMatchObject({ reply: { text: taken!.messageId } })
})

test('of what was asked, which a server may repeat, nothing is kept: a token is in it', async () => {
  const said = 'The request signature we calculated does not match the signature you provided.'
  const request =
    "The Canonical String for this request should have been\n'POST\nx-amz-security-token:lent+for/a==while'"
  const handed = await whileTold(error(403, 'SignatureDoesNotMatch', `${said}\n\n${request}`))
  expect(judge(handed)).toMatchObject({ kind: 'ours', reason: 'smtp-sign-in' })
  expect(JSON.stringify(handed)).toContain(said)
  expect(JSON.stringify(handed)).not.toContain('lent+for')
})

test('keys that are lent for a while go with their token, which is signed too', async () => {
  const keys = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret+/=', sessionToken: 'lent+for/a==while' }
  const ses = await localSes({ keys, region: 'us-gov-west-1' })
  expect(judge(await handedBy(ses.server))).toEqual({ kind: 'sent' })
  const { sessionToken, ...without } = ses.server
  expect(judge(await handedBy(without))).toMatchObject({ kind: 'ours', reason: 'smtp-sign-in' })
})

test('a reader whose address needs SMTPUTF8 fails, and SES is not asked', async () => {
  const ses = await localSes()
  const wire = await open(ses.server)
  expect(judge(await hand(wire, 'jürgen@example.com'))).toMatchObject({ kind: 'failed', suppress: false })
  expect(ses.asked).toEqual([])
  expect(judge(await hand(wire))).toEqual({ kind: 'sent' })
})

const error = (status: number, type: string, message: string): Deed => ({ status, type, message })
const html = (status: number, headers?: Record<string, string>): Deed => ({
  status,
  body: '<html><h1>No</h1></html>',
  headers,
})
const json = (status: number, body: object): Deed => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})

const ours = (reason: string) => ({ kind: 'ours', reason })
const rejected = 'MessageRejectedException:http://internal.amazon.com/coral/com.amazonaws.ses/'
const unverified =
  'Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: a@b.example'

describe('what SES says becomes what SMTP would have said:', () => {
  test.each<[string, Deed, object]>([
    ['not verified', error(400, rejected, unverified), ours('smtp-refused')],
    ['from domain', error(400, 'MailFromDomainNotVerifiedException', 'no'), ours('smtp-refused')],
    ['suspended', error(400, 'AccountSuspendedException', 'for ever'), ours('smtp-refused')],
    ['paused', error(400, 'SendingPausedException', 'for now'), ours('smtp-refused')],
    [
      'paused, in other words',
      error(400, 'MessageRejected', 'Sending paused for this account. For more information …'),
      ours('smtp-refused'),
    ],
    [
      'no such set',
      error(404, 'NotFoundException', 'Configuration set <x> does not exist.'),
      ours('smtp-refused'),
    ],
    [
      'a request that is wrong',
      error(400, 'BadRequestException', "Missing required header 'From'."),
      { kind: 'failed', suppress: false },
    ],
    ['an error that nobody knows', error(400, 'NewException', 'what'), ours('smtp-refused')],
    [
      'access denied',
      error(403, 'AccessDeniedException', 'User: arn:aws:iam::1:user/x is not authorized'),
      ours('smtp-sign-in'),
    ],
    [
      'unknown key',
      error(403, 'UnrecognizedClientException', 'The security token is invalid'),
      ours('smtp-sign-in'),
    ],
    ['unknown key, older', error(403, 'InvalidClientTokenId', 'invalid'), ours('smtp-sign-in')],
    ['wrong signature', error(403, 'SignatureDoesNotMatch', 'no match'), ours('smtp-sign-in')],
    ['token expired', error(403, 'ExpiredTokenException', 'expired'), ours('smtp-sign-in')],
    [
      'clock',
      error(403, 'InvalidSignatureException', 'Signature expired: x is now earlier than y'),
      ours('smtp-sign-in'),
    ],
    ['clock, unnamed', json(403, { message: 'Signature not yet current: x' }), ours('smtp-sign-in')],
    ['clock, older', error(400, 'RequestTimeTooSkewed', 'too far'), ours('smtp-sign-in')],
    ['nobody signed', json(403, { message: 'Missing Authentication Token' }), ours('smtp-sign-in')],
    [
      'day’s quota',
      error(400, 'ThrottlingException', 'Daily message quota exceeded.'),
      ours('limit-exceeded'),
    ],
    [
      'day’s quota, as 429',
      error(429, 'TooManyRequestsException', 'Daily message quota exceeded.'),
      ours('limit-exceeded'),
    ],
    ['limit', error(400, 'LimitExceededException', 'too many'), ours('limit-exceeded')],
    [
      'too fast',
      error(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'),
      { kind: 'again', slow: true },
    ],
    [
      'too fast, older',
      error(400, 'Throttling', 'Maximum sending rate exceeded.'),
      { kind: 'again', slow: true },
    ],
    [
      'too big',
      error(400, 'BadRequestException', "Message length is more than 41943040 bytes long: '5'."),
      ours('message-too-big'),
    ],
    ['too big, by HTTP', html(413), ours('message-too-big')],
    ['address', error(400, 'BadRequestException', 'Illegal address'), { kind: 'failed', suppress: false }],
    [
      'address, local',
      error(400, 'BadRequestException', 'Local address contains control or whitespace'),
      { kind: 'failed', suppress: false },
    ],
    [
      'address, domain',
      error(400, 'InvalidParameterValue', 'Domain ends with dot'),
      { kind: 'failed', suppress: false },
    ],
    [
      'address, cut',
      error(400, 'BadRequestException', "Missing final '@domain'"),
      { kind: 'failed', suppress: false },
    ],
    [
      'address, empty',
      error(400, 'BadRequestException', 'Invalid email address .'),
      { kind: 'failed', suppress: false },
    ],
    ['mailbox', error(400, rejected, 'The mailbox does not exist.'), { kind: 'failed', suppress: true }],
    ['content', error(400, rejected, 'The message contains a virus.'), { kind: 'failed', suppress: false }],
    ['failure', error(500, 'InternalFailure', ''), { kind: 'deferred', slow: false }],
    [
      'failure, in the body',
      json(500, { __type: 'com.amazonaws.ses#InternalServiceErrorException' }),
      { kind: 'deferred' },
    ],
    ['away', error(503, 'ServiceUnavailable', ''), { kind: 'deferred', slow: false }],
    ['away, by a proxy', html(503), { kind: 'deferred', slow: false }],
    ['a proxy that denies', html(403), ours('smtp-refused')],
    // fetch itself makes a failure of the network of it (Fetch standard, HTTP-network-or-cache fetch).
    ['a proxy that wants a password', html(407), { kind: 'unknown' }],
    ['who are you', json(401, { message: 'Unauthorized' }), ours('smtp-sign-in')],
    ['a proxy that has too much', html(429), { kind: 'again', slow: true }],
    ['elsewhere', html(301, { location: 'https://elsewhere.example/' }), ours('smtp-refused')],
    ['elsewhere, as it is', html(307, { location: '/v2/email/outbound-emails' }), ours('smtp-refused')],
    ['nothing there', html(404), ours('smtp-refused')],
    ['a gateway that lost sight', html(502), { kind: 'unknown' }],
    ['a gateway that did not wait', html(504), { kind: 'unknown' }],
    ['a page', html(200), { kind: 'unknown' }],
    ['JSON of something else', json(200, { ok: true }), { kind: 'unknown' }],
    ['a list', json(200, []), { kind: 'unknown' }],
    ['another success', json(202, { MessageId: 'x' }), { kind: 'unknown' }],
    [
      'an answer without an end',
      { status: 200, body: `{"MessageId":"${'x'.repeat(70_000)}"}` },
      { kind: 'unknown' },
    ],
  ])('%s', async (_, deed, verdict) => {
    expect(judge(await whileTold(deed))).toMatchObject(verdict)
  })
})

describe('what the local SES itself finds', () => {
  test.each<[string, SesServerOptions, Partial<SesServer>, object]>([
    ['a wrong key', {}, { secretAccessKey: 'wrong' }, ours('smtp-sign-in')],
    ['a strange key', {}, { accessKeyId: 'AKIDOTHER' }, ours('smtp-sign-in')],
    ['another region', {}, { region: 'eu-west-1' }, ours('smtp-sign-in')],
    ['a clock that is behind', { ahead: 20 * 60_000 }, {}, ours('smtp-sign-in')],
    ['a clock that is ahead', { ahead: -20 * 60_000 }, {}, ours('smtp-sign-in')],
    ['a set that is not there', {}, { configurationSet: 'gone' }, ours('smtp-refused')],
    ['a domain that is not verified', { verified: ['other.example'] }, {}, ours('smtp-refused')],
    ['a message that is too big', { mostBytes: 10 }, {}, ours('message-too-big')],
  ])('%s', async (_, options, change, verdict) => {
    const ses = await localSes(options)
    expect(judge(await handedBy({ ...ses.server, ...change }))).toMatchObject(verdict)
    expect(ses.taken).toEqual([])
  })
})

const again = { kind: 'again', slow: false }

describe('without an answer,', () => {
  test('what never left is tried again', async () => {
    const { server } = await localSes()
    const refused = { ...server, endpoint: `http://127.0.0.1:${await freePort()}` }
    expect(judge(await handedBy(refused))).toMatchObject({
      ...again,
      reply: expect.stringContaining('ECONNREFUSED'),
    })
    const twice = { ...server, endpoint: `http://localhost:${await freePort()}` }
    expect(judge(await handedBy(twice))).toMatchObject({
      ...again,
      reply: expect.stringContaining('ECONNREFUSED'),
    })
    expect(judge(await handedBy({ ...server, endpoint: 'https://ses.invalid' }))).toMatchObject(again)
  })

  test.each<Deed>(['drop', 'keep and drop', 'break off', 'drop before'])(
    'after "%s" it may have arrived, and the wire has ended',
    async deed => {
      const ses = await localSes({ script: () => deed })
      const wire = await open(ses.server)
      expect(judge(await hand(wire))).toMatchObject({ kind: 'unknown' })
      expect(wire.alive).toBe(false)
      expect(judge(await hand(wire))).toMatchObject(again)
      expect(ses.asked.length).toBeLessThanOrEqual(1)
    },
  )

  test('a server that stays silent is not waited for for ever, nor one that goes on and on', async () => {
    const ses = await localSes({ script: () => 'silence' })
    const wire = await open(ses.server, { patience: 100 })
    expect(judge(await hand(wire))).toEqual({ kind: 'unknown', reply: 'the server did not answer in time' })
    const drip = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const clock = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(clock))
    })
    await new Promise<void>(resolve => drip.listen(0, '127.0.0.1', resolve))
    atEnd(() => drip.close())
    const endpoint = `http://127.0.0.1:${(drip.address() as AddressInfo).port}`
    expect(judge(await handedBy({ ...ses.server, endpoint }, { patience: 100 }))).toMatchObject({
      kind: 'unknown',
    })
  })

  test('a wire that is cut says so at once', async () => {
    const ses = await localSes({ script: () => 'silence' })
    const wire = await open(ses.server)
    const handed = hand(wire)
    await until('the request', () => ses.asked.length === 1)
    wire.abort()
    expect(judge(await handed)).toEqual({ kind: 'unknown', reply: 'the sender had to end' })
    expect(judge(await hand(wire))).toMatchObject({ ...again, reply: 'the sender had to end' })
    expect(ses.asked).toHaveLength(1)
  })

  test('Workers say little, which may be anything', async () => {
    const { server } = await localSes()
    const fetch = () => Promise.reject(new Error('Network connection lost.'))
    expect(judge(await handedBy(server, { fetch }))).toEqual({
      kind: 'unknown',
      reply: 'Network connection lost.',
    })
  })
})

describe('over TLS', () => {
  const trusting: typeof fetch = (url, init) => {
    const dispatcher = new Agent({ connect: { ca: certificate.cert } })
    return undiciFetch(url as string, { ...(init as object), dispatcher }) as unknown as Promise<Response>
  }

  test('a certificate that is trusted lets the message through', async () => {
    const ses = await localSes({ tls: certificate })
    expect(judge(await handedBy(ses.server, { fetch: trusting }))).toEqual({ kind: 'sent' })
  })

  test.each([
    ['vouches for itself', certificate],
    ['has run out', expiredCertificate],
    ['is another server’s', foreignCertificate],
  ])('one that %s lets nothing through, and the next wire says so, once', async (_, tls) => {
    const ses = await localSes({ tls })
    const openWire = sesWires(ses.server)
    expect(judge(await hand(await openWire(never)))).toMatchObject(again)
    expect(ses.asked).toEqual([])
    const failed = await openWire(never).catch(error => error)
    expect(failed).toBeInstanceOf(SessionError)
    expect(failed).toMatchObject({ stage: 'tls', reply: undefined })
    expect(judge(await hand(await openWire(never)))).toMatchObject(again)
  })

  test('so does a server that speaks no TLS', async () => {
    const ses = await localSes()
    const openWire = sesWires({ ...ses.server, endpoint: ses.url.replace('http:', 'https:') })
    expect(judge(await hand(await openWire(never)))).toMatchObject(again)
    await expect(openWire(never)).rejects.toMatchObject({ stage: 'tls' })
  })
})

describe('while SES has too much of us', () => {
  const tooMuch = error(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.')

  /** How long each new wire waits: the first, four more while SES is busy, one after it took a message, one after a new "no". */
  async function pauses(): Promise<number[]> {
    let isBusy = true
    const ses = await localSes({ script: () => (isBusy ? tooMuch : undefined) })
    const openWire = sesWires(ses.server)
    const pauseBefore = async () => {
      const from = performance.now()
      const wire = await openWire(never)
      const pause = performance.now() - from
      const handed = await hand(wire)
      expect([wire.alive, judge(handed).kind]).toEqual(isBusy ? [false, 'again'] : [true, 'sent'])
      return pause
    }
    const found = [await pauseBefore(), await pauseBefore(), await pauseBefore(), await pauseBefore()]
    isBusy = false
    found.push(await pauseBefore(), await pauseBefore())
    isBusy = true
    await pauseBefore()
    return [...found, await pauseBefore()]
  }

  test('new wires wait, longer each time, and no more once a message went through', async () => {
    // A busy machine adds to a pause: the shorter of two tells how long it was.
    const [one, other] = [await pauses(), await pauses()]
    const shorter = one.map((pause, at) => Math.min(pause, other[at]!))
    for (const [at, least] of [0, 90, 190, 390, 790, 0, 90].entries())
      expect(shorter[at]).toBeGreaterThanOrEqual(least)
    for (const [at, most] of [
      [0, 50],
      [5, 50],
      [6, 190],
    ] as const)
      expect(shorter[at]).toBeLessThan(most)
  })

  test('many that hear it together make one pause of it', async () => {
    const pauseAfterTen = async () => {
      const ses = await localSes({ script: () => tooMuch })
      const openWire = sesWires(ses.server)
      const wires = await Promise.all(Array.from({ length: 10 }, () => openWire(never)))
      await Promise.all(wires.map(wire => hand(wire)))
      const from = performance.now()
      await openWire(never)
      return performance.now() - from
    }
    expect(Math.min(await pauseAfterTen(), await pauseAfterTen())).toBeLessThan(190)
  })

  test('a sender that must end does not wait for it', async () => {
    const ses = await localSes({ script: () => tooMuch })
    const openWire = sesWires(ses.server)
    for (let n = 0; n < 3; n++) await hand(await openWire(never))
    const stopping = new AbortController()
    const opening = openWire(stopping.signal)
    stopping.abort()
    await expect(opening).rejects.toBeInstanceOf(SessionError)
  })
})
