import { expect, test } from 'vitest'
import { readArticle } from '../../src/reading/article.ts'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { localSite } from './local-site.ts'

const publicUrl = 'https://news.example.com'

async function read(page: Parameters<typeof localSite>[0][string], options: { timeoutMs?: number } = {}) {
  const site = await localSite({ '/2020/story': page })
  const fetcher = nodeFetcher({ allow: [site.hostPort], publicUrl })
  const outcome = await readArticle(`${site.url}/2020/story?from=home#top`, { fetcher, ...options })
  return { site, outcome, article: outcome.kind === 'read' ? outcome.article : undefined }
}

const linked = (...things: unknown[]) =>
  things.map(thing => `<script type="application/ld+json">${JSON.stringify(thing)}</script>`).join('')

const page = (head: string, body = '') =>
  `<!doctype html><html lang="en-GB"><head>${head}</head><body>${body}</body></html>`

test('a report on facial recognition gives all that a digest needs', async () => {
  const { site, article } = await read(
    page(
      `<title>IBM quits facial recognition - The Trade Paper</title>
       <link rel="canonical" href="/2020/story">
       <meta property="og:title" content="IBM quits facial recognition and warns of &ldquo;mass surveillance&rdquo;">
       <meta property="og:image" content="/media/letter-1200x675.jpg">
       <meta property="og:site_name" content="The Trade Paper">
       <meta property="og:locale" content="en_GB">
       <meta property="article:published_time" content="2020-06-09T07:45:00+01:00">
       <meta property="article:section" content="Leadership / Digital Transformation">
       <meta name="author" content="By Staff Writer">
       <meta name="description" content="Arvind Krishna told Congress by letter that the company  is out of the business.">`,
      `<h1>IBM quits facial recognition</h1>
       <figure><img src="/media/letter.jpg" alt="A letter on a desk"><figcaption>The letter.
       <span class="photo-credit">Photo: Ana Ruiz</span></figcaption></figure>
       <p>The letter to Congress, published late on Monday 8 June, says that IBM no longer offers the software.</p>`,
    ),
  )
  expect(article).toEqual({
    title: 'IBM quits facial recognition and warns of “mass surveillance”',
    standfirst: 'Arvind Krishna told Congress by letter that the company is out of the business.',
    url: `${site.url}/2020/story`,
    byline: 'Staff Writer',
    section: 'Leadership / Digital Transformation',
    publishedAt: new Date('2020-06-09T06:45:00Z'),
    imageUrl: `${site.url}/media/letter-1200x675.jpg`,
    imageAlt: 'A letter on a desk',
    imageCredit: 'Photo: Ana Ruiz',
    language: 'en-GB',
    sourceName: 'The Trade Paper',
  })
})

test('JSON-LD goes before Open Graph, field by field', async () => {
  const { article, site } = await read(
    page(
      `<meta property="og:title" content="Open Graph's title">
       <meta property="og:description" content="Open Graph's standfirst">
       <meta property="article:section" content="Cloud">
       ${linked({
         '@context': 'https://schema.org',
         '@type': 'NewsArticle',
         headline: 'The linked title',
         author: [{ '@type': 'Person', name: 'Ana Ruiz' }, { name: 'Ben Okafor' }, 'Ana Ruiz'],
         datePublished: '2026-03-02T06:30:00Z',
         image: [{ '@type': 'ImageObject', url: '/a.png', caption: 'Racks', creditText: 'Ben Okafor' }],
         publisher: { '@type': 'Organization', name: 'The Ledger' },
         inLanguage: 'de',
       })}`,
    ),
  )
  expect(article).toMatchObject({
    title: 'The linked title',
    standfirst: "Open Graph's standfirst",
    section: 'Cloud',
    byline: 'Ana Ruiz, Ben Okafor',
    publishedAt: new Date('2026-03-02T06:30:00Z'),
    imageUrl: `${site.url}/a.png`,
    imageAlt: 'Racks',
    imageCredit: 'Ben Okafor',
    language: 'de',
    sourceName: 'The Ledger',
  })
})

