import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { correctStory } from '../../src/actions/correct-story.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { startMailServer } from '../support/mail-server.ts'
import { addReaders, openNewsletters, openNewsroom, sendNow } from '../support/sending.ts'
import { withSenders } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/** A site, and a sender on its database, that mails to a server of its own. */
async function openHouse() {
  const site = await openTestApp()
  const server = await startMailServer()
  const config = { smtpConnections: 2, dkim: { domain: 'bulletin.example', selector: 'autumn', privateKey } }
  const room = openNewsroom({ databaseUrl: site.databaseUrl, smtpUrl: server.url, config })
  atEnd(() => room.close())
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, 12, [morning!])
  return { site, server, room, morning: morning!, db: site.services.db }
}

type House = Awaited<ReturnType<typeof openHouse>>

/** A digest with each way in which a story stands in one. */
async function sendStories({ room, server, morning, db }: House) {
  const add = (title: string) => addArticle(db, { title, url: `https://news.example/${title}?a=1&b=2` })
  const [lead, further] = [await add('lead'), await add('further')]
  const paid = await addArticle(db, {
    title: 'paid',
    url: 'https://northwind.example/paper',
    kind: 'partner',
    sponsor: 'Northwind Ltd',
  })
  const digest = await addDigest(db, {
    subject: 'Links',
    preheader: '',
    newsletterIds: [morning],
    blocks: [
      { type: 'article', articleId: lead.id },
      { type: 'partner', articleId: paid.id, sponsor: 'Northwind Ltd' },
      { type: 'seeAlso', articleIds: [further.id, lead.id] },
      { type: 'text', markdown: 'More on [our site](https://bulletin.example/more).' },
      { type: 'button', text: 'All', url: 'https://bulletin.example/all' },
    ],
  })
  await withSenders(room, [{}], sender => sendNow(room, digest, sender))
  const mails = await Promise.all(
    server.received.map(async ({ source }) => ({ source, ...(await PostalMime.parse(source)) })),
  )
  return { digest, lead, further, paid, mails }
}

/** Where the story links of a document lead, each once, in order. */
const linksIn = (text: string) => [
  ...new Set([...text.matchAll(/http:\/\/localhost:3000(\/l\/[\w.-]+)/g)].map(match => match[1]!)),
]

const impersonal = (text: string) =>
  text.replace(/Reader \d+/g, 'Reader').replace(/\/(unsubscribe|preferences)\/[\w.=-]+/g, '/$1/')

test('links of stories lead over us, the same for all, and follow a correction after they were mailed', async () => {
  const house = await openHouse()
  const { site, room, db } = house
  await updatePublication(db, { correctableLinks: true, countClicks: true })
  const { digest, lead, mails } = await sendStories(house)
  expect(mails).toHaveLength(12)
  expect(new Set(mails.map(mail => impersonal(mail.html!))).size).toBe(1)
  expect(new Set(mails.map(mail => impersonal(mail.text!))).size).toBe(1)
  const [{ html, text, source }] = mails as [(typeof mails)[0]]
  for (const document of [html!, text!]) {
    expect(linksIn(document)).toHaveLength(3)
    expect(document).not.toMatch(/news\.example|northwind\.example/)
    expect(document).toContain('https://bulletin.example/all')
    expect(document).toContain('https://bulletin.example/more')
  }
  expect(linksIn(html!).toSorted()).toEqual(linksIn(text!).toSorted())
  expect(Math.max(...linksIn(html!).map(link => link.length))).toBeLessThan(45)
  const resolver = async () => [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]]
  const { results } = await dkimVerify(Buffer.from(source), { resolver })
  expect(results[0]?.status).toMatchObject({ result: 'pass', aligned: 'bulletin.example' })

  const [first, second] = linksIn(html!) as [string, string]
  const follow = async (path: string) => (await site.request(path)).headers.get('location')
  expect(await follow(first)).toBe('https://news.example/lead?a=1&b=2')
  expect(await follow(second)).toBe('https://northwind.example/paper')
  await until('both clicks', async () => (await room.raw`select from link_clicks`).length === 2)
  const archive = async () => (await site.request(`/archive/morning/${digest}`)).text()
  expect(await archive()).toContain('href="https://news.example/lead?a=1&amp;b=2"')
  expect(linksIn(await archive())).toEqual([])

  const outcome = await correctStory(site.services, {
    digestId: digest,
    articleId: lead.id,
    change: { url: 'https://news.example/right?x=1&y=2', note: 'The link led to another story.' },
    by: { kind: 'service' },
  })
  expect(outcome.kind).toBe('corrected')
  expect(await follow(first)).toBe('https://news.example/right?x=1&y=2')
  expect(await archive()).toContain('href="https://news.example/right?x=1&amp;y=2"')
  expect(linksIn(await archive())).toEqual([])

  await updatePublication(db, { correctableLinks: false, countClicks: false })
  await room.raw`delete from articles where id = ${lead.id}`
  expect(await follow(first)).toBe('https://news.example/right?x=1&y=2')
  const rows = await room.raw`select clicks from link_clicks order by article_id`
  expect(rows.map(row => row.clicks)).toEqual([2, 1])
})

test('by themselves links lead straight to their stories', async () => {
  const house = await openHouse()
  const { mails, digest } = await sendStories(house)
  expect(linksIn(mails[0]!.source)).toEqual([])
  expect(mails[0]!.html).toContain('href="https://news.example/lead?a=1&amp;b=2"')
  expect(mails[0]!.text).toContain('https://northwind.example/paper')
  const rows = await house.room.raw`select correctable, counted from sent_stories where digest_id = ${digest}`
  expect(rows).toHaveLength(3)
  expect(rows.every(row => !row.correctable && !row.counted)).toBe(true)
})
