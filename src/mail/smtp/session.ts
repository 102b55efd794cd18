import type { Socket } from 'node:net'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { parseReply, type SmtpReply, showReply } from '../../domain/smtp-reply.ts'
import { smtpOptions } from '../smtp-options.ts'

/** What the server offers (RFC 5321 4.1.1.1), as far as sending cares. */
export type Extensions = { pipelining: boolean; eightBitMime: boolean; smtpUtf8: boolean; size?: number }

/** A connection that Nodemailer opened, secured and signed in to; from here on its socket is ours. */
export type Session = { socket: Socket; extensions: Extensions }

/** Why no session came about. With a reply it was the server's word, else the network's or the certificate's. */
export class SessionError extends Error {
  override name = 'SessionError'
  constructor(
    readonly stage: 'connect' | 'tls' | 'auth',
    readonly reply: SmtpReply | undefined,
    options: { cause: Error },
  ) {
    super(reply ? showReply(reply) : options.cause.message, options)
  }
}

const minute = 60_000

/**
 * Opens a session by Nodemailer, which speaks TLS and AUTH: a password or a host that is not this machine demands TLS
 * with a certificate that verifies (`smtpOptions`). Throws `SessionError`. An abort ends the attempt.
 */
export async function openSession(url: string, signal?: AbortSignal): Promise<Session> {
  const options = smtpOptions(url)
  const connection = new SMTPConnection({
    ...options,
    connectionTimeout: 5 * minute,
    greetingTimeout: 5 * minute,
    socketTimeout: 5 * minute,
  })
  const abort = () => connection.close()
  signal?.addEventListener('abort', abort)
  try {
    const extensions = await greet(connection)
    const { auth } = options
    if (auth?.user || auth?.pass) await signIn(connection, auth)
    return { socket: takeSocket(connection), extensions }
  } catch (error) {
    connection.close()
    throw sessionError(error as SmtpFailure)
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

const greet = (connection: SMTPConnection) =>
  new Promise<Extensions>((resolve, reject) => {
    connection.once('error', reject)
    connection.once('end', () => reject(new Error('the connection was closed')))
    connection.connect(error =>
      // The last reply that the handshake waits for is the one to EHLO.
      error ? reject(error) : resolve(extensionsOf(connection.lastServerResponse || '')),
    )
  })

const signIn = (connection: SMTPConnection, auth: SMTPConnection.AuthenticationType) =>
  new Promise<void>((resolve, reject) => {
    connection.once('error', reject)
    connection.login(auth, error => (error ? reject(error) : resolve()))
  })

function extensionsOf(ehlo: string): Extensions {
  const lines = ehlo
    .toUpperCase()
    .split(/\r?\n/)
    .map(line => line.slice(4).trim())
  const size = lines.map(line => /^SIZE[ =](\d+)$/.exec(line)?.[1]).find(Boolean)
  return {
    pipelining: lines.includes('PIPELINING'),
    eightBitMime: lines.includes('8BITMIME'),
    smtpUtf8: lines.includes('SMTPUTF8'),
    ...(Number(size) > 0 && { size: Number(size) }),
  }
}

function takeSocket(connection: SMTPConnection): Socket {
  const socket = connection._socket
  if (!socket) throw new Error('the connection was closed')
  connection.removeAllListeners()
  for (const event of ['data', 'end', 'close', 'timeout', 'error']) socket.removeAllListeners(event)
  // Until its new owner listens, an error must not end the process.
  socket.on('error', () => {})
  socket.setTimeout(0)
  socket.setNoDelay(true)
  return socket
}

type SmtpFailure = Error & { code?: string; response?: string }

const stages: Record<string, SessionError['stage']> = { ETLS: 'tls', EAUTH: 'auth' }

function sessionError(error: SmtpFailure): SessionError {
  const reply = error.response ? parseReply(error.response) : undefined
  const untrusted = /certificate|CERT_|SSL|TLS/i.test(`${error.code} ${error.message}`) && !reply
  return new SessionError(stages[error.code ?? ''] ?? (untrusted ? 'tls' : 'connect'), reply, {
    cause: error,
  })
}
