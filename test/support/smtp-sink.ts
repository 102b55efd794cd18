import { createServer, type Server, Socket, type SocketConstructorOpts } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { certificate } from './certificate.ts'
import { sharedNow } from './shared-clock.ts'

// A mail server that takes everything, fast: a process of its own, so that it shares no core with what it measures.
// It looks for the final dot at the end of what came, and notes of each message its recipient and Message-ID.
// Started by `startSink` (sink.ts), which asks it over the process's channel.

export type SinkOptions = {
  port?: number
  /** Milliseconds between the final dot and the answer. */
  takes?: number
  /** Milliseconds by which every other group of replies is held back, as if the server were far away. */
  away?: number
  /** Keeps so many whole messages. */
  keep?: number
  /** Speaks TLS from the first byte, with the certificate of the tests. */
  tls?: boolean
}
export type SinkRecord = {
  to: string
  messageId: string
  /** When its MAIL came, by `sharedNow`. */
  began: number
}
export type SinkFigures = {
  count: number
  sessions: number
  /** Octets of all messages, final dots not counted. */
  bytes: number
  /** When the first message was taken, in milliseconds since 1970. */
  firstAt: number
  /** Milliseconds from the first MAIL to the last answer after a final dot. */
  span: number
  /** Milliseconds from MAIL to the answer after the final dot. */
  p50: number
  p99: number
}
export type SinkAsk = 'count' | 'records' | 'messages' | 'sessions' | 'span' | 'figures' | 'clear'

const options: SinkOptions = JSON.parse(process.argv[2] ?? '{}')
const { takes = 0, away = 0, keep = 0 } = options
let recipients: string[] = []
let messageIds: string[] = []
let starts: number[] = []
let times: number[] = []
let messages: string[] = []
let bytes = 0
let sessions = 0
let firstMail = 0
let first = 0
let last = 0

const endOfData = Buffer.from('\r\n.\r\n')
const endOfHeaders = Buffer.from('\r\n\r\n')
/** With D or d behind it: smtp-source writes Message-Id. */
const idHeader = Buffer.from('\r\nMessage-I')
/** The most that a client may pipeline behind a final dot. */
const pipelined = 4096
const lineEnd = Buffer.from('\r\n')

/** Begins a session, and answers what takes each chunk that comes; its memory is used again at once. */
function serve(socket: Socket): (chunk: Buffer) => void {
  sessions++
  let inData = false
  let recipient = ''
  let messageId = ''
  let began = 0
  let headers: Buffer | undefined
  let tail: Buffer = lineEnd
  let kept: Buffer[] | undefined
  let commands = ''
  socket.on('error', () => {})
  reply('220 sink ESMTP\r\n')
  return (chunk: Buffer) => (inData ? takeData(chunk) : takeCommands(chunk.toString('latin1')))

  function reply(text: string, after = away) {
    if (after) setTimeout(() => socket.write(text, 'latin1'), after)
    else socket.write(text, 'latin1')
  }

  function takeCommands(text: string) {
    commands += text
    let replies = ''
    let from = 0
    for (let end = commands.indexOf('\n'); end >= 0; end = commands.indexOf('\n', from)) {
      const line = commands.slice(from, end).trim()
      from = end + 1
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'MAIL') {
        began = performance.now()
        firstMail ||= began
      }
      if (verb === 'EHLO')
        replies += '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES\r\n'
      else if (verb === 'RCPT') {
        recipient = line.slice(line.indexOf('<') + 1, line.indexOf('>'))
        replies += '250 2.1.5 OK\r\n'
      } else if (verb === 'DATA') {
        inData = true
        messageId = ''
        headers = lineEnd
        tail = lineEnd
        kept = messages.length < keep ? [] : undefined
        replies += '354 go on\r\n'
      } else if (verb === 'QUIT') {
        socket.end(`${replies}221 2.0.0 bye\r\n`)
        return
      } else replies += '250 2.0.0 OK\r\n'
    }
    commands = commands.slice(from)
    if (replies) reply(replies)
  }

  function takeData(chunk: Buffer) {
    if (headers) readHeaders(chunk)
    const end = endOfMessage(tail, chunk)
    kept?.push(Buffer.from(end < 0 ? chunk : chunk.subarray(0, end)))
    if (end < 0) {
      bytes += chunk.length
      tail = Buffer.from(chunk.length < 4 ? Buffer.concat([tail, chunk]).subarray(-4) : chunk.subarray(-4))
      return
    }
    bytes += end - 3
    inData = false
    first ||= performance.now()
    recipients.push(recipient)
    messageIds.push(messageId)
    starts.push(began)
    if (kept) messages.push(Buffer.concat(kept).toString('latin1'))
    const rest = end < chunk.length ? chunk.toString('latin1', end) : ''
    if (takes) setTimeout(answer, takes, rest)
    else answer(rest)
  }

  function answer(rest: string) {
    last = performance.now()
    times.push(last - began)
    reply('250 2.0.0 taken\r\n', 0)
    if (rest) takeCommands(rest)
  }

  function readHeaders(chunk: Buffer) {
    // The first chunk holds all of them as a rule, and the message's own line before them.
    const seen = headers === lineEnd ? chunk : Buffer.concat([headers!, chunk])
    const at = seen.indexOf(idHeader)
    const colon = at < 0 ? -1 : seen.indexOf(':', at)
    const from = colon + 1
    const to = colon < 0 ? -1 : seen.indexOf('\r', from)
    if (to > 0) messageId = seen.toString('latin1', from, to).trim()
    headers = to > 0 || seen.includes(endOfHeaders) ? undefined : Buffer.from(seen)
  }
}

