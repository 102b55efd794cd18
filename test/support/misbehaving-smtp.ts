import { createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/**
 * Where a session stands when the script is asked what to do. `begun`: the first octets of a message came, and a server
 * should say nothing. `body`: the message came whole, nothing was said yet.
 */
type Moment =
  | 'connect'
  | 'ehlo'
  | 'helo'
  | 'starttls'
  | 'auth'
  | 'mail'
  | 'rcpt'
  | 'data'
  | 'begun'
  | 'body'
  | 'rset'
type Situation = {
  moment: Moment
  /** Counts the connections, from 1. */
  session: number
  from: string
  to: string
  /** How often this recipient was named before. */
  before: number
}
/** Octets as they are, which need not be a reply. */
type Octets = {
  octets: string | Uint8Array
  /** One octet a packet. */
  cut?: boolean
  /** Right after them. */
  after?: 'hang up' | 'silence'
}
type Deed =
  /** A reply. */
  | string
  | Octets
  /** The connection ends; a whole message is thrown away. */
  | 'drop'
  /** The message arrived, and the connection ends. */
  | 'keep and drop'
  /** Nothing is said any more. */
  | 'silence'
  | 'read slowly'
  | 'stop reading'
  /** The reply waits until the test gives it. */
  | 'hold'

/** A message that waits for its reply. `says` gives it, `250` by itself. */
type HeldMessage = { to: string; says(reply?: string): void }

/** What to do, or undefined for what a server should. */
export type Script = (situation: Situation) => Deed | undefined

export type MisbehavingServer = {
  url: string
  /** What it accepted: recipient and message. */
  accepted: { to: string; content: string }[]
  /** Every whole message that came, accepted or not. */
  received: { to: string; messageId: string }[]
  /** Every command it heard, in order, and when, in milliseconds. */
  heard: string[]
  heardAt: number[]
  /** Every octet that came without TLS. */
  inClear(): string
  sessions(): number
  /** Takes the messages out that wait for a reply, in the order in which they came. */
  takeHeld(): HeldMessage[]
  close(): Promise<void>
}

export type ServerOptions = {
  extensions?: readonly string[]
  /** Without it STARTTLS is refused. */
  tls?: { key: string; cert: string }
}

const usual: Record<Moment, string> = {
  connect: '220 odd ESMTP',
  ehlo: '',
  helo: '250 odd',
  starttls: '220 2.0.0 go on',
  auth: '235 2.7.0 welcome',
  mail: '250 2.1.0 OK',
  rcpt: '250 2.1.5 OK',
  data: '354 go on',
  begun: '',
  body: '250 2.0.0 taken',
  rset: '250 2.0.0 forgotten',
}
const moments: Record<string, Moment> = {
  EHLO: 'ehlo',
  HELO: 'helo',
  STAR: 'starttls',
  AUTH: 'auth',
  MAIL: 'mail',
  RCPT: 'rcpt',
  DATA: 'data',
  RSET: 'rset',
}
const endOfMessage = '\r\n.\r\n'
const common = ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'ENHANCEDSTATUSCODES']