const story = { '@type': 'Article', headline: 'Found' }
test.each([
  ['in a list', linked([{ '@type': 'BreadcrumbList', name: 'Not this' }, story])],
  ['in a graph', linked({ '@graph': [{ '@type': 'WebPage', name: 'Not this' }, story] })],
  ['in a page', linked({ '@type': 'WebPage', name: 'Not this', mainEntity: story })],
  ['in the second script', linked({ '@type': 'Organization', name: 'Not this' }, story)],
  [
    'after a broken script',
    `<script type="application/ld+json">{"@type": "Article", </script>${linked(story)}`,
  ],
  ['with several types', linked({ ...story, '@type': ['Thing', 'http://schema.org/BlogPosting'] })],
  [
    'with a line break inside a string',
    `<script type="application/ld+json; charset=utf-8">{"@type":"Article","headline":"\nFound"}</script>`,
  ],
  ['inside a comment', `<script type="application/ld+json"><!-- ${JSON.stringify(story)} --></script>`],
  [
    'as the one that names this page',
    linked([
      { ...story, headline: 'A related one', url: 'http://127.0.0.1/other' },
      { ...story, mainEntityOfPage: { '@id': '/2020/story' }, url: 'HERE' },
    ]),
  ],
])('finds a story %s', async (_where, scripts) => {
  const { article } = await read((request, response) => {
    const here = `http://${request.headers.host}/2020/story/`
    response.writeHead(200, { 'content-type': 'text/html' }).end(page(scripts.replace('HERE', here)))
  })
  expect(article?.title).toBe('Found')
})

test('follows references inside a graph', async () => {
  const { article } = await read(
    page(
      linked({
        '@graph': [
          { '@type': 'NewsArticle', headline: 'Title', author: { '@id': '#ana' }, image: { '@id': '#pic' } },
          { '@type': 'Person', '@id': '#ana', name: 'Ana Ruiz' },
          { '@type': 'ImageObject', '@id': '#pic', contentUrl: 'https://example.com/p.png' },
        ],
      }),
    ),
  )
  expect(article).toMatchObject({ byline: 'Ana Ruiz', imageUrl: 'https://example.com/p.png' })
})

test('what a hostile title holds are characters, nothing more', async () => {
  const nasty = '<script>alert(1)</script> {{ 7 * 7 }} {% raw %} <mj-include path="x"> & \u0007\u202e"quoted"'
  const safe = '<script>alert(1)</script> {{ 7 * 7 }} {% raw %} <mj-include path="x"> & "quoted"'
  const json = JSON.stringify({ '@type': 'Article', headline: nasty }).replaceAll('<', '\\u003c')
  const encoded = nasty.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  for (const head of [
    `<script type="application/ld+json">${json}</script>`,
    `<meta property="og:title" content="${encoded}">`,
    `<title>${encoded}</title>`,
  ]) {
    const { article } = await read(page(head))
    expect(article?.title).toBe(safe)
  }
})

test('texts are plain, of one line, and not endless', async () => {
  const { article } = await read(
    page(
      linked({
        '@type': 'Article',
        headline: `Fish &amp; chips\r\n <b>cost</b>&nbsp;more than 2 < 3 ${'and more '.repeat(60)}`,
        description: `<p>One <a href="https://example.com">link</a>.</p><p>Two.<br/>Three.</p> ${'\u{1F41F}'.repeat(400)}`,
        author: `${'Ana Ruiz and '.repeat(40)}`,
      }),
    ),
  )
  expect(article?.title).toMatch(/^Fish & chips cost more than 2 < 3 and more .* (and|more)…$/)
  expect(article?.title.length).toBeLessThanOrEqual(300)
  expect(article?.standfirst).toMatch(/^One link\. Two\. Three\. \u{1F41F}+…$/u)
  expect(article?.standfirst.length).toBeLessThanOrEqual(600)
  expect(article?.byline.length).toBeLessThanOrEqual(200)
})

