import { expect, test } from 'vitest'
import { keepPicture } from '../../src/actions/keep-picture.ts'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { type Article, addArticle, findArticle, listArticles } from '../../src/store/articles.ts'
import { openTestApp } from '../support/app.ts'
import { jpegOf, photo } from '../support/picture-files.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp({ fetcher: nodeFetcher({ allow: [], publicUrl: 'http://localhost:3000' }) })
const { db } = here.services
const writer = await signInAs(here, 'writer')
const mill = await jpegOf(photo(800, 500))

const typed = { title: 'A mill and its waste', url: 'https://ledger.example/mill', kind: 'editorial' }

/** Sends the form as a browser does: with the file field, empty where no file was chosen. */
async function send(path: string, fields: Record<string, string>, file?: Uint8Array, name = 'mill.jpg') {
  const body = new FormData()
  for (const [field, value] of Object.entries({ ...typed, ...fields })) body.append(field, value)
  body.append('picture', new File(file ? [new Uint8Array(file)] : [], file ? name : ''))
  const headers = { cookie: writer.cookie, 'sec-fetch-site': 'same-origin' }
  const response = await here.request(path, { method: 'POST', headers, body })
  return { status: response.status, location: response.headers.get('location'), page: await response.text() }
}

const newest = async () => (await listArticles(db, { limit: 1 }))[0]!
const aStory = (story: Partial<Article>) => addArticle(db, { ...typed, kind: 'editorial', ...story })

async function keptMill() {
  const kept = await keepPicture(here.services, mill)
  if (kept.kind !== 'kept') throw new Error(kept.reason)
  return kept.hash
}

test('a story gets a file as its picture, is shown with it, and loses it again', async () => {
  const added = await send('/admin/stories', { imageAlt: 'A mill at dusk' }, mill)
  expect(added.status).toBe(303)
  const story = await newest()
  expect(story).toMatchObject({ imageUrl: null, imageAlt: 'A mill at dusk', pictureHash: await keptMill() })
  const page = await (await writer.get(`/admin/stories/${story.id}`)).text()
  expect(page).toContain(
    `<img src="/pictures/${story.pictureHash}.jpg" alt="A mill at dusk" width="320" height="200"/>`,
  )

  await send(`/admin/stories/${story.id}`, { pictureHash: story.pictureHash!, imageAlt: 'The mill at dusk' })
  expect(await newest()).toMatchObject({ pictureHash: story.pictureHash, imageAlt: 'The mill at dusk' })
  await send(`/admin/stories/${story.id}`, {
    pictureHash: story.pictureHash!,
    imageAlt: 'The mill at dusk',
    removePicture: 'on',
  })
  expect(await newest()).toMatchObject({ pictureHash: null, imageUrl: null, imageAlt: '' })
  // Mails that were sent name it.
  expect((await here.request(`/pictures/${story.pictureHash}.jpg`)).status).toBe(200)
})

test('a file takes the place of what was fetched, and of its address', async () => {
  const { id } = await aStory({ imageUrl: 'https://ledger.example/old.jpg', imageAlt: 'An old mill' })
  await send(
    `/admin/stories/${id}`,
    { imageUrl: 'https://ledger.example/old.jpg', imageAlt: 'A new mill' },
    mill,
  )
  expect(await findArticle(db, id)).toMatchObject({ imageUrl: null, pictureHash: await keptMill() })
})

test('what is cleared is gone', async () => {
  const { id } = await aStory({ imageUrl: 'https://ledger.example/old.jpg', language: 'fr' })
  await send(`/admin/stories/${id}`, { imageUrl: '', language: '' })
  expect(await findArticle(db, id)).toMatchObject({ imageUrl: null, pictureHash: null, language: null })
})

test('where another field is wrong, the file that was chosen is there still', async () => {
  const failed = await send('/admin/stories', { title: '', imageAlt: 'A mill' }, mill)
  expect(failed.status).toBe(422)
  const hash = /name="pictureHash" value="([\w-]{24})"/.exec(failed.page)?.[1]
  expect(failed.page).toContain(`<img src="/pictures/${hash}.jpg"`)
  await send('/admin/stories', { imageAlt: 'A mill', pictureHash: hash! })
  expect(await newest()).toMatchObject({ title: typed.title, pictureHash: hash })
})

test.each([
  ['no description', { imageAlt: '  ' }, 'Say what the picture shows'],
  ['the headline again', { imageAlt: '“A mill, and its waste!”' }, 'This is the headline again'],
])('a picture with %s is refused at the field', async (_, fields, words) => {
  const before = await newest()
  const failed = await send('/admin/stories', fields, mill)
  expect(failed.status).toBe(422)
  expect(failed.page).toMatch(new RegExp(`id="imageAlt-error">${words}`))
  expect(await newest()).toEqual(before)
})

test('a decoration needs no description, and keeps one that it has', async () => {
  await send('/admin/stories', { imageDecorative: 'on', imageAlt: '' }, mill)
  expect(await newest()).toMatchObject({ imageDecorative: true, imageAlt: '' })
  await send('/admin/stories', { imageDecorative: 'on', imageAlt: 'A mill' }, mill)
  const story = await newest()
  expect(story).toMatchObject({ imageDecorative: true, imageAlt: 'A mill' })
  expect(await (await writer.get(`/admin/stories/${story.id}`)).text()).toMatch(
    /name="imageDecorative"[^>]*checked/,
  )
})

test('without a picture nothing needs to be described', async () => {
  expect((await send('/admin/stories', { imageAlt: '' })).status).toBe(303)
})

test.each([
  ['drawn.svg', Buffer.from('<svg onload="alert(1)">'), 'Export it as PNG'],
  ['page.jpg', Buffer.from('<!doctype html><script>alert(1)</script>'), 'This is a web page'],
  ['empty.jpg', Buffer.alloc(0), 'This file is empty'],
  ['cut.jpg', mill.subarray(0, 4000), 'cut or damaged'],
])('%s is refused at the field, with what to do', async (name, file, words) => {
  const before = await newest()
  const failed = await send('/admin/stories', { imageAlt: 'A mill' }, file, name)
  expect(failed.status).toBe(422)
  expect(failed.page).toMatch(new RegExp(`id="picture-error">[^<]*${words}`))
  expect(failed.page).toContain('value="A mill and its waste"')
  expect(await newest()).toEqual(before)
})

test('a file of more than 16 MB is not even read', async () => {
  const answer = await send('/admin/stories', {}, Buffer.alloc(17 * 1024 * 1024))
  expect(answer.status).toBe(413)
  expect(answer.page).toContain('16')
})

test('a link that can’t be fetched is saved, and the page says so', async () => {
  const saved = await send('/admin/stories', { imageUrl: 'http://169.254.169.254/x.jpg', imageAlt: 'A mill' })
  const story = await newest()
  expect(saved.location).toBe(`/admin/stories/${story.id}?picture-not-had`)
  expect(story).toMatchObject({ imageUrl: 'http://169.254.169.254/x.jpg', pictureHash: null })
  const page = await (await writer.get(saved.location!)).text()
  expect(page).toContain('could not be fetched from its address')
})

test('a picture that nobody keeps is no picture', async () => {
  for (const pictureHash of ['A'.repeat(24), '../../x', "' or 1=1"]) {
    await send('/admin/stories', { pictureHash })
    expect(await newest()).toMatchObject({ pictureHash: null })
  }
})
