import { expect, test } from 'vitest'
import { keepPicture } from '../../src/actions/keep-picture.ts'
import { links } from '../../src/domain/links.ts'
import { recentPictures } from '../../src/node/recent-pictures.ts'
import { nodeRecoder } from '../../src/pictures/node-recoder.ts'
import { openTestApp } from '../support/app.ts'
import { jpegOf, photo, pngOf, pngOfPixels, quarters } from '../support/picture-files.ts'

const here = await openTestApp({ recode: nodeRecoder() })

async function keep(file: Uint8Array) {
  const outcome = await keepPicture(here.services, file)
  if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome))
  return { ...outcome, path: new URL(links.picture('http://localhost:3000', outcome)).pathname }
}

test('a kept picture is served to everybody, for ever, as what it is', async () => {
  const jpeg = await keep(await jpegOf(photo(400, 300)))
  const png = await keep(pngOfPixels(quarters(60, 20)))
  for (const [{ path, hash }, type, ending] of [
    [jpeg, 'image/jpeg', 'jpg'],
    [png, 'image/png', 'png'],
  ] as const) {
    expect(path).toBe(`/pictures/${hash}.${ending}`)
    const response = await here.request(path)
    const body = new Uint8Array(await response.arrayBuffer())
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      etag: `"${hash}"`,
    })
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', body))
    expect(digest.toString('base64url').slice(0, 24)).toBe(hash)
    for (const tag of [`"${hash}"`, `W/"${hash}"`, `"other", "${hash}"`]) {
      const again = await here.request(path, { headers: { 'if-none-match': tag } })
      expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
    }
    const head = await here.request(path, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type'), (await head.arrayBuffer()).byteLength]).toEqual([
      200,
      type,
      0,
    ])
  }
})

test('under any other name there is nothing, and no cache keeps that', async () => {
  const { hash, path } = await keep(await jpegOf(photo(400, 300)))
  for (const name of [
    path.replace('.jpg', '.png'),
    path.replace('.jpg', '.svg'),
    path.replace('.jpg', ''),
    `/pictures/${hash.slice(0, 23)}.jpg`,
    `/pictures/${'A'.repeat(24)}.jpg`,
    '/pictures/..%2f..%2fpackage.json',
    '/pictures/',
    `/pictures/${hash}%0a.jpg`,
  ]) {
    const response = await here.request(name)
    expect([name, response.status]).toEqual([name, 404])
    expect(response.headers.get('cache-control') ?? '').not.toContain('immutable')
  }
})

test('what was just asked for is asked of the database once, and memory holds no more than 8 MB', async () => {
  const { hash, path } = await keep(await jpegOf(photo(80, 50)))
  const first = await (await here.request(path)).arrayBuffer()
  await here.raw`delete from pictures where hash = ${hash}`
  expect(await (await here.request(path)).arrayBuffer()).toEqual(first)

  const recent = recentPictures()
  const name = (at: number) => `${at}.jpg`
  for (let at = 0; at < 60; at++) {
    recent.set(name(at), new Uint8Array(200_000))
    recent.get(name(0))
  }
  const held = Array.from({ length: 60 }, (_, at) => at).filter(at => recent.get(name(at)))
  expect(held).toEqual([0, ...Array.from({ length: 39 }, (_, at) => at + 21)])
})

test('the same file twice, and at once, is one picture', async () => {
  const file = await jpegOf(photo(200, 150))
  const kept = await Promise.all([keep(file), keep(file), keep(file)])
  expect(new Set(kept.map(picture => picture.hash)).size).toBe(1)
  const [row] = await here.raw`select count(*)::int as count from pictures where hash = ${kept[0]!.hash}`
  expect(row).toEqual({ count: 1 })
})

test('pictures wait their turn, and those that would wait too long are asked to come again', async () => {
  const file = await jpegOf(photo(60, 40))
  const take = nodeRecoder({ most: 2 })
  const outcomes = await Promise.all([take(file), take(file), take(file)])
  expect(outcomes.map(outcome => outcome.kind)).toEqual(['picture', 'picture', 'refused'])
  expect(outcomes[2]).toEqual({ kind: 'refused', reason: 'busy' })
  expect((await take(Buffer.from('no picture'))).kind).toBe('refused')
})

test('while a photo of 24 megapixels is taken in, requests are answered as always', {
  timeout: 60_000,
}, async () => {
  const file = pngOf({ width: 6000, height: 4000, bits: 1, kind: 'grey' }, Buffer.alloc(750 * 4000, 0x5a))
  let done = false
  const taking = keep(file).finally(() => {
    done = true
  })
  const waits: number[] = []
  while (!done) {
    const begun = performance.now()
    expect((await here.request('/livez')).status).toBe(200)
    await new Promise(resolve => setImmediate(resolve))
    waits.push(performance.now() - begun)
  }
  expect(await taking).toMatchObject({ width: 1200, height: 800 })
  expect(waits.length).toBeGreaterThan(20)
  // Done in this thread, decoding alone would be one wait of a third of it all.
  expect(Math.max(...waits)).toBeLessThan(waits.reduce((sum, wait) => sum + wait) / 5)
})
