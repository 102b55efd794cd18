import type { Socket } from 'node:net'
import type { Handed, Stage } from '../../domain/delivery.ts'
import { ReplyReader, type SmtpReply } from '../../domain/smtp-reply.ts'
import type { Content, Envelope, OpenWire, Wire } from '../wire.ts'
import { giveBack, pack, sizeOf } from './packed.ts'
import { type Extensions, openSession, type Session, type SessionOptions } from './session.ts'
import { type SmtpTimeouts, smtpTimeouts } from './timeouts.ts'

/** A message is written in blocks, each with its own time to be accepted; most messages are one. */
const block = 65_536

/** Opens wires to the SMTP server of a URL. */
export const smtpWires =
  (url: string, options: Omit<SessionOptions, 'signal'> = {}): OpenWire =>
  async signal =>
    new SmtpWire(await openSession(url, { ...options, signal }), options.timeouts)

/**
 * One open SMTP session on which messages are sent one after the other. It knows at each moment how far a message got,
 * which decides what a broken connection means.
 */
class SmtpWire implements Wire {
  readonly #socket: Socket
  readonly #extensions: Extensions
  readonly #reader = new ReplyReader()
  readonly #timeouts: SmtpTimeouts
  #expected: ((reply: SmtpReply) => void)[] = []
  #stage: Stage = 'mail'
  /** What the server said against the message under way, of which more replies are to come. */
  #refused: Refusal | undefined
  #drop: ((why: string) => void) | undefined
  #deadline = Number.POSITIVE_INFINITY
  #ended: string | undefined
  #dirty = false
  #worked = false
  #encoding: 'latin1' | 'utf8' = 'latin1'
  readonly #clock: NodeJS.Timeout

