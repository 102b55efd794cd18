import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { writePrivately } from './layout.ts'

/** Superuser and database that Broadsheet works with; no other role may log in. */
export const role = 'broadsheet'
export const database = 'broadsheet'

/** What a process needs to reach the running database; kept in DATA_DIR, readable by its owner only. */
export type Access = { port: number; password: string }

export function readAccess(file: string): Access | undefined {
  if (!existsSync(file)) return undefined
  try {
    const { port, password } = JSON.parse(readFileSync(file, 'utf8'))
    return Number.isInteger(port) && typeof password === 'string' ? { port, password } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined // as if it were lost: a new password is set
    throw error
  }
}

export const writeAccess = (file: string, access: Access) =>
  writePrivately(file, `${JSON.stringify(access)}\n`)

/** 144 random bits, in letters that need no quoting in a URL or in SQL. */
export const newPassword = () => randomBytes(18).toString('base64url')

export const urlOf = ({ port, password }: Access) =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}`

/** The wanted port of 127.0.0.1 if nobody listens there, or else one that the system picks. */
export async function freePort(wanted = 0): Promise<number> {
  const free = await tryPort(wanted)
  return free ?? freePort()
}

const tryPort = (port: number) =>
  new Promise<number | undefined>((resolve, reject) => {
    const server = createServer()
    server.once('error', error => (port === 0 ? reject(error) : resolve(undefined)))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })

// PostgreSQL's protocol, "SSLRequest": the one question that is answered before anything else is said.
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/**
 * Does a PostgreSQL answer at that port of 127.0.0.1? A connection alone proves nothing: the kernel accepts
 * it even for a process that is being killed.
 */
export const answers = (port: number) =>
  new Promise<boolean>(resolve => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 5_000 })
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => socket.write(sslRequest))
    socket.once('data', () => settle(true))
    for (const fault of ['error', 'timeout', 'close']) socket.once(fault, () => settle(false))
  })
