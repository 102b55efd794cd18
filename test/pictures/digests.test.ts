import { parseFeed } from 'htmlparser2'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { settleHome } from '../../src/actions/home.ts'
import { keepPicture } from '../../src/actions/keep-picture.ts'
import { addArticle, type NewArticle } from '../../src/store/articles.ts'
import { readPublication } from '../../src/store/publication.ts'
import { foundTheLedger, publish } from '../site/publication.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { jpegOf, painted, photo, pngOfPixels } from '../support/picture-files.ts'
import { signInAs } from '../support/sign-in.ts'

async function openLedger(env: Record<string, string> = {}) {
  const site = await openTestApp({ env })
  await foundTheLedger(site.services)
  return site
}

async function pictured({ services }: TestApp, file: Uint8Array, story: Partial<NewArticle> = {}) {
  const kept = await keepPicture(services, file)
  if (kept.kind !== 'kept') throw new Error(kept.reason)
  const { id } = await addArticle(services.db, {
    title: 'A mill',
    url: 'https://ledger.example/mill',
    imageUrl: 'https://ledger.example/where-it-came-from.jpg',
    imageAlt: 'A mill & its wheel',
    ...story,
    pictureHash: kept.hash,
  })
  return { id, hash: kept.hash }
}

test('an edition shows its kept pictures, each with the shape that it has', async () => {
  const site = await openLedger()
  const lead = await pictured(site, await jpegOf(photo(640, 360)), { imageCredit: 'Jo Hart' })
  const further = await pictured(site, await jpegOf(photo(300, 600)))
  const ornament = await pictured(site, await jpegOf(photo(90, 60)), { imageDecorative: true })
  const paid = await pictured(site, await jpegOf(photo(640, 640)), { kind: 'partner', sponsor: 'Northwind' })
  const digest = await publish(site.services, {
    subject: 'Pictures',
    blocks: () => [
      { type: 'article', articleId: lead.id },
      { type: 'article', articleId: further.id },
      { type: 'article', articleId: ornament.id },
      { type: 'partner', articleId: paid.id, sponsor: 'Northwind' },
    ],
  })
  const html = await (await site.request(`/archive/morning-brief/${digest}`)).text()
  const images = [...parseHTML(html).document.querySelectorAll('img')].map(image =>
    ['src', 'alt', 'width', 'height'].map(name => image.getAttribute(name)),
  )
  const at = (hash: string) => `http://localhost:3000/pictures/${hash}.jpg`
  expect(images).toEqual([
    [at(lead.hash), 'A mill & its wheel', '552', '311'],
    [at(further.hash), 'A mill & its wheel', '176', '352'],
    [at(ornament.hash), '', '90', '60'],
    [at(paid.hash), 'A mill & its wheel', '160', '160'],
  ])
  expect(html).not.toContain('data:image')
  expect(html).not.toContain('where-it-came-from')
  for (const [src] of images) expect((await site.request(new URL(src!).pathname)).status).toBe(200)
})

test('a sent edition shows its picture when its story has another, or none', async () => {
  const site = await openLedger()
  const { id, hash } = await pictured(site, await jpegOf(photo(300, 200)))
  const digest = await publish(site.services, {
    subject: 'Kept',
    blocks: () => [{ type: 'article', articleId: id }],
  })
  await site.raw`delete from articles where id = ${id}`
  const html = await (await site.request(`/archive/morning-brief/${digest}`)).text()
  expect(html).toContain(`/pictures/${hash}.jpg`)
  expect((await site.request(`/pictures/${hash}.jpg`)).status).toBe(200)
})

