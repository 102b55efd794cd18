import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { checkLinks } from '../../src/actions/check-links.ts'
import { inLanes } from '../../src/domain/lanes.ts'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { addArticle } from '../../src/store/articles.ts'
import type { Digest } from '../../src/store/digests.ts'
import { localSite } from '../reading/local-site.ts'
import { openTestApp } from '../support/app.ts'
import { until } from '../support/until.ts'

const { services } = await openTestApp()
type Page = (request: IncomingMessage, response: ServerResponse) => void

const answers =
  (status: number, headers: Record<string, string> = {}): Page =>
  (_request, response) =>
    void response.writeHead(status, headers).end()

/** A digest whose text links these addresses. */
const linking = (...urls: string[]): Pick<Digest, 'blocks' | 'newsletters'> => ({
  blocks: [{ type: 'text', markdown: urls.map(url => `[there](${url})`).join('\n') }],
  newsletters: [],
})

const check = (hosts: string[], digest: Pick<Digest, 'blocks' | 'newsletters'>, time?: number) =>
  checkLinks(
    { ...services, fetcher: nodeFetcher({ allow: hosts, publicUrl: 'http://localhost' }) },
    digest as Digest,
    time,
  )

const codes = ({ findings }: Awaited<ReturnType<typeof checkLinks>>) =>
  findings.map(({ level, code }) => `${level} ${code}`)

describe('the links of a digest are asked for', () => {
  test('and what is there is not mentioned, whichever way it is asked', async () => {
    const seen: string[] = []
    const site = await localSite({
      '/page': (request, response) => {
        seen.push(request.method!)
        response.end('x'.repeat(100_000))
      },
      '/no-head': (request, response) => {
        seen.push(`${request.method} ${request.headers.range ?? ''}`.trim())
        response.writeHead(request.method === 'HEAD' ? 405 : 206).end()
      },
      '/wrong-head': (request, response) =>
        void response.writeHead(request.method === 'HEAD' ? 404 : 200).end('x'.repeat(100_000)),
      '/hangs-up-on-head': (request, response) =>
        void (request.method === 'HEAD' ? request.destroy() : response.end()),
    })
    const story = await addArticle(services.db, { title: 'T', url: `${site.url}/page#part` })
    const digest = linking(`${site.url}/no-head`, `${site.url}/wrong-head`, `${site.url}/hangs-up-on-head`)
    digest.blocks.push({ type: 'seeAlso', articleIds: [story.id] })
    digest.blocks.push({ type: 'button', text: 'Go', url: `${site.url}/page#part` })
    expect(await check([site.hostPort], digest)).toEqual({ asked: 4, findings: [] })
    expect(seen.toSorted()).toEqual(['GET bytes=0-4095', 'HEAD', 'HEAD'])
  })

  test.each<[string, Page, string, object]>([
    ['404', answers(404), 'warning link-dead', { status: 404 }],
    ['410', answers(410), 'warning link-dead', { status: 410 }],
    ['401', answers(401), 'unchecked link-not-checked', { reason: 'refused', status: 401 }],
    ['403', answers(403), 'unchecked link-not-checked', { reason: 'refused', status: 403 }],
    ['429', answers(429), 'unchecked link-not-checked', { reason: 'refused', status: 429 }],
    ['503', answers(503), 'unchecked link-not-checked', { reason: 'refused', status: 503 }],
    ['a redirect', answers(301, { location: '/there' }), 'warning link-redirects', {}],
    [
      'a redirect without an end',
      answers(302, { location: '/' }),
      'unchecked link-not-checked',
      { reason: 'unreachable' },
    ],
    [
      'no HTTP at all',
      (_request, response) => void response.socket!.end('220 hello\r\n'),
      'unchecked link-not-checked',
      { reason: 'unreachable' },
    ],
  ])('%s is told as what it is, at its block', async (_, page, said, facts) => {
    const site = await localSite({ '/': page, '/there': 'here' })
    const found = await check([site.hostPort], linking(`${site.url}/`))
    expect(codes(found)).toEqual([said])
    const where = { block: 0, field: 'markdown' }
    const target = said.includes('redirects') ? { target: `${site.url}/there` } : {}
    expect(found.findings[0]).toMatchObject({ url: `${site.url}/`, where, ...target, ...facts })
  })

  test('a name that is not there, and an address that is nobody’s business', async () => {
    const found = await check(
      [],
      linking('https://no-such-name.invalid/a', 'http://127.0.0.1/', 'mailto:a@b.example'),
    )
    expect(found.findings).toMatchObject([
      { code: 'link-unknown-host', host: 'no-such-name.invalid' },
      { code: 'link-not-checked', reason: 'private' },
    ])
    expect(found.asked).toBe(2)
  })

  test('at most 8 at once and 2 of one host', async () => {
    const waiting = new Map<string, ServerResponse[]>()
    let most = 0
    const sites = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map(name =>
        localSite(
          Object.fromEntries(
            [1, 2, 3].map(n => [
              `/${n}`,
              (_request: IncomingMessage, response: ServerResponse) => {
                waiting.set(name, [...(waiting.get(name) ?? []), response])
                most = Math.max(most, [...waiting.values()].flat().length)
              },
            ]),
          ),
        ),
      ),
    )
    const running = check(
      sites.map(site => site.hostPort),
      linking(...sites.flatMap(site => [1, 2, 3].map(n => `${site.url}/${n}`))),
    )
    await until('eight requests', () => [...waiting.values()].flat().length === 8)
    expect([...waiting.values()].map(list => list.length)).toEqual([2, 2, 2, 2])
    const over = running.then(() => true)
    const answering = until(
      'the end',
      async () => {
        for (const [name, list] of waiting) {
          waiting.set(name, [])
          for (const response of list) response.end()
        }
        return Promise.race([over, new Promise<false>(resolve => setImmediate(resolve, false))])
      },
      5000,
      5,
    )
    expect(codes(await running)).toEqual([])
    await answering
    expect(most).toBeLessThanOrEqual(8)
  })

  test('and the time for all of them holds, however many there are', async () => {
    const site = await localSite(
      Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`/${n}`, () => {}])),
    )
    const urls = Array.from({ length: 40 }, (_, n) => `${site.url}/${n}`)
    const began = performance.now()
    const found = await check([site.hostPort], linking(...urls), 300)
    expect(performance.now() - began).toBeLessThan(1500)
    expect(found).toEqual({
      asked: 0,
      findings: [{ level: 'unchecked', code: 'links-not-reached', count: 40 }],
    })
  })
})

test('lanes keep their order, and what is late is left out', async () => {
  const lanes = { atOnce: 3, perKind: 1, kindOf: (n: number) => String(n % 2) }
  const running = new Set<number>()
  const job = async (n: number) => {
    running.add(n)
    expect([...running].filter(one => one % 2 === n % 2)).toEqual([n])
    await Promise.resolve()
    running.delete(n)
    return n * 10
  }
  const never = new AbortController().signal
  expect(await inLanes([1, 2, 3, 4, 5], job, { ...lanes, until: never })).toEqual([10, 20, 30, 40, 50])
  expect(await inLanes([1], job, { ...lanes, until: AbortSignal.abort() })).toEqual([undefined])
  await expect(
    inLanes([1], () => Promise.reject(new Error('ours')), { ...lanes, until: never }),
  ).rejects.toThrow('ours')
})