test('a page without mark-up for machines is read as people read it', async () => {
  const words = 'The ledger moved twice, once on paper and once for good, and nobody at the counter noticed. '
  const { article, site } = await read(
    page(
      '<title>What a bank learned from moving its ledger twice | The Ledger</title>',
      `<div class="nav"><a href="/">Home</a></div>
       <article><h1>What a bank learned from moving its ledger twice</h1>
       <p class="byline" rel="author">Ana Ruiz</p><figure><img data-src="vault.png" src="data:image/gif;base64,R0" alt="A vault"></figure>
       ${`<p>${words.repeat(4)}</p>`.repeat(6)}</article>`,
    ),
  )
  expect(article).toMatchObject({
    title: 'What a bank learned from moving its ledger twice',
    byline: 'Ana Ruiz',
    imageUrl: `${site.url}/2020/vault.png`,
    imageAlt: 'A vault',
    sourceName: '127.0.0.1',
  })
  expect(article?.standfirst).toMatch(/^The ledger moved twice/)
})

test('a page with nothing but a title and a description is still a story', async () => {
  const { article } = await read('<title>Only this</title><meta name="description" content="And that">')
  expect(article).toMatchObject({
    title: 'Only this',
    standfirst: 'And that',
    imageUrl: null,
    publishedAt: null,
  })
})

test('a page without any title is none', async () => {
  expect((await read(page('', '<p>Hello</p>'))).outcome).toEqual({ kind: 'no-story' })
  expect((await read('')).outcome).toEqual({ kind: 'no-story' })
  expect((await read('{"error": "not here"}')).outcome).toEqual({ kind: 'no-story' })
})

test.each([
  ['its own', '/2020/the-story#part', (url: string) => `${url}/2020/the-story`],
  ['one of another site', 'https://evil.example/2020/story', (url: string) => `${url}/2020/story?from=home`],
  ['one with a script', 'javascript:alert(1)', (url: string) => `${url}/2020/story?from=home`],
  ['the front page', '/', (url: string) => `${url}/2020/story?from=home`],
])('of canonical URLs, %s', async (_which, canonical, expected) => {
  const { article, site } = await read(page(`<title>T</title><link rel="canonical" href="${canonical}">`))
  expect(article?.url).toBe(expected(site.url))
})

test.each([
  'javascript:alert(1)',
  'data:image/png;base64,AAAA',
  'file:///etc/passwd',
  'http://a:b@example.com/x.png',
])('no picture comes from %s', async url => {
  const { article } = await read(
    page(`<title>T</title><meta property="og:image" content="${url}">${linked({ ...story, image: url })}`),
  )
  expect(article?.imageUrl).toBeNull()
})

test('a picture that cannot be used gives way to the next source', async () => {
  const { article } = await read(
    page(
      `${linked({ ...story, image: 'data:,x' })}<meta property="og:image" content="//cdn.example.com/x.png">`,
    ),
  )
  expect(article?.imageUrl).toBe('http://cdn.example.com/x.png')
})

test.each([
  ['2020-06-09', '2020-06-09T00:00:00Z'],
  ['2020-06-09T10:00', '2020-06-09T10:00:00Z'],
  ['2020-06-09 10:00:05.123', '2020-06-09T10:00:05Z'],
  ['2020-06-09T10:00:00+0200', '2020-06-09T08:00:00Z'],
  ['Tue, 09 Jun 2020 10:00:00 GMT', '2020-06-09T10:00:00Z'],
  ['June 9, 2020', '2020-06-09T00:00:00Z'],
  ['+275760-09-13T00:00:00Z', null],
  ['2020-13-45', null],
  ['yesterday', null],
])('the date "%s" means %s', async (text, date) => {
  const { article } = await read(page(linked({ ...story, datePublished: text })))
  expect(article?.publishedAt).toEqual(date && new Date(date))
})

const umlauts = '<title>Für “Größe” 5 €</title>'
const windows1252 = Buffer.from(
  umlauts.replace('“', '\x93').replace('”', '\x94').replace('€', '\x80'),
  'latin1',
)
const sent = (type: string | undefined, body: Uint8Array) =>
  read((_request, response) => response.writeHead(200, type ? { 'content-type': type } : {}).end(body))
