import type { Socket } from 'node:net'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { parseReply } from '../../domain/smtp-reply.ts'
import { smtpOptions } from '../smtp-options.ts'
import { SessionError } from '../wire.ts'
import { type Dial, HandshakeError } from './dial.ts'
import { type SmtpTimeouts, smtpTimeouts } from './timeouts.ts'

/** What the server offers (RFC 5321 4.1.1.1), as far as sending cares. */
export type Extensions = { pipelining: boolean; eightBitMime: boolean; smtpUtf8: boolean; size?: number }

/** A connection that Nodemailer opened, secured and signed in to; from here on its socket is ours. */
export type Session = { socket: Socket; extensions: Extensions }

export type SessionOptions = {
  signal?: AbortSignal
  timeouts?: SmtpTimeouts
  /** Opens the socket; absent: Nodemailer does. */
  dial?: Dial
}

/** No reply is longer. */
const longestReply = 65_536

/**
 * Opens a session by Nodemailer, which speaks TLS and AUTH: a password or a host that is not this machine demands TLS
 * with a certificate that verifies (`smtpOptions`). Throws `SessionError`. An abort ends the attempt.
 */
export async function openSession(url: string, options: SessionOptions = {}): Promise<Session> {
  try {
    return await attempt(url, options)
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error
  }
  // Once it may have been the network; what fails again is for a person to mend.
  await new Promise(resolve => setTimeout(resolve, untilSecondHandshake))
  try {
    return await attempt(url, options)
  } catch (error) {
    throw error instanceof HandshakeError ? new SessionError('tls', undefined, { cause: error }) : error
  }
}

/** In milliseconds. */
const untilSecondHandshake = 1000

async function attempt(
  url: string,
  { signal, timeouts = smtpTimeouts, dial }: SessionOptions,
): Promise<Session> {
  const options = smtpOptions(url)
  const settings = {
    ...options,
    // Nodemailer's covers all that comes before EHLO: the greeting keeps its own time however long connecting took.
    connectionTimeout: 2 * timeouts.greeting,
    greetingTimeout: timeouts.greeting,
    // For EHLO, STARTTLS and AUTH the RFC names no time: they have that of MAIL.
    socketTimeout: timeouts.mail,
    maxResponseSize: longestReply,
  }
  const dialled = await dial?.(options).catch((error: Error) => {
    throw error instanceof HandshakeError ? error : sessionError(error)
  })
  const connection = new SMTPConnection({ ...settings, ...dialled })
  const abort = () => connection.close()
  signal?.addEventListener('abort', abort)
  try {
    const ended = endOf(connection)
    if (signal?.aborted) abort()
    const extensions = await Promise.race([ended, greet(connection)])
    const { auth } = options
    if (auth?.user || auth?.pass) await Promise.race([ended, signIn(connection, auth)])
    return { socket: takeSocket(connection), extensions }
  } catch (error) {
    const { upgrading } = connection as unknown as Unread
    connection.close()
    // STARTTLS was agreed on, and a socket of the platform's says no more than that it failed.
    if (dial && upgrading) throw new HandshakeError({ cause: error })
    throw sessionError(error as SmtpFailure)
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

/** Rejects when the connection fails or is closed, at whichever step. */
function endOf(connection: SMTPConnection): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    connection.on('error', reject)
    connection.on('end', () => reject(new Error('the connection was closed')))
  })
  // It may end while nobody waits.
  ended.catch(() => {})
  return ended
}

const greet = (connection: SMTPConnection) =>
  new Promise<Extensions>((resolve, reject) => {
    connection.connect(error =>
      // The last reply that the handshake waits for is the one to EHLO.
      error ? reject(error) : resolve(extensionsOf(connection.lastServerResponse || '')),
    )
  })

const signIn = (connection: SMTPConnection, auth: SMTPConnection.AuthenticationType) =>
  new Promise<void>((resolve, reject) => {
    connection.login(auth, error => (error ? reject(error) : resolve()))
  })

function extensionsOf(ehlo: string): Extensions {
  // The first line names the server.
  const [, ...offered] = ehlo.toUpperCase().split(/\r?\n/)
  const lines = offered.map(line => line.slice(4).trim())
  const size = lines.map(line => /^SIZE[ =](\d+)$/.exec(line)?.[1]).find(Boolean)
  return {
    pipelining: lines.includes('PIPELINING'),
    eightBitMime: lines.includes('8BITMIME'),
    smtpUtf8: lines.includes('SMTPUTF8'),
    ...(Number(size) > 0 && { size: Number(size) }),
  }
}

/** What Nodemailer has read and not understood yet, and whether it is at STARTTLS. */
type Unread = { _responseQueue: string[]; _remainder: string; upgrading?: boolean }

function takeSocket(connection: SMTPConnection): Socket {
  const socket = connection._socket
  if (!socket) throw new Error('the connection was closed')
  const { _responseQueue, _remainder } = connection as unknown as Unread
  if (_responseQueue.length || _remainder) throw new Error('the server said more than it was asked')
  connection.removeAllListeners()
  for (const event of ['data', 'end', 'close', 'timeout', 'error']) socket.removeAllListeners(event)
  // Until its new owner listens, an error must not end the process.
  socket.on('error', () => {})
  socket.setTimeout(0)
  socket.setNoDelay(true)
  return socket
}

type SmtpFailure = Error & { code?: string; originalCode?: string; response?: string }

/** Of OpenSSL and Node; a handshake that only broke off or took too long is the network's. */
const tlsFault = /certificate|CERT_|ERR_SSL|ERR_TLS|\bEPROTO\b|SSL routines|initiating TLS/i

/** Where the server gave no proper reply, its word about TLS or a password counts for nothing. */
function sessionError(error: SmtpFailure): SessionError {
  const { code, originalCode, message, response } = error
  const reply = response ? parseReply(response) : undefined
  const refused = reply !== undefined || !response
  const untrusted = !response && tlsFault.test(`${originalCode ?? code} ${message}`)
  const stage =
    code === 'EAUTH' && refused ? 'auth' : untrusted || (code === 'ETLS' && reply) ? 'tls' : 'connect'
  return new SessionError(stage, reply, { cause: error })
}