test('the feed names the lead’s picture, kept or not', async () => {
  const site = await openLedger()
  const { id, hash } = await pictured(site, await jpegOf(photo(320, 180)), { imageCredit: 'Jo "J" Hart' })
  const away = await addArticle(site.services.db, {
    title: 'Elsewhere',
    url: 'https://ledger.example/e',
    imageUrl: 'https://ledger.example/e.jpg?a=1&b=2',
    imageAlt: '',
  })
  await publish(site.services, {
    subject: 'Elsewhere',
    blocks: () => [{ type: 'article', articleId: away.id }],
    startedAt: new Date('2026-06-22T05:30:00Z'),
  })
  await publish(site.services, {
    subject: 'Kept',
    blocks: ({ whitePaper }) => [
      { type: 'partner', articleId: whitePaper, sponsor: 'Northwind' },
      { type: 'article', articleId: id },
    ],
  })
  const xml = await (await site.request('/archive/morning-brief/feed.xml')).text()
  expect(xml).toContain(
    `<media:content url="http://localhost:3000/pictures/${hash}.jpg" medium="image" type="image/jpeg" width="320" height="180"><media:description type="plain">A mill &amp; its wheel</media:description><media:credit>Jo &quot;J&quot; Hart</media:credit></media:content>`,
  )
  expect(xml).toContain(
    '<media:content url="https://ledger.example/e.jpg?a=1&amp;b=2" medium="image"></media:content>',
  )
  expect(parseFeed(xml)!.items.map(item => item.media?.[0]?.url)).toEqual([
    `http://localhost:3000/pictures/${hash}.jpg`,
    'https://ledger.example/e.jpg?a=1&b=2',
  ])
})

const clear = pngOfPixels(painted(440, 90, (x, y) => (x > 40 && y > 20 ? [138, 28, 28] : [0, 0, 0, 0])))

test('an owner uploads a logo: pages and mails show it, until it is removed', async () => {
  const site = await openLedger()
  const owner = await signInAs(site, 'owner')
  const upload = async (file: Uint8Array | undefined, cookie = owner.cookie) => {
    const body = new FormData()
    body.append('logo', new File(file ? [new Uint8Array(file)] : [], file ? 'logo.png' : ''))
    const headers = { cookie, 'sec-fetch-site': 'same-origin' }
    return site.request('/admin/settings/look/logo', { method: 'POST', headers, body })
  }
  for (const [file, words] of [
    [Buffer.from('<svg/>'), 'Export it as PNG'],
    [undefined, 'Choose a file first'],
  ] as const) {
    const refused = await upload(file)
    expect(refused.status).toBe(422)
    const page = await refused.text()
    expect(page).toMatch(new RegExp(`id="logo-file-error">[^<]*${words}`))
    expect(page).toContain('value="#8a1c1c"')
  }
  expect((await upload(clear, (await signInAs(site, 'editor')).cookie)).status).toBe(403)
  expect((await upload(clear)).headers.get('location')).toBe('/admin/settings/look?done=saved')
  const { logoUrl } = await readPublication(site.services.db)
  expect(logoUrl).toMatch(/^http:\/\/localhost:3000\/pictures\/[\w-]{24}\.png$/)
  for (const path of ['/', '/archive'])
    expect(await (await site.request(path)).text()).toContain(`src="${logoUrl}"`)
  expect(await (await owner.get('/admin/settings/look')).text()).toContain(
    `<img src="${logoUrl}" alt="The Ledger"/>`,
  )

  expect((await owner.post('/admin/settings/look/logo/remove')).status).toBe(303)
  expect((await readPublication(site.services.db)).logoUrl).toBeNull()
})

test('the logo moves with the publication; one on another site stays there', async () => {
  const site = await openLedger()
  const kept = await keepPicture(site.services, clear)
  if (kept.kind !== 'kept') throw new Error(kept.reason)
  const { db, config } = site.services
  const settled = async (logoUrl: string, publicUrl: string) => {
    await site.raw`update publication set logo_url = ${logoUrl}, home = null`
    await settleHome({ db, config: { ...config, publicUrl } })
    return (await readPublication(db)).logoUrl
  }
  const name = `/pictures/${kept.hash}.png`
  expect(await settled(`http://localhost:3000${name}`, 'https://ledger.example')).toBe(
    `https://ledger.example${name}`,
  )
  expect(await settled(`http://localhost:3000${name}`, 'http://localhost:4000')).toBe(
    `http://localhost:4000${name}`,
  )
  for (const elsewhere of [`https://a.example/pictures/${'A'.repeat(24)}.png`, 'https://a.example/logo.png'])
    expect(await settled(elsewhere, 'https://ledger.example')).toBe(elsewhere)
})
