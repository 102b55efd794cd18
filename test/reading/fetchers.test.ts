import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { createGzip, gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Fetcher } from '../../src/reading/fetcher.ts'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { webFetcher } from '../../src/reading/web-fetcher.ts'
import { localSite } from './local-site.ts'

const publicUrl = 'https://news.example.com'
const runtimes = [
  ['Node', nodeFetcher],
  ['the platform', webFetcher],
] as const

const get = (fetcher: Fetcher, url: string, { maxBytes = 5_000_000, ms = 5000 } = {}) =>
  fetcher(new URL(url), { signal: AbortSignal.timeout(ms), headers: { accept: 'text/html' }, maxBytes })

const blocked = { kind: 'blocked-address', reason: 'private' }

describe.each(runtimes)('the fetcher of %s', (_name, fetcherOf) => {
  const strict = fetcherOf({ allow: [], publicUrl })

  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fd12::1]/',
    'http://[fec0::1]/',
    'http://[::]/',
    'http://0.0.0.0/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'https://127.0.0.1/',
    'http://localhost/',
    'http://LOCALHOST/',
    'https://localhost/',
  ])('does not go to %s', async url => {
    expect(await get(strict, url)).toMatchObject(blocked)
  })

  test('does not go to other ports, other schemes, nor with a password', async () => {
    expect(await get(strict, 'http://example.com:25/')).toMatchObject({ reason: 'port' })
    expect(await get(strict, 'http://ana:secret@example.com/')).toMatchObject({ reason: 'credentials' })
    expect(await get(strict, 'ftp://example.com/')).toEqual({ kind: 'scheme', scheme: 'ftp' })
    expect(await get(strict, 'file:///etc/passwd')).toEqual({ kind: 'scheme', scheme: 'file' })
    expect(await get(strict, 'data:text/html,hello')).toEqual({ kind: 'scheme', scheme: 'data' })
  })

  test('goes to a host and port that the list lets through, and to that alone', async () => {
    const site = await localSite({ '/': 'hello' })
    const fetcher = fetcherOf({ allow: [site.hostPort], publicUrl })
    expect(await get(fetcher, site.url)).toMatchObject({ kind: 'answer', status: 200 })
    expect(await get(fetcher, `http://2130706433:${site.port}/`)).toMatchObject({ kind: 'answer' })
    expect(await get(fetcher, `http://localhost:${site.port}/`)).toMatchObject({ reason: 'port' })
    expect(await get(fetcher, `http://127.0.0.2:${site.port}/`)).toMatchObject({ reason: 'port' })
    expect(await get(fetcher, 'http://127.0.0.1/')).toMatchObject(blocked)

    const byName = fetcherOf({ allow: [`localhost:${site.port}`], publicUrl })
    expect(await get(byName, `http://localhost:${site.port}/`)).toMatchObject({ kind: 'answer' })
    expect(await get(byName, site.url)).toMatchObject({ reason: 'port' })
  })

  test('goes to an IPv6 address on the list', async () => {
    const site = await localSite({ '/': 'hello' }, '::1')
    const fetcher = fetcherOf({ allow: [site.hostPort], publicUrl })
    expect(await get(fetcher, site.url)).toMatchObject({ kind: 'answer', status: 200 })
  })

  test.each([
    ['http://169.254.169.254/latest/meta-data/', blocked],
    ['http://[::ffff:7f00:1]/', blocked],
    ['//localhost/', blocked],
    ['http://example.com:8080/', { kind: 'blocked-address', reason: 'port' }],
    ['http://ana:secret@example.com/', { kind: 'blocked-address', reason: 'credentials' }],
    ['file:///etc/passwd', { kind: 'scheme', scheme: 'file' }],
    ['javascript:alert(1)', { kind: 'scheme', scheme: 'javascript' }],
    ['http://[nonsense', { kind: 'unreachable', reason: 'bad-redirect' }],
  ])('checks a redirect to %s like the first address', async (location, refusal) => {
    const site = await localSite({
      '/': (_request, response) => response.writeHead(302, { location: '/second' }).end(),
      '/second': (_request, response) => response.writeHead(307, { location }).end(),
    })
    expect(await get(fetcherOf({ allow: [site.hostPort], publicUrl }), site.url)).toMatchObject(refusal)
  })

  test('follows five redirects and no sixth, and says where it ended', async () => {
    const hop = (location: string) => (_request: IncomingMessage, response: ServerResponse) =>
      response.writeHead(301, { location }).end()
    const site = await localSite({
      '/6': hop('/5'),
      '/5': hop('/4'),
      '/4': hop('/3'),
      '/3': hop('/2'),
      '/2': hop('/1'),
      '/1': hop('/0'),
      '/0': 'arrived',
    })
    const fetcher = fetcherOf({ allow: [site.hostPort], publicUrl })
    const answer = await get(fetcher, `${site.url}/5`)
    expect(answer.kind === 'answer' && answer.url.pathname).toBe('/0')
    expect(await get(fetcher, `${site.url}/6`)).toMatchObject({ reason: 'too-many-redirects' })
  })

  test('says who it is, on each hop', async () => {
    const seen: (string | undefined)[] = []
    const site = await localSite({
      '/': (request, response) => {
        seen.push(request.headers['user-agent'])
        response.writeHead(302, { location: '/there' }).end()
      },
      '/there': (request, response) => {
        seen.push(request.headers['user-agent'], request.headers.accept)
        response.end()
      },
    })
    await get(fetcherOf({ allow: [site.hostPort], publicUrl }), site.url)
    const name = 'Broadsheet/0.1 (+https://news.example.com)'
    expect(seen).toEqual([name, name, 'text/html'])
  })

  test('hands on a refusing status without its body', async () => {
    const site = await localSite({
      '/': (_request, response) => response.writeHead(403).end('x'.repeat(6_000_000)),
    })
    const answer = await get(fetcherOf({ allow: [site.hostPort], publicUrl }), site.url)
    expect(answer).toMatchObject({ kind: 'answer', status: 403, body: new Uint8Array() })
  })

  test('gives up on servers that say nothing, drip headers, or drip a body for ever, and hangs up', async () => {
    const hungUp: Promise<unknown>[] = []
    const opening = ['', 'HTTP/1.1 200 OK\r\nX-Slow: ', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n']
    for (const start of opening) {
      const server = await rawServer(socket => {
        hungUp.push(new Promise(closed => socket.on('close', closed)))
        socket.write(start)
        const drip = setInterval(() => socket.write(start && 'x'), 10)
        socket.on('close', () => clearInterval(drip))
      })
      const fetcher = fetcherOf({ allow: [server.hostPort], publicUrl })
      expect(await get(fetcher, server.url, { ms: 250 })).toEqual({ kind: 'timeout' })
    }
    expect(hungUp).toHaveLength(3)
    await Promise.all(hungUp)
  })

  test('takes no more bytes than it may, whatever the length says', async () => {
    const large = 'x'.repeat(6_000_000)
    const site = await localSite({
      '/honest': large,
      '/silent': (_request, response) => {
        response.write(large.slice(0, 3_000_000))
        response.end(large.slice(0, 3_000_000))
      },
      '/just': 'x'.repeat(5_000_000),
    })
    const fetcher = fetcherOf({ allow: [site.hostPort], publicUrl })
    const tooLarge = { kind: 'too-large', maxBytes: 5_000_000 }
    expect(await get(fetcher, `${site.url}/honest`)).toEqual(tooLarge)
    expect(await get(fetcher, `${site.url}/silent`)).toEqual(tooLarge)
    expect(await get(fetcher, `${site.url}/just`)).toMatchObject({ kind: 'answer' })
  })

  test('counts bytes after decompression, and stops in the midst of a bomb without an end', async () => {
    const site = await localSite({
      '/bomb': (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/html' })
        const gzip = createGzip()
        gzip.pipe(response)
        const zeros = Buffer.alloc(1_000_000)
        const feed = () => {
          while (!response.destroyed && gzip.write(zeros));
          if (!response.destroyed) gzip.once('drain', feed)
        }
        feed()
      },
      '/fine': (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'))
      },
      '/twice': (_request, response) => {
        const body = gzipSync(gzipSync(Buffer.alloc(6_000_000)))
        response.writeHead(200, { 'content-encoding': 'gzip, gzip', 'content-length': body.length }).end(body)
      },
    })
    const fetcher = fetcherOf({ allow: [site.hostPort], publicUrl })
    expect(await get(fetcher, `${site.url}/bomb`)).toMatchObject({ kind: 'too-large' })
    expect(await get(fetcher, `${site.url}/twice`)).toMatchObject({ kind: 'too-large' })
    const fine = await get(fetcher, `${site.url}/fine`)
    expect(fine.kind === 'answer' && new TextDecoder().decode(fine.body)).toBe('hello')
  })

  test('a length that promises too much is a broken page, one that promises too little cuts it', async () => {
    const respond = (length: number) => (socket: Socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\nhello, reader`)
    const more = await rawServer(respond(400))
    const less = await rawServer(respond(5))
    const fetcher = fetcherOf({ allow: [more.hostPort, less.hostPort], publicUrl })
    expect(await get(fetcher, more.url)).toMatchObject({ kind: 'unreachable' })
    const cut = await get(fetcher, less.url)
    expect(cut.kind === 'answer' ? new TextDecoder().decode(cut.body) : cut.kind).toMatch(
      /^(hello|unreachable)$/,
    )
  })

  test('a port where nobody listens, and one that speaks no HTTP, are unreachable', async () => {
    const gone = await rawServer(socket => socket.destroy())
    const mail = await rawServer(socket => socket.end('220 mail.example.com ESMTP\r\n'))
    const fetcher = fetcherOf({ allow: [gone.hostPort, mail.hostPort], publicUrl })
    expect(await get(fetcher, gone.url)).toMatchObject({ kind: 'unreachable', host: '127.0.0.1' })
    expect(await get(fetcher, mail.url)).toMatchObject({ kind: 'unreachable' })
  })
})

test('Node tells an unknown name from a silent server', async () => {
  const fetcher = nodeFetcher({ allow: [], publicUrl })
  const url = 'http://no-such-name.invalid/'
  expect(await get(fetcher, url)).toEqual({ kind: 'unknown-host', host: 'no-such-name.invalid' })
})

test.each([
  'http://localhost./',
  'http://intranet/',
  'http://printer.local/',
  'http://db.internal/',
  'http://a.localhost/',
])('the platform, which sees no addresses, does not ask for %s', async url => {
  expect(await get(webFetcher({ allow: [], publicUrl }), url)).toMatchObject(blocked)
})

async function rawServer(talk: (socket: Socket) => void): Promise<{ url: string; hostPort: string }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.resume()
    talk(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  const hostPort = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return { url: `http://${hostPort}/`, hostPort }
}
