import { expect, test } from 'vitest'
import { localSite } from '../reading/local-site.ts'
import { rss } from '../stories/feed-site.ts'
import { openTestApp } from '../support/app.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

test('a process that serves asks the feeds whose time has come, and ends while one keeps silent', async () => {
  let silent: () => void = () => {}
  const silence = new Promise<void>(heard => (silent = heard))
  const site = await localSite({
    '/feed': (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/xml' }).end(rss([{ n: 1 }, { n: 2 }])),
    '/silent': () => silent(),
  })
  const { raw, databaseUrl } = await openTestApp()
  await raw`insert into feeds (url) values (${`${site.url}/feed`})`
  await raw`insert into feeds (url, next_poll_at) values (${`${site.url}/silent`}, now())`
  const server = await startServer({
    env: { DATABASE_URL: databaseUrl, SMTP_URL: 'mailbox:', FETCH_ALLOW: site.hostPort },
  })
  await until('the stories of a feed', async () => (await raw`select from articles`).length === 2)
  await silence
  expect(await server.stop()).toBe(0)
  // What it had in hand is given back for the next process, and is no failure of the site.
  expect(await raw`select failures from feeds where next_poll_at <= now()`).toEqual([{ failures: 0 }])
  expect(server.output()).not.toMatch(/"level":(40|50)/)
  await server.dispose()
})
