import { createServer, type Server, type Socket } from 'node:net'

/** Where a session stands when the script is asked what to say. `body`: the message came whole, nothing was said yet. */
type Moment = 'connect' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'body'
type Situation = {
  moment: Moment
  /** Counts the connections, from 1. */
  session: number
  from: string
  to: string
  /** How often this recipient was named before. */
  before: number
}
/** A reply, `drop` the connection, `hold` the reply until the test gives it, or undefined for what a server should say. */
export type Script = (situation: Situation) => string | 'drop' | 'hold' | undefined
/** A message that waits for its reply. `says` gives it, `250` by itself. */
type HeldMessage = { to: string; says(reply?: string): void }

export type MisbehavingServer = {
  url: string
  /** What it accepted: recipient and message. */
  accepted: { to: string; content: string }[]
  /** Every whole message that came, accepted or not. */
  received: { to: string; messageId: string }[]
  /** Every command it heard, in order. */
  heard: string[]
  /** Takes the messages out that wait for a reply, in the order in which they came. */
  takeHeld(): HeldMessage[]
  close(): Promise<void>
}

type Options = { extensions?: readonly string[] }

const usual: Record<Moment, string> = {
  connect: '220 odd ESMTP',
  ehlo: '',
  mail: '250 2.1.0 OK',
  rcpt: '250 2.1.5 OK',
  data: '354 go on',
  body: '250 2.0.0 taken',
}

/** A mail server that follows a script, in this process. */
export async function startMisbehavingServer(
  script: Script,
  options: Options = {},
): Promise<MisbehavingServer> {
  const extensions = options.extensions ?? ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'ENHANCEDSTATUSCODES']
  const accepted: MisbehavingServer['accepted'] = []
  const received: MisbehavingServer['received'] = []
  const heard: string[] = []
  let held: HeldMessage[] = []
  const named = new Map<string, number>()
  const sockets = new Set<Socket>()
  let sessions = 0
  const server: Server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(socket, ++sessions)
  })

  function serve(socket: Socket, session: number) {
    let [from, to, before, rest, content] = ['', '', 0, '', '']
    let inData = false
    /** False where the connection was dropped. */
    const answer = (moment: Moment, said = script({ moment, session, from, to, before })): boolean => {
      if (said === 'hold') {
        held.push({ to, says: (reply = usual[moment]) => void answer(moment, reply) })
        return true
      }
      if (said === 'drop') {
        socket.destroy()
        return false
      }
      const lines = moment === 'ehlo' && !said ? ['odd', ...extensions] : undefined
      const text = lines
        ? lines.map((line, index) => `250${index < lines.length - 1 ? '-' : ' '}${line}`).join('\r\n')
        : (said ?? usual[moment])
      socket.write(`${text}\r\n`)
      if (moment === 'data') inData = text.startsWith('354')
      if (moment === 'body' && text.startsWith('2')) accepted.push({ to, content })
      return true
    }
    socket.on('error', () => {})
    socket.on('data', chunk => {
      rest += chunk.toString('utf8')
      for (;;) {
        if (inData) {
          const end = rest.indexOf('\r\n.\r\n')
          if (end < 0) return
          content = rest.slice(0, end + 2)
          rest = rest.slice(end + 5)
          inData = false
          received.push({ to, messageId: /^Message-ID: (.*)$/m.exec(content)?.[1]?.trim() ?? '' })
          if (!answer('body')) return
          continue
        }
        const end = rest.indexOf('\r\n')
        if (end < 0) return
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        heard.push(line)
        if (!obey(line)) return
      }
    })
    answer('connect')

    function obey(line: string): boolean {
      const path = /<(.*?)>/.exec(line)?.[1] ?? ''
      switch (line.slice(0, 4).toUpperCase()) {
        case 'EHLO':
          return answer('ehlo')
        case 'MAIL':
          from = path
          return answer('mail')
        case 'RCPT':
          to = path
          before = named.get(to) ?? 0
          named.set(to, before + 1)
          return answer('rcpt')
        case 'DATA':
          return answer('data')
        case 'QUIT':
          socket.end('221 bye\r\n')
          return false
        case 'STAR':
          socket.write('502 5.5.1 what is TLS\r\n')
          return true
        default:
          socket.write('250 OK\r\n')
          return true
      }
    }
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as { port: number }
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    accepted,
    received,
    heard,
    takeHeld() {
      const taken = held
      held = []
      return taken
    },
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}
