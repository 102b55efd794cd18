import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { articleInput } from '../../src/domain/article.ts'
import { blocks } from '../../src/domain/blocks.ts'
import { isSlug } from '../../src/domain/newsletter.ts'
import { type SampleArticle, sampleArticles } from '../../src/sample/articles.ts'
import { sample } from '../../src/sample/content.ts'
import { daysBefore } from '../../src/sample/days.ts'
import type { SampleBlock } from '../../src/sample/digests.ts'

const folder = fileURLToPath(new URL('../../src/web/assets/sample/', import.meta.url))
const articles: [string, SampleArticle][] = Object.entries(sampleArticles)
const keys = articles.map(([key]) => key)
const digests = [sample.draft, ...sample.editions]

/** What the inserting code makes of a block once the stories have ids. */
function withIds(block: SampleBlock) {
  const id = (key: string) => keys.indexOf(key) + 1
  if (block.type === 'article') return { type: block.type, articleId: id(block.article) }
  if (block.type === 'partner') return { ...block, article: undefined, articleId: id(block.article) }
  if (block.type === 'seeAlso') return { type: block.type, articleIds: block.articles.map(id) }
  return block
}

test.each(articles)('the story %s could have been written by an editor', (_key, article) => {
  const { publishedDaysAgo, image, ...rest } = article
  const written = articleInput.safeParse({ ...rest, imageUrl: `https://example.com/${image}.png` })
  expect(written.error?.issues).toBeUndefined()
  expect(article.url).toMatch(/^https:\/\/www\.example\.com\//)
  expect([
    article.title,
    article.standfirst,
    article.section,
    article.byline,
    article.imageAlt,
  ]).not.toContain('')
  expect(article.standfirst.match(/[.?!”]( |$)/g)?.length).toBeLessThanOrEqual(3)
  expect(article.sponsor !== null).toBe(article.kind === 'partner')
})

test('each story has a picture of its own, 1200 by 675, of at most 60 KB', () => {
  const files = readdirSync(folder).sort()
  expect(files).toEqual(articles.map(([, { image }]) => `${image}.png`).sort())
  for (const file of files) {
    const png = readFileSync(folder + file)
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 675])
    expect(png.length).toBeLessThanOrEqual(60_000)
  }
})

test.each(digests)('the digest "$subject" is a digest', digest => {
  expect(
    blocks.safeParse(digest.blocks.map(block => JSON.parse(JSON.stringify(withIds(block))))).success,
  ).toBe(true)
  const slugs = sample.newsletters.map(newsletter => newsletter.slug)
  expect(slugs.every(isSlug)).toBe(true)
  expect(slugs).toEqual(expect.arrayContaining(digest.newsletters))
  expect(digest.blocks.find(block => block.type === 'article' || block.type === 'partner')?.type).toBe(
    'article',
  )
})

test('what is paid for stands in a paid block, in a newsletter that says so', () => {
  for (const { blocks: list, newsletters } of digests)
    for (const block of list) {
      const named = block.type === 'seeAlso' ? block.articles : 'article' in block ? [block.article] : []
      const paid = named.filter(key => sampleArticles[key].kind === 'partner')
      expect(paid).toEqual(block.type === 'partner' ? [block.article] : [])
      if (paid.length === 0) continue
      for (const slug of newsletters)
        expect(sample.newsletters.find(newsletter => newsletter.slug === slug)?.carriesAdvertising).toBe(true)
    }
})

test('days are counted back to one on which the newsletter goes out', () => {
  const sunday = new Date('2026-11-22T09:00:00Z')
  expect(daysBefore(sunday, 2)).toEqual(new Date('2026-11-20T09:00:00Z'))
  expect(daysBefore(sunday, 0, [7])).toEqual(sunday)
  expect(daysBefore(sunday, 1, [1, 2, 3, 4, 5])).toEqual(new Date('2026-11-20T09:00:00Z'))
  expect(daysBefore(sunday, 4, [4])).toEqual(new Date('2026-11-12T09:00:00Z'))
})
