import type { IncomingMessage, ServerResponse } from 'node:http'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { type LocalSite, localSite } from '../reading/local-site.ts'
import type { TestApp } from '../support/app.ts'

export type Reply = { status?: number; headers?: Record<string, string>; body?: string | Uint8Array }
export type FeedSite = LocalSite & {
  /** What each path answers, by its path; change it as the story goes on. */
  pages: Record<string, Reply | ((request: IncomingMessage) => Reply | 'silence')>
  /** What was asked for, in order. */
  asked: IncomingMessage[]
  /** The path of an address on it. */
  at(path: string): string
}

/** A publication's site on loopback for one test, which the app may read. */
export async function feedSite(here: Pick<TestApp, 'services'>, pages: FeedSite['pages']): Promise<FeedSite> {
  const asked: IncomingMessage[] = []
  const site = await localSite(
    new Proxy(
      {},
      {
        get: (_pages, path: string) => (request: IncomingMessage, response: ServerResponse) => {
          asked.push(request)
          const page = pages[path] ?? { status: 404 }
          const reply = typeof page === 'function' ? page(request) : page
          if (reply === 'silence') return
          const { status = 200, headers = {}, body = '' } = reply
          response
            .writeHead(status, { 'content-type': 'application/rss+xml; charset=utf-8', ...headers })
            .end(body)
        },
      },
    ),
  )
  here.services.fetcher = nodeFetcher({ allow: [site.hostPort], publicUrl: 'http://localhost:3000' })
  return { ...site, pages, asked, at: path => `${site.url}${path}` }
}

type Item = { n: number; title?: string; guid?: string; at?: Date; more?: string }

/** An RSS feed of stories, in this order, at `/story/n`. */
export const rss = (
  items: readonly Item[],
  channel = '<title>The Ledger</title>',
) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>${channel}<link>/</link>
${items
  .map(
    ({ n, title = `Story ${n}`, guid = `id-${n}`, at, more = '' }) =>
      `<item><title>${title}</title><link>/story/${n}</link><guid isPermaLink="false">${guid}</guid>${
        at ? `<pubDate>${at.toUTCString()}</pubDate>` : ''
      }${more}</item>`,
  )
  .join('\n')}
</channel></rss>`
