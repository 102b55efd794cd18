import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A database, reached over a way that takes so many milliseconds there and back. */
export async function openFarDatabase(databaseUrl: string, away: number) {
  const { hostname, port } = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from)
    from.setNoDelay(true)
    // Timers of one length fire in the order in which they were set.
    from.on('data', chunk => setTimeout(() => to.write(chunk), away / 2))
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      setTimeout(() => to.destroy(), away / 2)
    })
  }
  const server = createServer(client => {
    const database = connect(Number(port), hostname)
    pass(client, database)
    pass(database, client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
