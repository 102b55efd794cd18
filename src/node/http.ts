import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { ConfigError } from '../config.ts'

type Fetch = (request: Request, env: object) => Response | Promise<Response>

/** A listening server: until `use` gives it the app it answers 503, so that the port is ours before the database starts. */
export type HttpServer = {
  port: number
  use(fetch: Fetch): void
  /** Takes no new connections, lets running requests end for up to `grace` ms, then cuts what is left. */
  close(grace: number): Promise<void>
}

const starting: Fetch = () =>
  new Response('Broadsheet is starting; try again in a second.\n', {
    status: 503,
    headers: { 'retry-after': '1' },
  })

/** Listens on host and port; port 0 takes a free one. Throws `ConfigError` where the port can't be had. */
export async function listen(host: string, port: number): Promise<HttpServer> {
  let current = starting
  const listener = getRequestListener((request, env) => current(request, env))
  const server = createServer(listener)
  // An import of 16 MB over a line of 1 Mbit/s takes 128 s.
  server.requestTimeout = 150_000
  server.headersTimeout = 15_000
  await bind(server, host, port)
  return {
    port: (server.address() as AddressInfo).port,
    use(fetch) {
      current = fetch
    },
    close: grace =>
      new Promise(resolve => {
        const cut = setTimeout(() => server.closeAllConnections(), grace)
        // A connection whose answer ends from now on would be kept for another.
        const idle = setInterval(() => server.closeIdleConnections(), 50)
        server.close(() => {
          clearTimeout(cut)
          clearInterval(idle)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

const bind = (server: Server, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ConfigError([bindFault(error, host, port)])),
    )
    server.listen(port, host, resolve)
  })

function bindFault({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `PORT: ${port} is taken by another program; start with PORT=${port + 1} for another`
  if (code === 'EACCES') return `PORT: ${port} may not be used by this user; take one above 1023`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST: this machine has no address ${host}`
  return `HOST, PORT: listening on ${host}:${port} failed (${message})`
}
