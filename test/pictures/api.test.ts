import { expect, test } from 'vitest'
import { createKey } from '../../src/actions/create-key.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { jpegOf, photo } from '../support/picture-files.ts'

const here = await openTestApp()
const writer = await clientOf(here, 'writer')
const { key } = await createKey(here.services, { name: 'pictures', role: 'writer' })
const mill = await jpegOf(photo(1240, 620))

async function post(body: Uint8Array, headers: Record<string, string> = { authorization: `Bearer ${key}` }) {
  const response = await here.request('/api/v1/pictures', {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  })
  return { status: response.status, body: await response.json() }
}

const story = { title: 'A mill', url: 'https://ledger.example/mill' }

test('a program uploads a picture, and creates an article with it', async () => {
  const { status, body: picture } = await post(mill)
  expect([status, picture]).toEqual([
    201,
    {
      id: expect.stringMatching(/^[\w-]{24}$/),
      url: expect.stringMatching(/^http:\/\/localhost:3000\/pictures\/[\w-]{24}\.jpg$/),
      width: 1200,
      height: 600,
    },
  ])
  expect((await post(mill)).body).toEqual(picture)
  const { id, ...shown } = picture
  for (const given of [{ pictureHash: id }, { picture: id }, { picture }, { picture: picture.url }]) {
    const created = await writer('POST', '/articles', { ...story, imageAlt: 'A mill at dusk', ...given })
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({ imageUrl: null, imageAlt: 'A mill at dusk', picture: shown })
    expect((await writer('GET', `/articles/${created.body.id}`)).body.picture).toEqual(shown)
  }
  const { items } = (await writer('GET', '/articles')).body
  expect(items.map((item: { picture: unknown }) => item.picture)).toEqual([shown, shown, shown, shown])
})

test('an article without a kept picture says null', async () => {
  const created = await writer('POST', '/articles', { ...story, imageUrl: 'https://ledger.example/x.jpg' })
  expect(created.body).toMatchObject({ imageUrl: 'https://ledger.example/x.jpg', picture: null })
})

test('a picture that is not kept is refused at its field', async () => {
  for (const [given, pointer] of [
    [{ pictureHash: 'A'.repeat(24) }, '/pictureHash'],
    [{ picture: 'A'.repeat(24) }, '/picture'],
    [{ picture: { id: 7 } }, '/pictureHash'],
    [{ pictureHash: '../../etc/passwd' }, '/pictureHash'],
  ] as const) {
    const refused = await writer('POST', '/articles', { ...story, ...given })
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, pointer])
  }
})

test('strangers, other files and too large ones are refused as problems', async () => {
  expect((await post(mill, {})).status).toBe(401)
  const refused = await post(Buffer.from('<svg/>'))
  expect(refused.status).toBe(422)
  expect(refused.body.errors[0].detail).toContain('SVG is not shown in mails')
  expect((await post(Buffer.alloc(0))).status).toBe(422)
  expect((await post(Buffer.alloc(15 * 1024 * 1024 + 10))).status).toBe(422)
  expect((await post(Buffer.alloc(17 * 1024 * 1024))).status).toBe(413)
  // The limit of all others stands.
  const large = await writer('POST', '/articles', { ...story, standfirst: 'x'.repeat(1_200_000) })
  expect(large.status).toBe(413)
})

test('the API describes it', async () => {
  const { paths } = (await writer('GET', '/openapi.json')).body
  const upload = paths['/pictures'].post
  expect(Object.keys(upload.requestBody.content)).toContain('image/jpeg')
  expect(Object.keys(upload.responses)).toEqual(['201', '401', '413', '422', '503'])
  const article = JSON.stringify(paths['/articles'].post.responses['201'])
  expect(article).toContain('"picture"')
})
