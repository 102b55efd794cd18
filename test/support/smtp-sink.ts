import { createServer, type Socket } from 'node:net'

// A mail server that takes everything, fast: a process of its own, so that it shares no core with what it measures.
// It looks for the final dot in whole chunks, and notes of each message its recipient and Message-ID.
// Started by `startSink` (sink.ts), which asks it over the process's channel.

export type SinkOptions = {
  port?: number
  /** Milliseconds between the final dot and the answer. */
  takes?: number
  /** Keeps so many whole messages. */
  keep?: number
}
export type SinkRecord = { to: string; messageId: string }
export type SinkAsk = 'count' | 'records' | 'messages' | 'sessions' | 'span' | 'clear'

const options: SinkOptions = JSON.parse(process.argv[2] ?? '{}')
let records: SinkRecord[] = []
let messages: string[] = []
let sessions = 0
let first = 0
let last = 0

const endOfData = Buffer.from('\r\n.\r\n')
const idHeader = Buffer.from('\r\nMessage-ID: ')

function serve(socket: Socket) {
  sessions++
  let inData = false
  let recipient = ''
  let messageId = ''
  let tail = Buffer.alloc(0)
  let kept: Buffer[] | undefined
  let commands = ''
  socket.setNoDelay(true)
  socket.on('error', () => {})
  socket.write('220 sink ESMTP\r\n')
  socket.on('data', chunk => (inData ? takeData(chunk) : takeCommands(chunk.toString('latin1'))))

  function takeCommands(text: string) {
    commands += text
    let replies = ''
    for (let end = commands.indexOf('\n'); end >= 0; end = commands.indexOf('\n')) {
      const line = commands.slice(0, end).trim()
      commands = commands.slice(end + 1)
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'EHLO')
        replies += '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES\r\n'
      else if (verb === 'RCPT') {
        recipient = line.slice(line.indexOf('<') + 1, line.indexOf('>'))
        replies += '250 2.1.5 OK\r\n'
      } else if (verb === 'DATA') {
        inData = true
        messageId = ''
        tail = Buffer.alloc(0)
        kept = messages.length < (options.keep ?? 0) ? [] : undefined
        replies += '354 go on\r\n'
      } else if (verb === 'QUIT') {
        socket.end('221 2.0.0 bye\r\n')
        return
      } else replies += '250 2.0.0 OK\r\n'
    }
    if (replies) socket.write(replies)
  }

  function takeData(chunk: Buffer) {
    kept?.push(Buffer.from(chunk))
    const joined = tail.length ? Buffer.concat([tail, chunk]) : chunk
    if (!messageId) {
      const at = joined.indexOf(idHeader)
      if (at >= 0) {
        const from = at + idHeader.length
        messageId = joined.toString('latin1', from, joined.indexOf('\r', from))
      }
    }
    const end = joined.indexOf(endOfData)
    if (end < 0) {
      tail = Buffer.from(joined.subarray(Math.max(0, joined.length - (messageId ? 4 : 4096))))
      return
    }
    inData = false
    records.push({ to: recipient, messageId })
    last = performance.now()
    first ||= last
    if (kept) messages.push(Buffer.concat(kept).toString('latin1'))
    const rest = joined.toString('latin1', end + endOfData.length)
    const answer = () => {
      socket.write('250 2.0.0 taken\r\n')
      if (rest) takeCommands(rest)
    }
    if (options.takes) setTimeout(answer, options.takes)
    else answer()
  }
}

const server = createServer({ noDelay: true }, serve)
server.listen(options.port ?? 0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
  if (!process.send) console.log(JSON.stringify(address))
})

process.on('message', (ask: SinkAsk) => {
  if (ask === 'clear') {
    records = []
    messages = []
    first = 0
  }
  const answers = { count: records.length, records, messages, sessions, span: last - first, clear: true }
  process.send?.({ ask, answer: answers[ask] })
})
process.on('disconnect', () => process.exit())