test.each([
  ['the header', 'text/html; charset=windows-1252', windows1252],
  ['the header, as ISO 8859-1', 'text/html;charset="ISO-8859-1"', windows1252],
  ['the page', 'text/html', Buffer.concat([Buffer.from('<meta charset=iso-8859-1>'), windows1252])],
  [
    'the page, the old way',
    'text/html',
    Buffer.concat([
      Buffer.from(`<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">`),
      windows1252,
    ]),
  ],
  ['nobody', 'text/html', windows1252],
  ['nobody, as UTF-8', 'text/html', Buffer.from(umlauts)],
  ['nobody, not even its type', undefined, Buffer.from(umlauts)],
  ['a byte order mark against the header', 'text/html; charset=latin1', Buffer.from(`\ufeff${umlauts}`)],
  ['a byte order mark of UTF-16', 'text/html', Buffer.from(`\ufeff${umlauts}`, 'utf16le')],
  ['the header, as UTF-16', 'text/html; charset=utf-16le', Buffer.from(umlauts, 'utf16le')],
  ['a UTF-16 mark, big end first', 'text/html', Buffer.from(`\ufeff${umlauts}`, 'utf16le').swap16()],
  ['a name that nobody knows', 'text/html; charset=klingon', Buffer.from(umlauts)],
])('characters are right when told by %s', async (_who, type, body) => {
  expect((await sent(type, body)).article?.title).toBe('Für “Größe” 5 €')
})

test.each([
  ['a picture', 'image/png', Buffer.from(umlauts)],
  ['JSON', 'application/json', Buffer.from('{}')],
  [
    'a picture that calls itself a page',
    'text/html',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]),
  ],
  ['a PDF that calls itself a page', 'text/html', Buffer.from('%PDF-1.7\n%âãÏÓ')],
  ['a program without a type', undefined, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])],
])('%s is no page', async (_what, type, body) => {
  expect((await sent(type, body)).outcome).toEqual({ kind: 'not-html', contentType: type ?? null })
})

test('what people paste', async () => {
  const site = await localSite({ '/s': '<title>Here</title>' })
  const fetcher = nodeFetcher({ allow: [site.hostPort], publicUrl })
  const of = async (text: string) => readArticle(text, { fetcher })
  expect(await of(`  ${site.url}/s\n`)).toMatchObject({ kind: 'read' })
  expect(await of('')).toEqual({ kind: 'not-a-url' })
  expect(await of('the IBM story')).toEqual({ kind: 'not-a-url' })
  expect(await of('http://')).toEqual({ kind: 'not-a-url' })
  expect(await of('javascript:alert(1)')).toEqual({ kind: 'scheme', scheme: 'javascript' })
  expect(await of('no-such-name.invalid/story')).toEqual({
    kind: 'unknown-host',
    host: 'no-such-name.invalid',
  })
  expect(await of(`${site.url}/gone`)).toEqual({ kind: 'refused', status: 404 })
})

test('limits hold from end to end', async () => {
  const slow = await read((_request, response) => void response.write('<title>'), { timeoutMs: 200 })
  expect(slow.outcome).toEqual({ kind: 'timeout' })
  const large = await read(`<title>T</title>${' '.repeat(6_000_000)}`)
  expect(large.outcome).toEqual({ kind: 'too-large', maxBytes: 5_000_000 })
})

test.each([
  ['deep', '<div>'.repeat(900_000)],
  ['deep and wide', `${'<div>'.repeat(195)}${'<p>a, b'.repeat(600_000)}`],
  ['of brackets alone', '<'.repeat(4_900_000)],
  ['of entities', `<p>${'&amp;'.repeat(900_000)}`],
  ['of attributes', `<p ${Array.from({ length: 500_000 }, (_, i) => `a${i}=1`).join(' ')}>`],
  ['of white space', `<script type="application/ld+json">{${' '.repeat(4_800_000)}x`],
  ['of lists in lists', `<script type="application/ld+json">${'['.repeat(4_800_000)}</script>`],
])('a hostile page that is %s costs seconds, not minutes', async (_how, body) => {
  const started = performance.now()
  const { article } = await read(`<title>Still read</title>${body}`)
  expect(article?.title).toBe('Still read')
  expect(performance.now() - started).toBeLessThan(15_000)
})
