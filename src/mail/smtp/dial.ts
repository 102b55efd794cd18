import { connect as netConnect, type Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import type { ConnectionUrlOptions } from 'nodemailer/lib/shared'

/** An open socket, and whether it speaks TLS already. */
export type Dialled = { connection: Socket; secured: boolean }
/** Opens the socket to a mail server. Rejects where that fails, or its certificate does not verify. */
export type Dial = (options: ConnectionUrlOptions) => Promise<Dialled>

/** The server was reached, and TLS did not come about. The runtime does not say why. */
export class HandshakeError extends Error {
  override name = 'HandshakeError'
  constructor(options?: { cause: unknown }) {
    super(
      'TLS did not come about: the certificate may have expired, name another server, or be signed by nobody known',
      options,
    )
  }
}

/** For a connection to come about, in milliseconds. */
const patience = 30_000

/**
 * Opens it by the server's name, as Workers need it: Nodemailer resolves the name itself and connects to the address, and
 * workerd then checks the certificate against the address, and refuses it.
 */
export const dialByName: Dial = async ({ host = 'localhost', port, secure = false, tls }) => {
  const to = { host, port: Number(port ?? (secure ? 465 : 587)) }
  if (!secure) return { connection: await opened(netConnect(to), 'connect'), secured: false }
  try {
    const socket = tlsConnect({ ...to, servername: host, ...tls })
    return { connection: await opened(socket, 'secureConnect'), secured: true }
  } catch (cause) {
    // workerd says the same of a port that is closed and of a certificate: a connection without TLS tells them apart.
    const plain = await opened(netConnect(to), 'connect')
    plain.destroy()
    throw new HandshakeError({ cause })
  }
}

const opened = (socket: Socket, event: 'connect' | 'secureConnect') =>
  new Promise<Socket>((resolve, reject) => {
    const late = setTimeout(() => socket.destroy(new Error('connecting took too long')), patience)
    socket.once('close', () => clearTimeout(late))
    socket.once('error', reject)
    socket.once(event, () => {
      clearTimeout(late)
      socket.off('error', reject)
      resolve(socket)
    })
  })
