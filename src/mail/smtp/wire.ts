import type { Socket } from 'node:net'
import type { Handed, Stage } from '../../domain/delivery.ts'
import { ReplyReader, type SmtpReply } from '../../domain/smtp-reply.ts'
import type { Extensions, Session } from './session.ts'

/** Reverse path and forward path (RFC 5321 4.1.1.2), as they stand between the angle brackets. */
export type Envelope = { from: string; to: string }
/**
 * A message as DATA wants it, in parts: CRLF, no line that starts with a dot, ended by CRLF; without the final dot.
 * Strings are ASCII.
 */
export type Content = readonly (Uint8Array | string)[]

const minute = 60_000
const nothing = Buffer.alloc(0)
/** RFC 5321 4.5.3.2. */
const patience: Record<Stage, number> = {
  mail: 5 * minute,
  rcpt: 5 * minute,
  data: 2 * minute,
  body: 3 * minute,
  dot: 10 * minute,
}

/**
 * One open SMTP session on which messages are sent one after the other. It knows at each moment how far a message got,
 * which decides what a broken connection means.
 */
export class Wire {
  readonly #socket: Socket
  readonly #extensions: Extensions
  readonly #reader = new ReplyReader()
  #expected: { stage: Stage | 'rset'; take: (reply: SmtpReply) => void }[] = []
  #stage: Stage = 'mail'
  #drop: ((why: string) => void) | undefined
  #deadline = Number.POSITIVE_INFINITY
  #ended: string | undefined
  #dirty = false
  #worked = false
  #memory: Buffer = nothing
  #messages = 0
  #encoding: 'latin1' | 'utf8' = 'latin1'
  readonly #clock: NodeJS.Timeout

