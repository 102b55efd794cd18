import { connect as netConnect, type Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import type { ConnectionUrlOptions } from 'nodemailer/lib/shared'

/** An open socket, and whether it speaks TLS already. */
export type Dialled = { connection: Socket; secured: boolean }
/** Opens the socket to a mail server. Rejects where that fails, or its certificate does not verify. */
export type Dial = (options: ConnectionUrlOptions) => Promise<Dialled>

/** For a connection to come about, in milliseconds. */
const patience = 30_000

/**
 * Opens it by the server's name. Nodemailer resolves the name itself and connects to the address: workerd then checks the
 * certificate against the address, and refuses it.
 */
export const dialByName: Dial = ({ host = 'localhost', port, secure = false, tls }) =>
  new Promise((resolve, reject) => {
    const to = { host, port: Number(port ?? (secure ? 465 : 587)) }
    const connection = secure ? tlsConnect({ ...to, servername: host, ...tls }) : netConnect(to)
    const late = setTimeout(() => connection.destroy(new Error('connecting took too long')), patience)
    connection.once('error', reject)
    connection.once('close', () => clearTimeout(late))
    connection.once(secure ? 'secureConnect' : 'connect', () => {
      clearTimeout(late)
      connection.off('error', reject)
      resolve({ connection, secured: secure })
    })
  })
