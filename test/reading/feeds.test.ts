import { describe, expect, test } from 'vitest'
import { readFeed } from '../../src/reading/feed.ts'
import { findFeeds } from '../../src/reading/find-feeds.ts'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { localSite } from './local-site.ts'

const publicUrl = 'https://news.example.com'
type Page = Parameters<typeof localSite>[0][string]

async function read(body: Page, type = 'application/xml') {
  const page: Page =
    typeof body === 'function'
      ? body
      : (_request, response) => response.writeHead(200, { 'content-type': type }).end(body)
  const site = await localSite({ '/news/feed': page })
  const fetcher = nodeFetcher({ allow: [site.hostPort], publicUrl })
  const outcome = await readFeed(new URL(`${site.url}/news/feed`), { fetcher })
  return { site, outcome, feed: outcome.kind === 'feed' ? outcome.feed : undefined }
}

const entriesOf = async (body: Page, type?: string) => (await read(body, type)).feed?.entries

test('RSS 2.0 as WordPress writes it gives all that a digest needs', async () => {
  const { feed, site } = await read(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Trade Paper</title><atom:link href="https://example.com/feed/" rel="self"/><link>https://example.com</link>
<language>en-gb</language><ttl>60</ttl>
<item>
  <title>IBM quits facial recognition &#038; warns of &#8220;mass surveillance&#8221;</title>
  <link>/2020/ibm/?utm_source=rss&amp;page=2&amp;utm_medium=feed#comments</link>
  <dc:creator><![CDATA[Ana Ruiz]]></dc:creator>
  <pubDate>Tue, 09 Jun 2020 07:45:00 +0100</pubDate>
  <category><![CDATA[Leadership & Change]]></category><category>Law</category>
  <guid isPermaLink="false">https://example.com/?p=1234</guid>
  <description><![CDATA[<p>Arvind Krishna told <em>Congress</em> by letter &hellip;</p><p>The post <a href="x">IBM quits</a> appeared first on <a href="y">The Trade Paper</a>.</p>]]></description>
  <content:encoded><![CDATA[<p>Long.</p><img src="/dot.gif" width="1" height="1"><img src="/body.jpg" alt="no">]]></content:encoded>
  <media:content url="/small.jpg" medium="image" width="150"/>
  <media:content url="/large.jpg?a=1&amp;b=2" medium="image" width="1200"><media:credit>Ben Okafor</media:credit><media:description>A letter on a desk</media:description></media:content>
  <media:content url="/film.mp4" medium="video" width="4000"/>
</item></channel></rss>`)
  expect(feed).toEqual({
    title: 'The Trade Paper',
    ttl: 3_600_000,
    entries: [
      {
        key: 'https://example.com/?p=1234',
        title: 'IBM quits facial recognition & warns of “mass surveillance”',
        standfirst: 'Arvind Krishna told Congress by letter …',
        url: `${site.url}/2020/ibm/?page=2`,
        byline: 'Ana Ruiz',
        section: 'Leadership & Change',
        publishedAt: new Date('2020-06-09T06:45:00Z'),
        imageUrl: `${site.url}/large.jpg?a=1&b=2`,
        imageAlt: 'A letter on a desk',
        imageCredit: 'Ben Okafor',
        language: 'en-GB',
      },
    ],
  })
})

test('RSS 0.91 and RSS 1.0, with the older words of Dublin Core', async () => {
  const old = await entriesOf(
    `<rss version="0.91"><channel><title>Old</title><link>http://example.com/</link><language>en</language>
     <item><title>A mill</title><link>http://example.com/mill</link><description>Its waste.</description></item></channel></rss>`,
  )
  expect(old).toMatchObject([
    { title: 'A mill', standfirst: 'Its waste.', key: 'http://example.com/mill', publishedAt: null },
  ])
  const rdf = await entriesOf(
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
     <channel rdf:about="http://example.com/"><title>Older</title><link>http://example.com/</link><dc:language>de</dc:language></channel>
     <item rdf:about="http://example.com/a"><title>Die Mühle</title><link>http://example.com/a</link><description>Ihr Abwasser.</description>
     <dc:creator>Ida Berg</dc:creator><dc:subject>Wirtschaft</dc:subject><dc:date>2026-03-02T06:30:00+01:00</dc:date></item></rdf:RDF>`,
  )
  expect(rdf).toMatchObject([
    {
      key: 'http://example.com/a',
      title: 'Die Mühle',
      byline: 'Ida Berg',
      section: 'Wirtschaft',
      language: 'de',
      publishedAt: new Date('2026-03-02T05:30:00Z'),
    },
  ])
})

test('Atom, with XHTML, relative addresses under xml:base and a picture in the story', async () => {
  const entries = await entriesOf(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.com/blog/" xml:lang="en">
     <title>Blog</title><id>urn:x</id><updated>2026-03-02T06:30:00Z</updated>
     <entry><title type="html">Less &lt;b&gt;more&lt;/b&gt;</title><id>tag:example.com,2026:1</id>
       <link rel="replies" href="replies/1"/><link rel="alternate" type="text/html" href="1"/>
       <category term="cloud" label="Cloud"/><author><name>Ana Ruiz</name></author><author><name>Ben Okafor</name></author>
       <published>2026-03-01T06:30:00Z</published><updated>2026-03-02T06:30:00Z</updated>
       <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It is <em>so</em>.</p><img src="racks.png" alt="Racks"/></div></content>
     </entry></feed>`,
    'application/atom+xml',
  )
  expect(entries).toMatchObject([
    {
      key: 'tag:example.com,2026:1',
      url: 'https://example.com/blog/1',
      title: 'Less more',
      standfirst: 'It is so.',
      byline: 'Ana Ruiz, Ben Okafor',
      section: 'Cloud',
      publishedAt: new Date('2026-03-01T06:30:00Z'),
      imageUrl: 'https://example.com/blog/racks.png',
      imageAlt: 'Racks',
      language: 'en',
    },
  ])
})

