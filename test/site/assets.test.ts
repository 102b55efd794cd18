import { expect, test } from 'vitest'
import { readAssets } from '../../src/node/assets.ts'
import { assetUrl } from '../../src/web/asset-urls.ts'
import { assetHashes } from '../../src/web/assets/hashes.ts'
import { openTestApp } from '../support/app.ts'
import { foundTheLedger, publish } from './publication.ts'

test('the hashes that pages name are those of the files (npm run assets)', () => {
  const now = Object.fromEntries([...readAssets()].map(([name, { hash }]) => [name, hash]))
  expect(assetHashes).toEqual(now)
})

test('a file is kept for ever under its hash, and asked for anew under another', async () => {
  const { request } = await openTestApp()
  const kept = await request(assetUrl('broadsheet.css'))
  expect(kept.headers.get('cache-control')).toContain('immutable')
  expect(await kept.text()).toContain(`url(${assetUrl('inter-latin.woff2')})`)
  const stale = await request('/assets/broadsheet.css?v=other')
  expect(stale.headers.get('cache-control')).toBe('no-cache')
  const headers = { 'if-none-match': stale.headers.get('etag')! }
  expect((await request('/assets/broadsheet.css', { headers })).status).toBe(304)
  for (const name of ['nothing.css', '..%2f..%2fpackage.json', 'hashes.ts'])
    expect((await request(`/assets/${name}`)).status, name).toBe(404)
})

test('the publication’s colour comes as a stylesheet of its own; what is no colour does not', async () => {
  const { request } = await openTestApp()
  const css = await (await request('/assets/accent.css?colour=8a1c1c')).text()
  expect(css).toMatch(
    /^:root\{--accent:#8a1c1c\}@media \(prefers-color-scheme:dark\)\{:root\{--accent:#[\da-f]{6}\}\}$/,
  )
  for (const colour of ['', 'red', '8a1c1c}body{display:none'])
    expect((await request(`/assets/accent.css?colour=${encodeURIComponent(colour)}`)).status).toBe(404)
})

test('a first visit to the front page weighs less than 150 KB, fonts included', async () => {
  const { services, request } = await openTestApp()
  await foundTheLedger(services)
  for (let number = 1; number <= 5; number++) await publish(services, { subject: `Edition ${number}` })
  const weigh = async (path: string) => (await (await request(path)).arrayBuffer()).byteLength
  const html = await (await request('/')).text()
  const files = [...html.matchAll(/<link rel="(?:preload|stylesheet|icon)"[^>]*href="([^"]+)"/g)].map(
    match => match[1]!,
  )
  expect(files).toHaveLength(5)
  const weights = await Promise.all(['/', ...files].map(weigh))
  expect(weights.every(weight => weight > 50)).toBe(true)
  expect(weights.reduce((sum, weight) => sum + weight)).toBeLessThan(150_000)
})
