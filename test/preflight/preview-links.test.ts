import { beforeAll, describe, expect, test } from 'vitest'
import { signToken } from '../../src/domain/tokens.ts'
import { addArticle, updateArticle } from '../../src/store/articles.ts'
import { addDigest, saveDigest } from '../../src/store/digest-texts.ts'
import { removeDigest } from '../../src/store/digests.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db, keys } = here.services
const writer = await signInAs(here, 'writer')
let newsletterIds: number[]
let story: number

beforeAll(async () => {
  await updatePublication(db, { name: 'The Ledger', postalAddress: '12 Paper Lane' })
  const daily = await addNewsletter(db, { slug: 'daily', name: 'Daily' })
  const morgen = await addNewsletter(db, { slug: 'morgen', name: 'Morgen', language: 'de' })
  newsletterIds = [daily!.id, morgen!.id]
  story = (await addArticle(db, { title: 'IBM leaves', url: 'https://ledger.example/ibm' })).id
})

const draft = (more: object = {}) =>
  addDigest(db, {
    subject: 'First words',
    preheader: '',
    blocks: [{ type: 'article', articleId: story }],
    newsletterIds,
    ...more,
  })

/** The address of a link that the page just made. */
async function linkTo(id: number): Promise<string> {
  const page = await (await writer.post(`/admin/digests/${id}/preview-links`)).text()
  return /http:\/\/localhost:3000(\/preview\/[\w.-]+)/.exec(page)![1]!
}

const look = (path: string) => here.request(path)

describe('a preview link', () => {
  test('shows who has it the mail and its text as they are saved, and tells nobody', async () => {
    const id = await draft()
    const link = await linkTo(id)
    const page = await look(link)
    expect(page.status).toBe(200)
    for (const [name, value] of [
      ['referrer-policy', 'no-referrer'],
      ['cache-control', 'no-store'],
      ['x-robots-tag', 'noindex'],
    ])
      expect(page.headers.get(name!)).toBe(value)
    const html = await page.text()
    expect(html).toContain('First words')
    expect(html).toContain('https://ledger.example/ibm')
    expect(html).toMatch(/<iframe[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/)
    const mail = await look(`${link}/mail`)
    expect(mail.headers.get('content-security-policy')).toMatch(/^sandbox /)
    expect(mail.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await mail.text()).toContain('IBM leaves')
    await saveDigest(db, id, { subject: 'Second words' })
    expect(await (await look(link)).text()).toContain('Second words')
  })

  test('shows it as the readers of each of its newsletters get it', async () => {
    const link = await linkTo(await draft())
    expect(await (await look(`${link}/mail`)).text()).toContain('Unsubscribe')
    expect(await (await look(`${link}/mail?newsletter=morgen`)).text()).toContain('Abmelden')
    expect(await (await look(`${link}/mail?newsletter=%00`)).text()).toContain('Unsubscribe')
  })

  test('ends after seven days, and says so', async () => {
    const id = await draft()
    const now = Math.floor(Date.now() / 1000)
    const [, expires] = /\.(\d+)\.[\w-]+$/.exec(await linkTo(id))!
    expect(Number(expires) - now).toBeGreaterThan(7 * 86_400 - 60)
    expect(Number(expires) - now).toBeLessThanOrEqual(7 * 86_400 + 1)
    const past = signToken(keys, { purpose: 'preview', digest: id, generation: 1, expires: now - 1 })
    for (const path of [`/preview/${past}`, `/preview/${past}/mail`]) {
      const page = await look(path)
      expect([page.status, await page.text()]).toEqual([410, expect.stringContaining('works for seven days')])
    }
  })

  test('is ended with all others of its digest, and with no other’s', async () => {
    const [id, other] = [await draft(), await draft()]
    const links = [await linkTo(id), await linkTo(id), await linkTo(other)]
    expect((await writer.post(`/admin/digests/${id}/preview-links/end`)).status).toBe(303)
    expect(await Promise.all(links.map(async link => (await look(link)).status))).toEqual([410, 410, 200])
    expect((await look(await linkTo(id))).status).toBe(200)
  })

  test('ends with its digest', async () => {
    const id = await draft()
    const link = await linkTo(id)
    await removeDigest(db, id)
    expect((await look(link)).status).toBe(410)
  })

  test('that was changed, or made for another page, opens nothing', async () => {
    const id = await draft()
    const link = await linkTo(id)
    const fields = { digest: id, generation: 1, expires: 9_999_999_999 }
    const good = signToken(keys, { purpose: 'preview', ...fields })
    expect((await look(`/preview/${good}`)).status).toBe(200)
    const leave = signToken(keys, { purpose: 'unsubscribe', subscriber: 1, newsletters: [1] })
    const changed = [
      link.replace(/\.v\.\d+/, '.v.999'),
      `${link}x`,
      '/preview/x',
      `/preview/${leave}`,
      '/preview/%00',
    ]
    for (const path of changed) expect([path, (await look(path)).status]).toEqual([path, 404])
    const elsewhere = await look(`/unsubscribe/${good}`)
    expect([elsewhere.status, await elsewhere.text()]).toEqual([
      404,
      expect.stringContaining(`/preview/${good}`),
    ])
  })

  test('shows nothing of a story under embargo, until its time', async () => {
    const secret = await addArticle(db, {
      title: 'The merger',
      url: 'https://ledger.example/m',
      embargoUntil: new Date(Date.now() + 3_600_000),
    })
    const id = await draft({ subject: 'Merged', blocks: [{ type: 'article', articleId: secret.id }] })
    const link = await linkTo(id)
    for (const path of [link, `${link}/mail`]) {
      const page = await look(path)
      const html = await page.text()
      expect([page.status, html]).toEqual([403, expect.stringContaining('under embargo until')])
      expect(html).not.toMatch(/merge/i)
    }
    await updateArticle(db, secret.id, { embargoUntil: new Date(Date.now() - 1000) })
    expect((await look(link)).status).toBe(200)
  })

  test('of a digest that goes nowhere yet says so', async () => {
    const page = await look(await linkTo(await draft({ newsletterIds: [] })))
    expect([page.status, await page.text()]).toEqual([
      409,
      expect.stringContaining('It goes to no newsletter yet'),
    ])
  })
})