test('JSON Feed, and a note without a title', async () => {
  const entries = await entriesOf(
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Notes',
      language: 'de',
      items: [
        {
          id: '7',
          url: '/7',
          title: 'Sieben',
          summary: 'Eine Zahl.',
          image: '/7.png',
          tags: ['Zahlen'],
          authors: [{ name: 'Ida Berg' }],
          date_published: '2026-03-01T06:30:00Z',
        },
        { id: '8', url: '/8', content_html: '<p>Only a note, of one line.</p><script>alert(1)</script>' },
      ],
    }),
    'application/feed+json',
  )
  expect(entries).toMatchObject([
    {
      key: '7',
      title: 'Sieben',
      standfirst: 'Eine Zahl.',
      section: 'Zahlen',
      byline: 'Ida Berg',
      language: 'de',
    },
    { key: '8', title: 'Only a note, of one line.', standfirst: '' },
  ])
})

test.each([
  ['an enclosure', '<enclosure url="http://example.com/a.jpg" type="image/jpeg" length="1"/>'],
  ['a thumbnail', '<media:thumbnail url="http://example.com/a.jpg"/>'],
  ['a group', '<media:group><media:content url="http://example.com/a.jpg" type="image/jpeg"/></media:group>'],
  ['iTunes', '<itunes:image href="http://example.com/a.jpg"/>'],
  ['the description', '<description>&lt;img src="http://example.com/a.jpg"&gt; Text</description>'],
  [
    'a lazy picture',
    '<content:encoded>&lt;img src="data:image/gif;base64,x" data-src="http://example.com/a.jpg"&gt;</content:encoded>',
  ],
])('a picture comes from %s', async (_where, more) => {
  const entries = await entriesOf(
    `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>
     <item><title>A</title><link>http://example.com/a</link><enclosure url="http://example.com/a.mp3" type="audio/mpeg" length="1"/>${more}</item></channel></rss>`,
  )
  expect(entries?.[0]?.imageUrl).toBe('http://example.com/a.jpg')
})

const item = (inner: string) => `<item>${inner}</item>`
const channel = (inner: string) => `<rss version="2.0"><channel><title>x</title>${inner}</channel></rss>`
const storyWith = (inner: string) =>
  channel(item(`<title>A</title><link>http://example.com/a</link>${inner}`))

