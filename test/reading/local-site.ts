import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

type Page = string | Uint8Array | ((request: IncomingMessage, response: ServerResponse) => void)

export type LocalSite = { url: string; hostPort: string; port: number }

/** A real web server on loopback for one test: each path a page, as HTML unless its function says otherwise. */
export async function localSite(pages: Record<string, Page>, host = '127.0.0.1'): Promise<LocalSite> {
  const answer: RequestListener = (request, response) => {
    const page = pages[(request.url ?? '/').replace(/\?.*/, '')]
    if (page === undefined) response.writeHead(404).end()
    else if (typeof page === 'function') page(request, response)
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
  }
  const server = createServer(answer)
  await new Promise<void>(listening => server.listen(0, host, listening))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise(closed => server.close(closed))
  })
  const { port } = server.address() as AddressInfo
  const hostPort = `${host.includes(':') ? `[${host}]` : host}:${port}`
  return { url: `http://${hostPort}`, hostPort, port }
}