  constructor({ socket, extensions }: Session, timeouts = smtpTimeouts) {
    this.#timeouts = timeouts
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

  get alive(): boolean {
    return this.#ended === undefined
  }

  get worked(): boolean {
    return this.#worked
  }

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
        // A server that refuses and hangs up has said what there is to say.
        resolve(
          this.#refused ? { kind: 'reply', ...this.#refused } : { kind: 'dropped', stage: this.#stage, why },
        )
      }
      this.#refused = undefined
      const done = (stage: Stage, reply: SmtpReply) => {
        this.#drop = undefined
        this.#stage = 'mail'
        this.#deadline = Number.POSITIVE_INFINITY
        if (stage === 'dot' && isGood(reply)) this.#worked = true
        if (reply.code === 421) this.#end('the server closed the connection')
        resolve({ kind: 'reply', stage, reply })
      }
      const rset = this.#dirty
      this.#dirty = false
      if (pipelining) this.#sendTogether(mail, `RCPT TO:<${to}>`, rset, content, done)
      else this.#sendInTurn(mail, `RCPT TO:<${to}>`, content, done)
    })
  }

  /** MAIL, RCPT and DATA in one write (RFC 2920); the body follows when all three were answered. */
  #sendTogether(mail: string, rcpt: string, rset: boolean, content: Content, done: Done): void {
    const refuse = (stage: Stage, reply: SmtpReply) => {
      // After a 421 no other reply comes (RFC 5321 4.2.1).
      if (reply.code === 421) done(stage, reply)
      else this.#refused ??= { stage, reply }
    }
    this.#await('mail')
    if (rset) this.#expected.push(reply => this.#afterReset(reply, done))
    this.#expected.push(
      reply => {
        this.#await('rcpt')
        if (!isGood(reply)) refuse('mail', reply)
      },
      reply => {
        this.#await('data')
        if (!isGood(reply)) refuse('rcpt', reply)
      },
      reply => {
        if (reply.code === 354 && !this.#refused) return this.#sendBody(content, done)
        // Also a 354 for a message that has nobody to go to, which must not be ours.
        if (isOdd(reply)) return this.#end(`the server said ${reply.code} to DATA`)
        const { stage, reply: against } = this.#refused ?? { stage: 'data', reply }
        this.#dirty = true
        done(stage, against)
      },
    )
    this.#socket.write(`${rset ? 'RSET\r\n' : ''}${mail}\r\n${rcpt}\r\nDATA\r\n`, this.#encoding)
  }

  #sendInTurn(mail: string, rcpt: string, content: Content, done: Done): void {
    const ask = (stage: Stage, command: string, next: () => void) => {
      this.#await(stage)
      this.#say(command, reply => {
        if (stage === 'data' ? reply.code === 354 : isGood(reply)) return next()
        if (stage === 'data' && isOdd(reply)) return this.#end(`the server said ${reply.code} to DATA`)
        if (reply.code === 421) done(stage, reply)
        else this.#resetAfter({ stage, reply }, done)
      })
    }
    ask('mail', mail, () => ask('rcpt', rcpt, () => ask('data', 'DATA', () => this.#sendBody(content, done))))
  }

  #say(command: string, take: (reply: SmtpReply) => void): void {
    this.#expected.push(take)
    this.#socket.write(`${command}\r\n`, this.#encoding)
  }

  /** At once, since the next message must not wait for it: its reader may leave meanwhile. */
  #resetAfter(refusal: Refusal, done: Done): void {
    this.#refused = refusal
    this.#await('mail')
    this.#say('RSET', reply => {
      if (isGood(reply)) done(refusal.stage, refusal.reply)
      else this.#end(`the server said ${reply.code} to RSET`)
    })
  }

  /** A server that keeps what it refused is left: another connection knows nothing of it. */
  #afterReset(reply: SmtpReply, done: Done): void {
    if (isGood(reply)) return
    if (reply.code === 421) done('mail', reply)
    else this.#end(`the server said ${reply.code} to RSET`)
  }

  #sendBody(content: Content, done: Done): void {
    this.#expected.push(reply => this.#takeLast(reply, done))
    const size = sizeOf(content)
    const memory = pack(content, size)
    const write = (from: number) => {
      const to = Math.min(from + block, size)
      this.#await('body')
      this.#socket.write(memory.subarray(from, to), error => {
        if (error || this.#ended !== undefined) return
        if (to < size) return write(to)
        giveBack(memory)
        // Once the dot has left, a broken connection may mean that the message arrived.
        this.#await('dot')
      })
    }
    write(0)
  }

  #takeLast(reply: SmtpReply, done: Done): void {
    const early = this.#stage === 'body'
    // Nobody can have taken what has not left.
    if (isOdd(reply) && (early || !isGood(reply))) {
      this.#end(`the server said ${reply.code} ${early ? 'within' : 'after'} the message`)
      return
    }
    done('dot', reply)
    if (early) this.#hangUp('the server refused a message before it ended')
  }

  /** Ends without another octet: the server would take the rest of the message for commands. */
  #hangUp(why: string): void {
    this.#socket.destroy()
    this.#end(why)
  }

  #await(stage: Stage): void {
    this.#stage = stage
    this.#deadline = Date.now() + this.#timeouts[stage]
  }

  #hear(chunk: Buffer): void {
    for (const reply of this.#reader.read(chunk.toString('latin1'))) {
      if (this.#ended !== undefined) return
      const expected = this.#expected.shift()
      if (expected) expected(reply)
      else this.#end(`the server said ${reply.code} unasked`)
    }
    if (this.#reader.fault) this.#end(this.#reader.fault.message)
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

  abort(): void {
    this.#end('the sender had to end')
  }

  /** Says QUIT and hangs up. */
  close(): void {
    if (this.#ended !== undefined) return
    this.#socket.write('QUIT\r\n')
    this.#end('closed')
  }
}

type Refusal = { stage: Stage; reply: SmtpReply }

type Done = (stage: Stage, reply: SmtpReply) => void

const isGood = ({ code }: SmtpReply) => code >= 200 && code < 300
/** Neither a refusal nor the 354 that DATA asks for. */
const isOdd = ({ code }: SmtpReply) => code < 400
const beyondAscii = (text: string) => /[^\x20-\x7e]/.test(text)
