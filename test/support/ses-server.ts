import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { SesServer } from '../../src/config/transport.ts'
import { type AwsKeys, type Refusal, verifySignature } from './sigv4.ts'

/** What became of a message that was taken: as SES sends it on, with the Date and the Message-ID of its own. */
type Taken = {
  to: string
  /** Who is told of bounces. */
  feedback: string
  source: string
  messageId: string
  tags: Record<string, string>
  configurationSet?: string
  /** Ours, which tells duplicates. */
  delivery?: string
}

/** What the server does with one request, instead of what SES would. */
export type Deed =
  | (Refusal & { status: number })
  /** An answer that is not SES's. */
  | { status: number; body: string; headers?: Record<string, string> }
  /** The connection ends: before the message was read, after it was, or after it was also taken. */
  | 'drop before'
  | 'drop'
  | 'keep and drop'
  /** It is taken or not, and no answer comes. */
  | 'silence'
  | 'keep and silence'
  /** The answer says that it will go on, and ends. */
  | 'break off'

/** `before`: how often this recipient was named before; `nth`: the requests of all, from 1. */
export type SesScript = (request: { to: string; before: number; nth: number }) => Deed | undefined

export type SesServerOptions = {
  script?: SesScript
  /** Messages a second; more are answered 429, after a burst of as many. */
  rate?: number
  port?: number
  tls?: { key: string; cert: string }
  keys?: AwsKeys
  region?: string
  /** How much the server's clock is ahead, in milliseconds. */
  ahead?: number
  /** Domains that may send; absent: all. */
  verified?: string[]
  configurationSets?: string[]
  mostBytes?: number
  /** How long an answer takes, in milliseconds. */
  takes?: number
}

export type LocalSes = {
  url: string
  /** What makes an installation send by it. */
  env: Record<string, string>
  /** The same, parsed. */
  server: SesServer
  taken: Taken[]
  /** Every whole request, in order; its status is 0 where no answer was given. */
  asked: { to: string; delivery: string; status: number }[]
  /** The most that was under way at once. */
  busiest(): number
  close(): Promise<void>
}

const someKeys: AwsKeys = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

/**
 * Answers SendEmail of SES API v2 over HTTP, or HTTPS, on this machine: signature, request and limits are checked as SES
 * checks them, and a script may do otherwise.
 */
