import { expect, test } from 'vitest'
import { openDatabase } from '../../src/store/client.ts'
import { openTestApp } from '../support/app.ts'
import { foundTheLedger } from './publication.ts'

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

test('where nothing is, a person gets a page and a program a line', async () => {
  const { services, request } = await openTestApp()
  await foundTheLedger(services)
  const page = await request('/nothing/here', { headers: browser })
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  const html = await page.text()
  expect(html).toContain('The Ledger')
  expect(html).toContain('There is nothing at this address')
  const line = await request('/nothing/here', { headers: { accept: '*/*' } })
  expect([line.status, await line.text()]).toEqual([404, 'There is nothing at this address.\n'])
})

test('a database that is away is said in the site’s own look, at once, in the reader’s language', async () => {
  const { services, request } = await openTestApp({
    env: { PUBLIC_URL: 'https://news.ledger.example', SMTP_URL: 'smtp://127.0.0.1:2525' },
  })
  const away = openDatabase('postgres://nobody@127.0.0.1:9/none')
  services.db = away.db
  for (const path of ['/', '/nothing/here']) {
    const response = await request(path, { headers: { ...browser, 'accept-language': 'de' } })
    const html = await response.text()
    expect(html, path).toContain('news.ledger.example')
    expect(html, path).toContain(
      path === '/' ? 'Hier ist etwas schiefgegangen' : 'Unter dieser Adresse ist nichts',
    )
    expect(response.status).toBe(path === '/' ? 503 : 404)
    expect(response.headers.get('retry-after')).toBe(path === '/' ? '2' : null)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(html).not.toMatch(/ECONNREFUSED|postgres/)
  }
  await away.close()
})