/** Where a message ends in a chunk: behind its final dot. -1 where it goes on. */
function endOfMessage(tail: Buffer, chunk: Buffer): number {
  const { length } = chunk
  if (
    length > 4 &&
    chunk[length - 3] === 0x2e &&
    chunk[length - 5] === 0x0d &&
    chunk[length - 4] === 0x0a &&
    chunk[length - 2] === 0x0d &&
    chunk[length - 1] === 0x0a
  )
    return length
  const edge = Buffer.concat([tail, chunk.subarray(0, 4)]).indexOf(endOfData)
  if (edge >= 0) return edge + endOfData.length - tail.length
  const from = Math.max(0, length - pipelined)
  const at = chunk.indexOf(endOfData, from)
  return at < 0 ? -1 : at + endOfData.length
}

function figures(): SinkFigures {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  return {
    count: recipients.length,
    sessions,
    bytes,
    firstAt: Date.now() - (performance.now() - first),
    span: last - firstMail,
    p50: at(0.5),
    p99: at(0.99),
  }
}

const recordOf = (to: string, index: number): SinkRecord => ({
  to,
  messageId: messageIds[index]!,
  began: sharedNow() - (performance.now() - starts[index]!),
})

function clear() {
  recipients = []
  messageIds = []
  starts = []
  times = []
  messages = []
  bytes = 0
  firstMail = 0
  first = 0
  last = 0
  return true
}

const answers: Record<SinkAsk, () => unknown> = {
  count: () => recipients.length,
  records: () => recipients.map(recordOf),
  messages: () => messages,
  sessions: () => sessions,
  span: () => last - first,
  figures,
  clear,
}

type Handle = { handle: unknown }
const memory = Buffer.allocUnsafeSlow(256 * 1024)

/**
 * Reads every connection into the same memory: with a buffer for each chunk, as a server's sockets have it, it takes
 * 16,600 messages of 50 KB a second, so 19,200. Node offers that to clients alone, hence the way by the handle.
 */
function adopt(accepted: Socket) {
  const { _handle: handle } = accepted as unknown as { _handle: unknown }
  Object.assign(accepted, { _handle: null })
  let take: (chunk: Buffer) => void = () => {}
  const onread = {
    buffer: memory,
    callback(length: number) {
      take(memory.subarray(0, length))
      return true
    },
  }
  const socket = new Socket({ handle, onread } as SocketConstructorOpts & Handle)
  take = serve(socket)
  socket.resume()
}

const server: Server = options.tls
  ? createTlsServer({ ...certificate, noDelay: true }, socket => socket.on('data', serve(socket)))
  : createServer({ noDelay: true, pauseOnConnect: true }, adopt)
server.listen({ port: options.port ?? 0, host: '127.0.0.1', backlog: 1024 }, () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
  if (!process.send) console.log(JSON.stringify(address))
})

process.on('message', (ask: SinkAsk) => process.send?.({ ask, answer: answers[ask]() }))
process.on('disconnect', () => process.exit())