  constructor({ socket, extensions }: Session) {
    this.#socket = socket
    this.#extensions = extensions
    socket.on('data', chunk => this.#hear(chunk))
    socket.on('error', error => this.#end(error.message))
    socket.on('close', () => this.#end('the server closed the connection'))
    socket.on('end', () => this.#end('the server closed the connection'))
    this.#clock = setInterval(() => this.#watch(), 1000)
    this.#clock.unref?.()
    if (socket.destroyed) this.#end('the server closed the connection')
  }

  /** False once nothing can be sent on it any more. */
  get alive(): boolean {
    return this.#ended === undefined
  }

  /** True once a message went through. */
  get worked(): boolean {
    return this.#worked
  }

  /** Sends one message and says what came of it. Never throws. One at a time. */
  async send({ from, to }: Envelope, content: Content): Promise<Handed> {
    const { size: limit, smtpUtf8, eightBitMime, pipelining } = this.#extensions
    const size = sizeOf(content)
    const utf8 = beyondAscii(to) || beyondAscii(from)
    if (utf8 && !smtpUtf8)
      return { kind: 'unfit', why: 'the server does not take addresses with letters beyond ASCII (SMTPUTF8)' }
    if (limit !== undefined && size > limit) return { kind: 'too-big', limit }
    this.#encoding = utf8 ? 'utf8' : 'latin1'
    const mail = [
      `MAIL FROM:<${from}>`,
      limit !== undefined ? ` SIZE=${size}` : '',
      utf8 && eightBitMime ? ' BODY=8BITMIME' : '',
      utf8 ? ' SMTPUTF8' : '',
    ].join('')
    if (this.#ended !== undefined) return { kind: 'dropped', stage: 'mail', why: this.#ended }
    return new Promise<Handed>(resolve => {
      this.#drop = why => {
        this.#drop = undefined
        resolve({ kind: 'dropped', stage: this.#stage, why })
      }
      const done = (stage: Stage, reply: SmtpReply) => {
        this.#drop = undefined
        // Answered before all of it has left: the memory is still being read.
        if (this.#stage === 'body') this.#memory = nothing
        this.#stage = 'mail'
        this.#deadline = Number.POSITIVE_INFINITY
        if (stage === 'dot' && isGood(reply)) this.#worked = true
        if (reply.code === 421) this.#end('the server closed the connection')
        resolve({ kind: 'reply', stage, reply })
      }
      const rset = this.#dirty
      this.#dirty = false
      if (pipelining) this.#sendTogether(mail, `RCPT TO:<${to}>`, rset, content, done)
      else this.#sendInTurn(mail, `RCPT TO:<${to}>`, rset, content, done)
    })
  }

  /** MAIL, RCPT and DATA in one write (RFC 2920); the body follows when all three were answered. */
  #sendTogether(mail: string, rcpt: string, rset: boolean, content: Content, done: Done): void {
    let refused: { stage: Stage; reply: SmtpReply } | undefined
    this.#await('mail')
    if (rset) this.#expected.push({ stage: 'rset', take: () => {} })
    this.#expected.push(
      {
        stage: 'mail',
        take: reply => {
          if (!isGood(reply)) refused = { stage: 'mail', reply }
          this.#await('rcpt')
        },
      },
      {
        stage: 'rcpt',
        take: reply => {
          if (!isGood(reply)) refused ??= { stage: 'rcpt', reply }
          this.#await('data')
        },
      },
      {
        stage: 'data',
        take: reply => {
          if (reply.code !== 354) {
            this.#dirty = true
            done(refused?.stage ?? 'data', refused?.reply ?? reply)
          } else if (refused) this.#abandon(refused, done)
          else this.#sendBody(content, done)
        },
      },
    )
    this.#socket.write(`${rset ? 'RSET\r\n' : ''}${mail}\r\n${rcpt}\r\nDATA\r\n`, this.#encoding)
  }

  /** The server takes a message that has nobody to go to: it must not get ours, so the connection ends. */
  #abandon({ stage, reply }: { stage: Stage; reply: SmtpReply }, done: Done): void {
    done(stage, reply)
    this.close()
  }

  #sendInTurn(mail: string, rcpt: string, rset: boolean, content: Content, done: Done): void {
    const say = (stage: Stage, command: string, next: (reply: SmtpReply) => void) => {
      this.#await(stage)
      this.#expected.push({
        stage,
        take: reply => {
          if (stage === 'data' ? reply.code === 354 : isGood(reply)) return next(reply)
          this.#dirty = true
          done(stage, reply)
        },
      })
      this.#socket.write(`${command}\r\n`, this.#encoding)
    }
    const start = () =>
      say('mail', mail, () =>
        say('rcpt', rcpt, () => say('data', 'DATA', () => this.#sendBody(content, done))),
      )
    if (rset) say('mail', 'RSET', start)
    else start()
  }

  #sendBody(content: Content, done: Done): void {
    this.#await('body')
    this.#expected.push({ stage: 'dot', take: reply => done('dot', reply) })
    const message = ++this.#messages
    this.#socket.write(this.#pack(content), error => {
      // Once the dot has left, a broken connection may mean that the message arrived.
      if (!error && this.#stage === 'body' && this.#messages === message) this.#await('dot')
    })
  }

  /** All parts and the final dot in one piece of memory, used again for each message: one write, and no garbage. */
  #pack(content: Content): Buffer {
    const size = sizeOf(content)
    if (this.#memory.length < size)
      this.#memory = Buffer.allocUnsafeSlow(Math.ceil(size / 4096) * 4096 + 4096)
    let at = 0
    for (const part of content) {
      if (typeof part === 'string') this.#memory.write(part, at, 'latin1')
      else this.#memory.set(part, at)
      at += part.length
    }
    this.#memory.write('.\r\n', at, 'latin1')
    return this.#memory.subarray(0, size)
  }

  #await(stage: Stage): void {
    this.#stage = stage
    this.#deadline = Date.now() + patience[stage]
  }

  #hear(chunk: Buffer): void {
    let replies: SmtpReply[]
    try {
      replies = this.#reader.read(chunk.toString('latin1'))
    } catch (error) {
      this.#end((error as Error).message)
      return
    }
    for (const reply of replies) {
      const expected = this.#expected.shift()
      if (expected) expected.take(reply)
      else this.#end(`the server said ${reply.code} unasked`)
    }
  }

  #watch(): void {
    if (Date.now() < this.#deadline) return
    this.#end('the server did not answer in time')
  }

  #end(why: string): void {
    if (this.#ended === undefined) {
      this.#ended = why
      clearInterval(this.#clock)
      // Between messages what was written, such as QUIT, may still leave.
      if (this.#drop) this.#socket.destroy()
      else this.#socket.destroySoon()
    }
    this.#drop?.(why)
  }

  /** Ends at once, whatever it is at: a message under way is dropped where it stands. */
  abort(): void {
    this.#end('the sender had to end')
  }

  /** Says QUIT and hangs up. Only between messages. */
  close(): void {
    if (this.#ended !== undefined) return
    this.#socket.write('QUIT\r\n')
    this.#end('closed')
  }
}

type Done = (stage: Stage, reply: SmtpReply) => void

const isGood = ({ code }: SmtpReply) => code >= 200 && code < 300
const beyondAscii = (text: string) => /[^\x20-\x7e]/.test(text)
const sizeOf = (content: Content): number => content.reduce((sum, part) => sum + part.length, 3)