describe('what is broken or hostile', () => {
  test('harms no story beside it', async () => {
    const entries = await entriesOf(
      channel(
        [
          '<title>No link</title>',
          '<title>Script</title><link>javascript:alert(1)</link>',
          '<title>File</title><link>file:///etc/passwd</link>',
          '<title>Password</title><link>http://ana:secret@example.com/</link>',
          '<title></title><link>http://example.com/nothing</link>',
          '<title>Same id</title><link>http://example.com/1</link><guid>http://example.com/</guid>',
          '<title>Same id too</title><link>http://example.com/2</link><guid>http://example.com/</guid>',
          '<title>Twice</title><link>http://example.com/3</link><guid isPermaLink="false">3</guid>',
          '<title>Twice</title><link>http://example.com/3?utm_campaign=x</link><guid isPermaLink="false">4</guid>',
          '<title>Bell\u0007 &#0; <b>and</b> <![CDATA[<script>alert(1)</script>]]>\r\n next</title><link>http://example.com/4</link>',
          `<title>Long</title><link>http://example.com/5</link><guid isPermaLink="false">${'é'.repeat(1900)}</guid>`,
          '<title>Address</title><guid>http://example.com/6</guid>',
          '<title>AT&T <br> & more</title><link>http://example.com/7?a=1&b=2</link>',
        ]
          .map(item)
          .join(''),
      ),
    )
    expect(entries?.map(({ key, title, url }) => [key.slice(0, 22), title, url])).toEqual([
      ['http://example.com/1', 'Same id', 'http://example.com/1'],
      ['http://example.com/2', 'Same id too', 'http://example.com/2'],
      ['3', 'Twice', 'http://example.com/3'],
      [
        'http://example.com/4',
        expect.stringContaining('<script>alert(1)</script> next'),
        'http://example.com/4',
      ],
      [expect.stringMatching(/^sha256:/), 'Long', 'http://example.com/5'],
      ['http://example.com/6', 'Address', 'http://example.com/6'],
      ['http://example.com/7?a', 'AT&T & more', 'http://example.com/7?a=1&b=2'],
    ])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    for (const entry of entries!) expect(entry.title).not.toMatch(/[\u0000-\u001f]/)
  })

  test('is read where it can be: cut off, in Latin-1, under a wrong type', async () => {
    const cut = channel(item('<title>Whole</title><link>http://example.com/1</link>')).slice(0, -20)
    expect(await entriesOf(cut, 'text/plain')).toMatchObject([{ title: 'Whole' }])
    const latin = Buffer.from(
      `<?xml version="1.0" encoding="ISO-8859-1"?>${storyWith('<category>Grüße</category>')}`,
      'latin1',
    )
    expect(await entriesOf(latin, 'text/xml')).toMatchObject([{ section: 'Grüße' }])
    const wrong = await entriesOf(latin, 'text/xml; charset=utf-8')
    expect(wrong).toMatchObject([{ title: 'A', section: 'Gr\ufffd\ufffde' }])
  })

  test('entities of a document type are not expanded', async () => {
    const entries = await entriesOf(
      `<!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>${channel(item('<title>x &b; &c; y</title><link>http://example.com/1</link>'))}`,
    )
    expect(entries?.[0]?.title).toBe('x &b; &c; y')
  })

  test.each([
    ['a page', '<!doctype html><title>x</title><rss>'],
    ['nothing', ''],
    ['JSON of its own', '{"items": []}'],
    ['broken JSON', '{"version": "https://jsonfeed.org/version/1.1", "items": ['],
    ['a sitemap', '<urlset><url><loc>http://example.com/</loc></url></urlset>'],
    ['noise', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))],
  ])('%s is no feed', async (_what, body) => {
    expect((await read(body)).outcome.kind).toBe('no-feed')
  })

  const full = (unit: string, most = 5_000_000 - 1000) => unit.repeat(Math.floor(most / unit.length))
  const named = (unit: (n: number) => string) =>
    Array.from({ length: 250_000 }, (_, n) => unit(n))
      .join('')
      .slice(0, 4_900_000)

  test.each<[string, () => string]>([
    [
      '100,000 items',
      () =>
        channel(
          Array.from({ length: 100_000 }, (_, n) => `<item><link>http://e.com/${n}</link></item>`)
            .join('')
            .slice(0, 4_900_000),
        ),
    ],
    ['nesting', () => channel(full('<a>'))],
    ['nesting in a story', () => storyWith(`<description>${full('&lt;div&gt;')}</description>`)],
    ['brackets for an author', () => storyWith(`<author>${full('(')}</author>`)],
    [
      'many authors of brackets',
      () =>
        channel(
          full(
            item(
              `<title>A</title><link>http://e.com/</link>${`<author>${'('.repeat(300)}</author>`.repeat(100)}`,
            ),
          ),
        ),
    ],
    ['unclosed elements', () => channel(full('<item><title>'))],
    ['unclosed comments', () => channel(full('<!--'))],
    ['attributes of many names', () => channel(`<item ${named(n => ` a${n}="b"`)}/>`)],
    ['elements of many names', () => channel(named(n => `<a${n}/>`))],
    ['namespaces', () => channel(`<item ${named(n => ` xmlns:a${n}="b"`)}/>`)],
    ['entities', () => `<!DOCTYPE rss [${full('<!ENTITY a "&b;&b;">')}]>${channel('')}`],
    ['lists in JSON', () => `{"version": "https://jsonfeed.org/version/1.1", "items": ${full('[')}`],
  ])('5 MB of %s cost seconds, not minutes', async (_what, make) => {
    const body = make()
    const start = performance.now()
    const { outcome } = await read(body)
    expect(performance.now() - start).toBeLessThan(8000)
    if (outcome.kind === 'feed') expect(outcome.feed.entries.length).toBeLessThanOrEqual(1000)
    else expect(outcome.kind).toBe('no-feed')
  })

  test('50 MB and endless redirects are refused', async () => {
    const endless: Page = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' })
      const more = () => void (response.writable && response.write('<item>'.repeat(10_000), more))
      more()
    }
    expect((await read(endless)).outcome).toEqual({ kind: 'too-large', maxBytes: 5_000_000 })
    const loop: Page = (_request, response) => response.writeHead(301, { location: '/news/feed' }).end()
    expect((await read(loop)).outcome).toMatchObject({ kind: 'unreachable', reason: 'too-many-redirects' })
  })
})

