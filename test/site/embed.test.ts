import { expect, test } from 'vitest'
import { signUps } from '../../src/store/schema/readers.ts'
import { openTestApp } from '../support/app.ts'
import { foundTheLedger } from './publication.ts'

test('the form to copy is the one shown, and signs up from another site', async () => {
  const { services, request } = await openTestApp()
  await foundTheLedger(services)
  const html = await (await request('/embed/white-papers')).text()
  const shown = /<div class="sample">(.*?)<\/div>/s.exec(html)![1]!
  const copied = /<textarea[^>]*>(.*?)<\/textarea>/s.exec(html)![1]!
  const decoded = copied
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
  expect(decoded.trim()).toBe(shown)
  expect(shown).toContain('Carries advertising, labelled.')
  expect(shown).not.toMatch(/<script|style=|class=/)

  const action = new URL(/<form action="([^"]+)"/.exec(shown)![1]!)
  expect(action.href).toBe('http://localhost:3000/subscribe')
  const fields = new URLSearchParams({ email: 'ana@example.com' })
  for (const [, name, value] of shown.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]+)"/g))
    fields.append(name!, value!)
  const answer = await request(action.pathname, {
    method: 'POST',
    body: fields,
    headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
  })
  expect(answer.status).toBe(200)
  const rows = await services.db.select({ address: signUps.address, form: signUps.form }).from(signUps)
  expect(rows).toEqual([{ address: 'ana@example.com', form: 'embed' }])
})

test('there is no form for a newsletter that there is not', async () => {
  const { request } = await openTestApp()
  expect((await request('/embed/nothing')).status).toBe(404)
})
