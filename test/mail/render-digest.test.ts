import { beforeAll, describe, expect, test } from 'vitest'
import { renderDigest } from '../../src/actions/render-digest.ts'
import type { Block } from '../../src/domain/blocks.ts'
import { prepareMessage } from '../../src/mail/message.ts'
import { fillPieces } from '../../src/mail/render/slots.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { type Digest, findDigest } from '../../src/store/digests.ts'
import { addNewsletter, type Newsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { ana, joined } from './a-digest.ts'

const { services } = await openTestApp({ env: { PUBLIC_URL: 'http://localhost:3000' } })
const { db } = services

const aNewsletter = async (slug: string, values: Partial<Newsletter> = {}) =>
  (await addNewsletter(db, {
    slug,
    name: 'Morning Brief',
    language: 'en',
    timeZone: 'Europe/London',
    ...values,
  }))!

const aSavedDigest = async (blocks: Block[], text: Partial<Digest> = {}) =>
  (await findDigest(
    db,
    await addDigest(db, { subject: 'IBM leaves', preheader: '', newsletterIds: [], blocks, ...text }),
  ))!

async function rendered(digest: Digest, newsletter: Newsletter, options = {}) {
  const outcome = await renderDigest(services, digest, newsletter, options)
  if (outcome.kind !== 'rendered') throw new Error(JSON.stringify(outcome))
  return outcome
}

let story: number
let paper: number
let brief: Newsletter

beforeAll(async () => {
  await updatePublication(db, {
    name: 'The Ledger',
    postalAddress: '12 Printing House Yard',
    senderName: 'The Ledger',
    senderAddress: 'news@ledger.example',
    replyTo: 'desk@ledger.example',
  })
  story = (
    await addArticle(db, {
      title: 'IBM leaves facial recognition',
      standfirst: 'And asks to talk.',
      url: 'https://ledger.example/ibm',
      section: 'Leadership',
    })
  ).id
  paper = (
    await addArticle(db, {
      title: 'Cutting cloud waste',
      url: 'https://northwind.example/paper',
      kind: 'partner',
      sponsor: 'Northwind Ltd',
    })
  ).id
  brief = await aNewsletter('morning-brief')
})

describe('a digest as it is sent', () => {
  test('takes its stories, its newsletter’s sender, and its place in the archive', async () => {
    const digest = await aSavedDigest([
      { type: 'article', articleId: story },
      { type: 'seeAlso', articleIds: [story] },
      { type: 'partner', articleId: paper, sponsor: 'Northwind Ltd' },
    ])
    const { rendering, htmlSize } = await rendered(digest, brief, { dispatchId: 9 })
    expect(rendering).toMatchObject({
      newsletterId: brief.id,
      newsletterSlug: 'morning-brief',
      language: 'en',
      subject: 'IBM leaves',
      fromName: 'The Ledger',
      fromAddress: 'news@ledger.example',
      listId: 'morning-brief.localhost',
    })
    const html = fillPieces(rendering.html, ana, 'html')
    const text = fillPieces(rendering.text, ana, 'text')
    for (const form of [html, text])
      for (const words of [
        'IBM leaves facial recognition',
        'Advertisement · Northwind Ltd',
        `http://localhost:3000/archive/morning-brief/${digest.id}`,
        'http://localhost:3000/subscribe?newsletter=morning-brief',
        '12 Printing House Yard',
        ana.unsubscribeUrl,
      ])
        expect(form).toContain(words)
    expect(rendering.message.headers).toContain('Reply-To: desk@ledger.example\r\n')
    expect(rendering.message.headers).toContain('Feedback-ID: 9:morning-brief:digest:ledger.example\r\n')
    expect(htmlSize).toBeGreaterThan(html.length)
  })

  test('what is paid for is labelled wherever it was put', async () => {
    const html = async (blocks: Block[]) => {
      const { rendering } = await rendered(await aSavedDigest(blocks), brief)
      return [fillPieces(rendering.html, ana, 'html'), fillPieces(rendering.text, ana, 'text')] as const
    }
    const [page, text] = await html([{ type: 'article', articleId: paper }])
    for (const form of [page, text]) expect(form).toContain('Advertisement · Northwind Ltd')
    expect(page).toContain('href="https://northwind.example/paper" rel="sponsored"')
    const [list, lines] = await html([{ type: 'seeAlso', articleIds: [story, paper] }])
    expect(list).toContain(
      'Advertisement · Northwind Ltd: <a href="https://northwind.example/paper" rel="sponsored"',
    )
    expect(lines).toContain('- Advertisement · Northwind Ltd: Cutting cloud waste\n')
    expect(lines).toContain('- IBM leaves facial recognition\n')
  })

  test('a newsletter’s own sender and language come before the publication’s', async () => {
    const own = await aNewsletter('morgenpost', {
      name: 'Morgenpost',
      language: 'de',
      senderName: 'Die Morgenpost',
      senderAddress: 'post@ledger.example',
      replyTo: 'leser@ledger.example',
      archivePublic: false,
    })
    const digest = await aSavedDigest([{ type: 'text', markdown: 'Guten Morgen' }])
    const { rendering } = await rendered(digest, own, { date: new Date('2026-06-23T05:30:00Z') })
    expect(rendering).toMatchObject({
      fromName: 'Die Morgenpost',
      fromAddress: 'post@ledger.example',
      language: 'de',
    })
    expect(rendering.message.headers).toContain('Reply-To: leser@ledger.example\r\n')
    const text = fillPieces(rendering.text, ana, 'text')
    expect(text).toContain('Morgenpost · Dienstag, 23. Juni 2026')
    expect(text).toContain('Guten Tag Ana,')
    expect(text).not.toContain('/archive/')
  })

  test('a draft with nothing in it renders too', async () => {
    const { rendering } = await rendered(await aSavedDigest([], { subject: '' }), brief)
    expect(joined(await prepareMessage(rendering.message).for(ana)).toString()).toContain('Subject: \r\n')
  })

  test('what it says decides its hash; the boundary and the markers of a compile do not', async () => {
    const digest = await aSavedDigest([{ type: 'article', articleId: story }])
    const date = new Date()
    const [one, same] = [await rendered(digest, brief, { date }), await rendered(digest, brief, { date })]
    expect(one.rendering.html).toEqual(same.rendering.html)
    expect(one.rendering.hash).toBe(same.rendering.hash)
    const other = await rendered({ ...digest, subject: 'Another' }, brief, { date })
    expect(other.rendering.hash).not.toBe(one.rendering.hash)
  })

  test('a story that is gone is named', async () => {
    const digest = await aSavedDigest([])
    const blocks: Block[] = [{ type: 'divider' }, { type: 'seeAlso', articleIds: [story, 999_999] }]
    expect(await renderDigest(services, { ...digest, blocks }, brief)).toEqual({
      kind: 'faults',
      faults: [{ code: 'article-gone', block: 1, articleId: 999_999 }],
    })
  })
})