describe('the feeds of a page', () => {
  const feed = (title: string) => channel('').replace('<title>x', `<title>${title}`)
  const find = async (pages: Parameters<typeof localSite>[0], path = '/') => {
    const site = await localSite(pages)
    return {
      site,
      outcome: await findFeeds(`${site.url}${path}`, {
        fetcher: nodeFetcher({ allow: [site.hostPort], publicUrl }),
      }),
    }
  }
  const link = (href: string, title = '', type = 'application/rss+xml') =>
    `<link rel="alternate" type="${type}" title="${title}" href="${href}">`

  test('one that it names is the feed', async () => {
    const { outcome, site } = await find({
      '/': `<html>${link('news.xml')}${link('/wp-json/1', '', 'application/json')}`,
      '/news.xml': feed('News'),
    })
    expect(outcome).toMatchObject({ kind: 'found', found: { feed: { title: 'News' } } })
    expect(outcome.kind === 'found' && outcome.found.url.href).toBe(`${site.url}/news.xml`)
  })

  test('of several the editor chooses; what is no address on the web is not among them', async () => {
    const { outcome, site } = await find({
      '/': `<base href="/de/">${link('a.xml', 'Alle &amp; alles')}${link('b.xml', 'B', 'application/atom+xml')}${link('javascript:alert(1)')}${link('a.xml', 'again')}`,
    })
    expect(outcome).toEqual({
      kind: 'several',
      candidates: [
        { url: `${site.url}/de/a.xml`, title: 'Alle & alles' },
        { url: `${site.url}/de/b.xml`, title: 'B' },
      ],
    })
  })

  test('where it names none, the usual places are asked', async () => {
    const { outcome } = await find({ '/about': '<html>About us', '/feed.xml': feed('Hidden') }, '/about')
    expect(outcome).toMatchObject({ kind: 'found', found: { feed: { title: 'Hidden' } } })
    const none = await find({ '/': '<html>Nothing here' })
    expect(none.outcome.kind).toBe('no-feed')
  })
})
