import { connect, type Socket } from 'node:net'

type Target = { host: string[]; port: number[]; path?: string | false }

let turns = 0

/**
 * A socket for postgres.js, of several hosts one after the other. Where something in front of the database takes the
 * connection and drops it without a word, as proxies do while their server is away, it fails: postgres.js itself would
 * connect again at once and for ever (600 times a second were seen), and its queries would never be answered.
 */
export function databaseSocket({ host, port, path }: Target): Socket {
  const turn = turns++ % port.length
  const socket = path ? connect(path) : connect(port[turn]!, host[turn]!)
  socket.once('end', () => {
    if (socket.bytesRead === 0)
      socket.destroy(
        Object.assign(new Error('the connection was closed at once'), { code: 'CONNECTION_CLOSED' }),
      )
  })
  // For TLS postgres.js looks here for the name that the certificate must have.
  return Object.assign(socket, { host: host[turn], port: port[turn] })
}