/** A mail server that follows a script, in this process. */
export async function startMisbehavingServer(
  script: Script,
  options: ServerOptions = {},
): Promise<MisbehavingServer> {
  const notes: Notes = {
    accepted: [],
    received: [],
    heard: [],
    heardAt: [],
    inClear: [],
    held: [],
    named: new Map(),
  }
  const sockets = new Set<Socket>()
  let sessions = 0
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    new Conversation({ script, options, notes, session: ++sessions }, socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as { port: number }
  const { accepted, received, heard, heardAt, inClear } = notes
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    accepted,
    received,
    heard,
    heardAt,
    inClear: () => Buffer.concat(inClear).toString('latin1'),
    sessions: () => sessions,
    takeHeld: () => notes.held.splice(0),
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

type Notes = Pick<MisbehavingServer, 'accepted' | 'received' | 'heard' | 'heardAt'> & {
  inClear: Buffer[]
  held: HeldMessage[]
  named: Map<string, number>
}
type Part = { script: Script; options: ServerOptions; notes: Notes; session: number }

class Conversation {
  readonly #part: Part
  #socket: Socket
  #chunks: string[] = []
  #tail = ''
  #from = ''
  #to = ''
  #before = 0
  /** Whether MAIL and RCPT were answered well, so that DATA makes sense. */
  #ready = false
  #reads: 'commands' | 'a message begins' | 'a message' = 'commands'
  #secure = false
  #silent = false
  #slow = false
  /** Deeds are done one after the other: one octet a packet takes its time. */
  #deeds = Promise.resolve()

  constructor(part: Part, socket: Socket) {
    this.#part = part
    this.#socket = socket
    this.#listen()
    this.#answer('connect')
  }

  #listen() {
    this.#socket.on('error', () => {})
    this.#socket.on('data', (chunk: Buffer) => this.#hear(chunk))
  }

  #hear(chunk: Buffer) {
    if (!this.#secure) this.#part.notes.inClear.push(chunk)
    const text = chunk.toString('latin1')
    this.#chunks.push(text)
    if (this.#slow) {
      this.#socket.pause()
      setTimeout(() => this.#socket.resume(), 30)
    }
    // Only once a message has ended are its chunks put together.
    const tail = this.#tail + text
    this.#tail = tail.slice(-4)
    if (this.#reads === 'a message' && !tail.includes(endOfMessage)) return
    let rest = this.#chunks.join('')
    for (let next = this.#takeNext(rest); next !== undefined; next = this.#takeNext(rest)) rest = next
    this.#chunks = [rest]
  }

  /** Takes a command or a message, if one is there whole; answers what follows it. */
  #takeNext(text: string): string | undefined {
    if (this.#reads === 'a message begins' && text) {
      this.#reads = 'a message'
      this.#answer('begun')
    }
    const mark = this.#reads === 'commands' ? '\r\n' : endOfMessage
    const end = text.indexOf(mark)
    if (end < 0 || this.#socket.destroyed) return undefined
    const taken = Buffer.from(text.slice(0, end), 'latin1').toString('utf8')
    if (this.#reads === 'commands') this.#obey(taken)
    else {
      this.#reads = 'commands'
      this.#slow = false
      this.#takeMessage(`${taken}\r\n`)
    }
    return text.slice(end + mark.length)
  }

  #obey(line: string) {
    const { heard, heardAt, named } = this.#part.notes
    heard.push(line)
    heardAt.push(performance.now())
    const verb = line.slice(0, 4).toUpperCase()
    const path = /<(.*?)>/.exec(line)?.[1] ?? ''
    if (verb === 'MAIL') this.#from = path
    if (verb === 'RCPT') {
      this.#to = path
      this.#before = named.get(path) ?? 0
      named.set(path, this.#before + 1)
    }
    const moment = moments[verb]
    if (moment) this.#answer(moment)
    else if (verb === 'QUIT') this.#do({ octets: '221 bye\r\n', after: 'hang up' })
    else this.#do('500 5.5.2 what')
  }

  #takeMessage(content: string) {
    const { accepted, received } = this.#part.notes
    const to = this.#to
    received.push({ to, messageId: /^Message-ID: (.*)$/m.exec(content)?.[1]?.trim() ?? '' })
    const said = this.#answer('body')
    if (/^(2|keep)/.test(said)) accepted.push({ to, content })
  }

  /** Does what the script says, or what a server should; answers what is said. */
  #answer(moment: Moment): string {
    const { script, session } = this.#part
    const deed =
      script({ moment, session, from: this.#from, to: this.#to, before: this.#before }) ?? this.#usual(moment)
    if (deed === 'hold') {
      const { held } = this.#part.notes
      held.push({ to: this.#to, says: (reply = usual[moment]) => this.#do(reply) })
      return deed
    }
    const said = typeof deed === 'string' ? deed : `${deed.octets}`
    if (moment === 'mail') this.#ready = said.startsWith('2')
    if (moment === 'rcpt') this.#ready &&= said.startsWith('2')
    if (moment === 'data' && said.includes('354')) this.#reads = 'a message begins'
    this.#do(deed)
    const goesOn = typeof deed === 'string' || !deed.after
    if (moment === 'starttls' && said.startsWith('220') && goesOn) this.#later(() => this.#secureIt())
    return said
  }

  #usual(moment: Moment): Deed {
    const { extensions = common, tls } = this.#part.options
    if (moment === 'begun') return { octets: '' }
    if (moment === 'data' && !this.#ready) return '503 5.5.1 there is nobody to send it to'
    if (moment === 'starttls' && !tls) return '502 5.5.1 what is TLS'
    return moment === 'ehlo' ? manyLines(250, ['odd', ...extensions]) : usual[moment]
  }

  #do(deed: Deed) {
    switch (deed) {
      case 'silence':
        this.#later(() => {
          this.#silent = true
        })
        return
      case 'read slowly':
        this.#slow = true
        return
      case 'stop reading':
        this.#socket.pause()
        return
      case 'drop':
      case 'keep and drop':
        this.#later(() => {
          this.#socket.destroy()
        })
        return
    }
    this.#later(() => this.#say(typeof deed === 'string' ? { octets: `${deed}\r\n` } : deed))
  }

  async #say({ octets, cut, after }: Octets) {
    if (this.#silent) return
    const bytes = Buffer.from(octets as string)
    if (cut)
      for (const byte of bytes)
        await new Promise<void>(resolve =>
          this.#socket.write(Uint8Array.of(byte), () => setImmediate(resolve)),
        )
    else if (bytes.length) this.#socket.write(bytes)
    if (after === 'hang up') this.#socket.end()
    if (after === 'silence') this.#silent = true
  }

  #later(deed: () => void | Promise<void>) {
    this.#deeds = this.#deeds.then(deed)
  }

  #secureIt() {
    const { tls } = this.#part.options
    if (!tls || this.#socket.destroyed) return
    this.#socket.removeAllListeners('data')
    this.#socket = new TLSSocket(this.#socket, { isServer: true, ...tls })
    this.#secure = true
    this.#chunks = []
    this.#tail = ''
    this.#listen()
  }
}

/** A reply of many lines. */
export const manyLines = (code: number, lines: readonly string[]): string =>
  lines.map((line, index) => `${code}${index < lines.length - 1 ? '-' : ' '}${line}`).join('\r\n')
