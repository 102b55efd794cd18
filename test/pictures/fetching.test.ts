import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { fetchPicture } from '../../src/actions/fetch-picture.ts'
import { importArticle } from '../../src/actions/import-article.ts'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { addArticle, findArticle, updateArticle } from '../../src/store/articles.ts'
import { openTestApp } from '../support/app.ts'
import { jpegOf, photo } from '../support/picture-files.ts'

const picture = await jpegOf(photo(1400, 700))
let asked: string[] = []
const site = createServer((request, response) => {
  asked.push(request.url!)
  const story = /^\/story\/(.+)/.exec(request.url!)?.[1]
  if (story) {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    return response.end(
      `<meta property="og:title" content="A mill"><meta property="og:image" content="/${story}"><meta property="og:image:alt" content="A mill">`,
    )
  }
  switch (request.url) {
    case '/mill.jpg':
      return response.end(picture)
    case '/moved.jpg':
      return response.writeHead(302, { location: '/mill.jpg' }).end()
    case '/lies.jpg':
      return response.writeHead(200, { 'content-type': 'image/jpeg' }).end('<html><script>alert(1)</script>')
    case '/drawn.svg':
      return response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg onload="alert(1)"/>')
    case '/endless.jpg': {
      response.writeHead(200, { 'content-type': 'image/jpeg' })
      const more = () => {
        while (response.write(Buffer.alloc(1_000_000, 0xff)));
      }
      response.on('drain', more)
      return more()
    }
    case '/inside.jpg':
      return response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end()
    case '/cut.jpg':
      response.writeHead(200, { 'content-length': String(picture.length) })
      return response.write(picture.subarray(0, 5000), () => response.destroy())
  }
  response.writeHead(404).end()
})
await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
afterAll(() => {
  site.closeAllConnections()
  site.close()
})
const host = `127.0.0.1:${(site.address() as AddressInfo).port}`
const here = await openTestApp({
  fetcher: nodeFetcher({ allow: [host], publicUrl: 'http://localhost:3000' }),
})
const { services } = here

test('an imported story has its picture here; where it came from is known, and its description is the page’s', async () => {
  const outcome = await importArticle(services, `http://${host}/story/moved.jpg`)
  if (outcome.kind !== 'imported') throw new Error(JSON.stringify(outcome))
  const article = (await findArticle(services.db, outcome.article.id))!
  expect(article).toMatchObject({
    imageUrl: `http://${host}/moved.jpg`,
    imageAlt: 'A mill',
    imageDecorative: false,
  })
  expect(outcome.article.pictureHash).toBe(article.pictureHash)
  const served = await here.request(`/pictures/${article.pictureHash}.jpg`)
  expect(served.headers.get('content-type')).toBe('image/jpeg')
  asked = []
  expect(await fetchPicture(services, article.id)).toEqual({ kind: 'nothing-to-fetch' })
  expect(asked).toEqual([])
})

test.each([
  ['gone.jpg', { kind: 'not-had', refusal: { kind: 'refused', status: 404 } }],
  ['lies.jpg', { kind: 'refused', reason: 'no-picture', found: 'html' }],
  ['drawn.svg', { kind: 'refused', reason: 'no-picture', found: 'svg' }],
  ['endless.jpg', { kind: 'not-had', refusal: { kind: 'too-large' } }],
  ['inside.jpg', { kind: 'not-had', refusal: { kind: 'blocked-address', reason: 'private' } }],
  ['cut.jpg', { kind: 'not-had', refusal: { kind: 'unreachable' } }],
])('%s can’t be had: the story is imported, and its picture stays where it is', async (name, outcome) => {
  const imported = await importArticle(services, `http://${host}/story/${name}`)
  if (imported.kind !== 'imported') throw new Error(JSON.stringify(imported))
  expect(imported.article).toMatchObject({ imageUrl: `http://${host}/${name}`, pictureHash: null })
  expect(await fetchPicture(services, imported.article.id)).toMatchObject(outcome)
})

test('a picture that an editor gave a story meanwhile stays', async () => {
  const { id } = await addArticle(services.db, {
    title: 'A mill',
    url: 'https://ledger.example/mill',
    imageUrl: `http://${host}/mill.jpg`,
  })
  const slow = {
    ...services,
    fetcher: async (...given: Parameters<typeof services.fetcher>) => {
      await updateArticle(services.db, id, { imageUrl: null })
      return services.fetcher(...given)
    },
  }
  expect((await fetchPicture(slow, id)).kind).toBe('kept')
  expect(await findArticle(services.db, id)).toMatchObject({ imageUrl: null, pictureHash: null })
})

test('a story that is gone, or has no picture, has nothing to fetch', async () => {
  const { id } = await addArticle(services.db, { title: 'A mill', url: 'https://ledger.example/mill' })
  for (const one of [id, 999_999])
    expect(await fetchPicture(services, one)).toEqual({ kind: 'nothing-to-fetch' })
})