export async function startSesServer(options: SesServerOptions = {}): Promise<LocalSes> {
  const { tls, keys = someKeys, region = 'eu-central-1', configurationSets = [] } = options
  const counter: Counter = { tokens: options.rate ?? 0, at: performance.now(), nth: 0 }
  const notes: Notes = { taken: [], asked: [], named: new Map(), underWay: 0, busiest: 0 }
  const listener: RequestListener = (request, response) => {
    serve({ ...options, keys, region, configurationSets }, counter, notes, request, response).catch(() =>
      response.destroy(),
    )
  }
  const http = tls ? createTlsServer(tls, listener) : createServer(listener)
  await new Promise<void>(resolve => http.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`
  const [configurationSet] = configurationSets
  return {
    url,
    env: {
      SMTP_URL: `ses:${region}`,
      SES_ENDPOINT: url,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      ...(keys.sessionToken && { AWS_SESSION_TOKEN: keys.sessionToken }),
      ...(configurationSet && { SES_CONFIGURATION_SET: configurationSet }),
    },
    server: { by: 'ses', region, endpoint: url, ...keys, ...(configurationSet && { configurationSet }) },
    taken: notes.taken,
    asked: notes.asked,
    busiest: () => notes.busiest,
    close() {
      http.closeAllConnections()
      return new Promise(resolve => http.close(() => resolve()))
    },
  }
}

type Settings = SesServerOptions & Required<Pick<SesServerOptions, 'keys' | 'region' | 'configurationSets'>>
type Counter = { tokens: number; at: number; nth: number }
type Notes = Pick<LocalSes, 'taken' | 'asked'> & {
  named: Map<string, number>
  underWay: number
  busiest: number
}

async function serve(
  settings: Settings,
  counter: Counter,
  notes: Notes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  notes.busiest = Math.max(notes.busiest, ++notes.underWay)
  response.on('close', () => notes.underWay--)
  const nth = ++counter.nth
  // Whom it is to stands in the message, so the script is asked again when that was read.
  if (settings.script?.({ to: '', before: 0, nth }) === 'drop before') return void request.socket.destroy()
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const ask = parse(body)
  const to = ask?.Destination?.ToAddresses?.[0] ?? ''
  const before = notes.named.get(to) ?? 0
  notes.named.set(to, before + 1)
  const noted = { to, delivery: deliveryOf(messageOf(ask)) ?? '', status: 0 }
  notes.asked.push(noted)
  if (settings.takes) await new Promise(resolve => setTimeout(resolve, settings.takes))

  const answer = (status: number, content: object, headers: Record<string, string> = {}) => {
    noted.status = status
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(content))
  }
  const refuse = ({ status, type, message }: Refusal & { status: number }) =>
    answer(status, { message }, { 'x-amzn-errortype': type })

  const deed = settings.script?.({ to, before, nth })
  if (typeof deed === 'object') {
    if ('type' in deed) return refuse(deed)
    noted.status = deed.status
    response.writeHead(deed.status, { 'content-type': 'text/html', ...deed.headers })
    return void response.end(deed.body)
  }
  const now = new Date(Date.now() + (settings.ahead ?? 0))
  const stranger = verifySignature(request, body, { ...settings, now })
  if (stranger) return refuse({ status: 403, ...stranger })
  if (request.method !== 'POST' || request.url !== '/v2/email/outbound-emails')
    return refuse({ status: 404, type: 'UnknownOperationException', message: '' })
  const fault = ask ? faultOf(ask, settings) : { status: 400, type: 'SerializationException', message: '' }
  if (fault) return refuse(fault)
  if (deed === 'drop') return void request.socket.destroy()
  if (deed === 'silence') return
  if (settings.rate && !mayGo(counter, settings.rate))
    return refuse({
      status: 429,
      type: 'TooManyRequestsException',
      message: 'Maximum sending rate exceeded.',
    })
  const messageId = `0107019${nth.toString(16).padStart(9, '0')}-5e0a-4c3f-9f67-000000000000`
  notes.taken.push(sentOn(ask!, { messageId, region: settings.region, now }))
  if (deed === 'keep and drop') return void request.socket.destroy()
  if (deed === 'keep and silence') return
  if (deed === 'break off') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
    response.write('{"MessageId":', () => request.socket.destroy())
    return
  }
  answer(200, { MessageId: messageId })
}

type SendEmail = {
  Content?: { Raw?: { Data?: string } }
  Destination?: { ToAddresses?: string[] }
  FeedbackForwardingEmailAddress?: string
  EmailTags?: { Name: string; Value: string }[]
  ConfigurationSetName?: string
}

function parse(body: Buffer): SendEmail | undefined {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

const messageOf = (ask: SendEmail | undefined) =>
  Buffer.from(ask?.Content?.Raw?.Data ?? '', 'base64').toString('latin1')

const deliveryOf = (message: string) => /^X-Broadsheet-Delivery: (.*)\r$/m.exec(message)?.[1]

const bad = (message: string) => ({ status: 400, type: 'BadRequestException', message })

/** What SES would refuse a request for, in its words where they are known. */
function faultOf(ask: SendEmail, settings: Settings): (Refusal & { status: number }) | undefined {
  const { configurationSets, region, verified, mostBytes = 40 * 1024 * 1024 } = settings
  const data = ask.Content?.Raw?.Data ?? ''
  if (!data || data.length % 4 || !/^[A-Za-z\d+/]+={0,2}$/.test(data))
    return bad('Content.Raw.Data is no base64.')
  if (data.length > mostBytes)
    return bad(`Message length is more than ${mostBytes} bytes long: '${data.length}'.`)
  const recipients = ask.Destination?.ToAddresses ?? []
  if (!recipients.length) return bad('There is no recipient.')
  for (const address of [...recipients, ask.FeedbackForwardingEmailAddress ?? '']) {
    const fault = addressFault(address)
    if (fault) return bad(fault)
  }
  for (const { Name, Value } of ask.EmailTags ?? [])
    if (![Name, Value].every(text => /^[A-Za-z\d_-]{1,256}$/.test(text)))
      return bad(
        `Invalid tag value: <${Value}>, only alphanumeric ASCII characters, '_', and '-' are allowed.`,
      )
  const set = ask.ConfigurationSetName
  if (set !== undefined && !configurationSets.includes(set))
    return { status: 404, type: 'NotFoundException', message: `Configuration set <${set}> does not exist.` }
  const source = messageOf(ask)
  if (/[^\r]\n|\r[^\n]/.test(source) || source.split('\r\n').some(line => line.length > 998))
    return bad('Lines must end in CRLF and be 998 octets at most.')
  const froms = source.slice(0, source.indexOf('\r\n\r\n')).match(/^From: .*$/gm) ?? []
  if (froms.length !== 1) return bad("Missing required header 'From'.")
  const senders = [
    /@([^>@\s]+)>?\s*$/.exec(froms[0]!)?.[1],
    ask.FeedbackForwardingEmailAddress!.split('@')[1],
  ]
  const failed = verified && senders.filter(domain => !verified.includes(domain!))
  if (failed?.length)
    return {
      status: 400,
      type: 'MessageRejected',
      message: `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${failed.join(', ')}`,
    }
  return undefined
}

/** As Jakarta Mail has it, as far as our own addresses can come to it. */
function addressFault(address: string): string | undefined {
  const at = address.lastIndexOf('@')
  if (at < 0) return "Missing final '@domain'"
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)]
  if (!local) return 'Missing local name'
  if (/[^\x21-\x7e]/.test(local)) return 'Local address contains control or whitespace'
  if (!/^[A-Za-z\d.-]+$/.test(domain)) return 'Domain contains illegal character'
  return undefined
}

function mayGo(counter: Counter, rate: number): boolean {
  const now = performance.now()
  counter.tokens = Math.min(rate, counter.tokens + ((now - counter.at) / 1000) * rate)
  counter.at = now
  if (counter.tokens < 1) return false
  counter.tokens--
  return true
}

function sentOn(
  ask: SendEmail,
  { messageId, region, now }: { messageId: string; region: string; now: Date },
): Taken {
  const raw = messageOf(ask)
  const end = raw.indexOf('\r\n\r\n')
  const headers = raw
    .slice(0, end)
    .replace(/\r\n(Date|Message-ID): [^\r]*(\r\n[ \t][^\r]*)*/gi, '')
    .concat(
      `\r\nMessage-ID: <${messageId}@${region}.amazonses.com>`,
      `\r\nDate: ${now.toUTCString().replace('GMT', '+0000')}`,
      `\r\nFeedback-ID: ::1.${region}.x:AmazonSES`,
    )
  const delivery = deliveryOf(raw)
  return {
    to: ask.Destination!.ToAddresses![0]!,
    feedback: ask.FeedbackForwardingEmailAddress!,
    source: Buffer.from(headers + raw.slice(end), 'latin1').toString('utf8'),
    messageId,
    tags: Object.fromEntries((ask.EmailTags ?? []).map(({ Name, Value }) => [Name, Value])),
    ...(ask.ConfigurationSetName && { configurationSet: ask.ConfigurationSetName }),
    ...(delivery && { delivery }),
  }
}
