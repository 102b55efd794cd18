import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { htmlLimit } from '../../src/domain/preflight/rendering.ts'
import type { DigestContent, FilledBlock } from '../../src/mail/render/digest-model.ts'
import { htmlSize } from '../../src/mail/render/size.ts'
import { fillPieces, neutralValues } from '../../src/mail/render/slots.ts'
import { aDigest, ana, aStory, compiled } from './a-digest.ts'

async function read(content: Partial<DigestContent> = {}, values = ana) {
  const { html, text } = await compiled(aDigest(content))
  const source = fillPieces(html, values, 'html')
  const { document } = parseHTML(source)
  const seen = document.body.textContent!.replace(/\s+/g, ' ')
  return { source, document, seen, text: fillPieces(text, values, 'text') }
}

const blocks = (...list: FilledBlock[]) => ({ blocks: list })
const hrefs = (document: Document, selector = 'a') =>
  [...document.querySelectorAll(selector)].map(link => link.getAttribute('href'))

describe('what it says', () => {
  test('masthead, date by the newsletter’s clock, and the blocks in order', async () => {
    const { document, seen } = await read({ date: new Date('2026-06-22T23:30:00Z') })
    expect(document.querySelector('h1')!.textContent).toBe('The Ledger')
    expect(seen).toContain('Morning Brief · Tuesday 23 June 2026')
    const order = [
      'Hello Ana,',
      'Leadership / Digital Transformation',
      'IBM leaves',
      'See also:',
      'Passkeys',
      'White papers',
      'Read all stories',
      'Unsubscribe',
    ]
    const places = order.map(words => seen.indexOf(words))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
  })

  test('the first story leads: picture across, credit, 26 px; others follow at 18 px', async () => {
    const { document, seen } = await read()
    const sizes = [...document.querySelectorAll('h3')].map(title => [
      title.textContent,
      /font-size:(\d+)px/.exec(title.getAttribute('style')!)![1],
    ])
    expect(sizes).toEqual([
      ['IBM leaves facial recognition', '26'],
      ['Passkeys reach the night shift', '18'],
      ['White paper: cutting cloud waste', '18'],
    ])
    const widths = [...document.querySelectorAll('img')].map(image => Number(image.getAttribute('width')))
    expect(widths[0]).toBe(552)
    expect(widths[1]).toBeLessThan(200)
    expect(seen).toContain('Picture: Jo Hart')
  })

  test('a section stands above its story unless the heading just said so', async () => {
    const { seen, text } = await read()
    expect(seen.match(/Leadership/g)).toHaveLength(1)
    expect(seen).toMatch(/Security\s+Passkeys/)
    expect(text).toMatch(/\nSecurity\nPasskeys/)
    const other = await read(
      blocks({ type: 'heading', text: 'Cloud' }, { type: 'article', article: aStory() }),
    )
    expect(other.seen).toMatch(/Leadership\s+IBM/)
  })

  test('paid content says so before its headline, in HTML and text, and its links are sponsored', async () => {
    for (const [language, label] of [
      ['en', 'Advertisement · Northwind Ltd'],
      ['de', 'Anzeige · Northwind Ltd'],
    ] as const) {
      const { document, seen, text } = await read({ newsletter: { ...aDigest().newsletter, language } })
      expect(seen).toMatch(new RegExp(`${label}\\s+White paper: cutting`))
      expect(text).toMatch(new RegExp(`^${label}\nWhite paper: cutting`, 'm'))
      expect(hrefs(document, 'a[rel=sponsored]')).toEqual(['https://northwind.example/paper'])
    }
  })

  test('a paid block is never the lead story, even when it comes first', async () => {
    const partner: FilledBlock = {
      type: 'partner',
      sponsor: 'Northwind Ltd',
      article: aStory({ title: 'Paid' }),
    }
    const { document } = await read(blocks(partner, { type: 'article', article: aStory({ title: 'Ours' }) }))
    const large = [...document.querySelectorAll('[style*="font-size:26px"]')].map(title => title.textContent)
    expect(large).toEqual(['Ours'])
  })

  test('the footer says who, why, and how to leave; all links are in the text too', async () => {
    const { document, seen, text } = await read()
    for (const words of ['12 Printing House Yard', 'You get Morning Brief because', 'Forwarded to you?'])
      for (const form of [seen, text]) expect(form).toContain(words)
    const targets = new Set(hrefs(document))
    expect([...targets]).toEqual(
      expect.arrayContaining([
        ana.unsubscribeUrl,
        ana.preferencesUrl,
        'https://ledger.example/archive/morning-brief/12',
        'https://ledger.example/subscribe?newsletter=morning-brief',
        'https://ledger.example/guide?a=1&b=2',
      ]),
    )
    for (const target of targets) expect(text).toContain(target!)
  })

  test('without a public archive there is no link into it', async () => {
    const { seen, text } = await read({ archiveUrl: undefined })
    for (const form of [seen, text]) expect(form).not.toContain('Read in browser')
  })

  test('in German all of it is German', async () => {
    const { document, seen, text } = await read({ newsletter: { ...aDigest().newsletter, language: 'de' } })
    expect(document.documentElement.getAttribute('lang')).toBe('de')
    for (const form of [seen, text.replace(/\s+/g, ' ')])
      for (const words of [
        'Guten Tag Ana,',
        'Dienstag, 23. Juni 2026',
        'Siehe auch:',
        'Abmelden',
        'Weitergeleitet bekommen?',
        'weil Sie sich auf ledger.example dafür angemeldet haben',
      ])
        expect(form).toContain(words)
    expect(seen).not.toMatch(/Unsubscribe|Hello|Advertisement|See also|You get/)
  })

  test('who wrote it stands below it, once "By" is there or not', async () => {
    const byline = async (byline: string, language: 'en' | 'de') => {
      const content = blocks({ type: 'article', article: aStory({ byline }) })
      return (await read({ ...content, newsletter: { ...aDigest().newsletter, language } })).seen
    }
    expect(await byline('Ana Lindqvist', 'en')).toMatch(/dialogue\. ?By Ana Lindqvist/)
    expect(await byline('By Ana Lindqvist', 'en')).toMatch(/dialogue\. ?By Ana Lindqvist/)
    expect(await byline('Ana Lindqvist', 'de')).toContain('Von Ana Lindqvist')
  })

  test('a note of the archive, and a story in another language', async () => {
    const note = 'From the archive: some pictures may be missing.'
    const { document, seen, text } = await read(
      blocks({ type: 'article', article: aStory({ note, title: 'Le Monde', language: 'fr' }) }),
    )
    for (const form of [seen, text]) expect(form).toContain(note)
    expect(document.querySelector('[lang=fr]')!.textContent).toBe('Le Monde')
  })
})

describe('how it is built', () => {
  test('language, direction, tables for layout only, a text for each picture', async () => {
    const { document, source } = await read()
    expect(document.documentElement.getAttribute('lang')).toBe('en')
    expect(document.documentElement.getAttribute('dir')).toBe('ltr')
    const tables = [...document.querySelectorAll('table')]
    expect(tables.length).toBeGreaterThan(10)
    for (const table of tables) expect(table.getAttribute('role')).toBe('presentation')
    for (const image of document.querySelectorAll('img')) expect(image.hasAttribute('alt')).toBe(true)
    expect(source).toMatch(/<meta name="color-scheme" content="light dark"/)
    expect(source).toContain('<!--[if mso')
    expect(document.title).toBe('IBM leaves facial recognition, asks to talk')
  })

  test('the preheader is hidden and padded; without one, the lead story’s standfirst', async () => {
    const hidden = async (preheader: string) => {
      const { document } = await read({ preheader })
      return document.querySelector('[style*="display:none"]')!.textContent!
    }
    expect(await hidden('What IBM said')).toMatch(/^What IBM said(\u034f\u200c\u00a0){60}$/)
    expect(await hidden('')).toMatch(/^The company ends general-purpose software/)
  })

  test('the text keeps to 72 columns, but for links', async () => {
    const { text } = await read(
      blocks(
        {
          type: 'text',
          markdown: `${'Grüße und Wörter '.repeat(30)}\n\n- ${'item '.repeat(40)}\n- two\n\n> ${'said '.repeat(40)}`,
        },
        { type: 'article', article: aStory({ title: 'A title that goes on and on '.repeat(6) }) },
      ),
    )
    for (const line of text.split('\n'))
      if (!line.includes('https://')) expect([...line].length, line).toBeLessThanOrEqual(74)
    expect(text).toMatch(/\n- item/)
    expect(text).toMatch(/\n {2}item/)
    expect(text).toMatch(/\n> said/)
  })

  test('a reader without a name is greeted without one', async () => {
    const { seen, text } = await read({}, { ...ana, name: ' ' })
    expect(seen).toMatch(/Hello, ?Good to have you/)
    expect(text).toContain('\nHello,\n')
  })

  test('a name is shown as typed, in its own direction', async () => {
    const hostile = await read({}, { ...ana, name: '<b>Ana</b> & "co"' })
    expect(hostile.seen).toContain('Hello <b>Ana</b> & "co",')
    const { document } = await read({}, { ...ana, name: 'דנה' })
    expect(document.querySelector('span[dir=auto]')!.textContent).toBe('דנה')
  })

  test('neutral values belong to nobody', async () => {
    const { document, text } = await read({}, { ...ana, ...neutralValues('https://ledger.example') })
    expect(hrefs(document)).toContain('https://ledger.example/preferences')
    expect(text).not.toMatch(/unsubscribe\/|Ana,/)
  })

  test('the size counts the longest values', async () => {
    const { html } = await compiled(aDigest())
    const size = htmlSize(html, 'https://ledger.example')
    expect(size).toBeGreaterThan(Buffer.byteLength(fillPieces(html, ana, 'html')))
    expect(size).toBeLessThan(50_000)
    const many = Array.from({ length: 60 }, (): FilledBlock => ({ type: 'article', article: aStory() }))
    const large = await compiled(aDigest({ blocks: many }))
    expect(htmlSize(large.html, 'https://ledger.example')).toBeGreaterThan(htmlLimit)
  })
})

const hostile = [
  '<script>alert(1)</script>',
  '{{ slots.unsubscribe }} {{ "x" | upcase }}',
  '{% for i in (1..9) %}x{% endfor %}{% raw %}',
  '<mj-include path="/etc/passwd" />',
  '<mj-raw><iframe src="//evil.example"></iframe></mj-raw></mj-text>',
  '"><img src=x onerror=alert(1)> \' onload=x',
  '<!-- <![endif]--> ]]> <![CDATA[ &lt;b&gt; &amp;amp; $& $1 \\0',
  'slot0x00000000000000000000000000000000 slot1x[0-9a-f]{32}',
]

describe('what must not be run', () => {
  test.each(hostile)('is shown as typed wherever it stands: %s', async words => {
    const story = aStory({
      title: `title ${words}`,
      standfirst: `standfirst ${words}`,
      section: `section ${words}`,
      byline: `byline ${words}`,
      note: `note ${words}`,
      imageUrl: 'https://ledger.example/x.jpg',
      imageAlt: `alt ${words}`,
      imageCredit: `credit ${words}`,
    })
    const { document, seen, text } = await read({
      subject: `subject ${words}`,
      preheader: `preheader ${words}`,
      publication: {
        ...aDigest().publication,
        name: `publication ${words}`,
        postalAddress: `street ${words}\ncity ${words}`,
      },
      newsletter: { ...aDigest().newsletter, name: `newsletter ${words}` },
      blocks: [
        { type: 'article', article: story },
        { type: 'heading', text: `heading ${words}` },
        { type: 'article', article: story },
        { type: 'seeAlso', articles: [{ ...story, title: `also ${words}` }] },
        { type: 'partner', sponsor: `sponsor ${words}`, article: story },
        { type: 'button', text: `button ${words}`, url: 'https://ledger.example/' },
      ],
    })
    const shown = words.replace(/\s+/g, ' ')
    for (const place of [
      'title',
      'standfirst',
      'section',
      'byline',
      'note',
      'credit',
      'preheader',
      'publication',
      'newsletter',
      'street',
      'heading',
      'also',
      'sponsor',
      'button',
    ]) {
      expect(seen, place).toContain(`${place} ${shown}`)
      if (place !== 'preheader' && place !== 'credit')
        expect(text.replace(/\s+/g, ' '), place).toContain(`${place} ${shown}`)
    }
    expect(document.title).toBe(`subject ${words}`)
    for (const image of document.querySelectorAll('img'))
      expect(image.getAttribute('alt')).toBe(`alt ${words}`)
    expectHarmless(document)
  })

  test.each([
    ...hostile,
    '[x](javascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '![x](https://evil.example/pixel.gif)',
    '<a href="javascript:alert(1)">x</a>',
    '<style>*{display:none}</style>',
    '[x](https://ledger.example/"onmouseover="alert(1))',
    '[x](//evil.example)',
    '`<script>alert(1)</script>`',
    '```\n<script>alert(1)</script>\n```',
    '<javascript:alert(1)>',
  ])('in a text block it neither runs nor is expanded: %s', async markdown => {
    const { document, seen } = await read(blocks({ type: 'text', markdown }))
    expectHarmless(document)
    if (hostile.slice(0, 4).includes(markdown)) expect(seen).toContain(markdown)
    expect(document.querySelectorAll('img')).toHaveLength(0)
    for (const href of hrefs(document)) expect(href).toMatch(/^(https?:|mailto:)/)
  })

  function expectHarmless(document: Document) {
    expect(
      document.querySelectorAll('script, iframe, object, form, link, base, mj-raw, mj-include'),
    ).toHaveLength(0)
    for (const element of document.querySelectorAll('*'))
      for (const { name } of element.attributes) expect(name).not.toMatch(/^on/)
    expect(document.querySelectorAll('style').length).toBeLessThan(10)
    expect(document.querySelector('a[href*="/unsubscribe/"]')!.textContent).toBe('Unsubscribe')
    expect(document.querySelectorAll('a[href*="/unsubscribe/"]')).toHaveLength(1)
  }

  test('Markdown is set as Markdown', async () => {
    const { document } = await read(
      blocks({
        type: 'text',
        markdown: '**bold** and *soft*\n\n1. one\n2. two\n\n> said\n\n# Title\n\n[us](mailto:a@b.example)',
      }),
    )
    for (const selector of ['strong', 'em', 'ol > li', 'blockquote', 'h4', 'a[href="mailto:a@b.example"]'])
      expect(document.querySelector(selector), selector).not.toBeNull()
  })

  test('a picture or logo that is not on the web is left out', async () => {
    const { document } = await read({
      publication: { ...aDigest().publication, logoUrl: 'javascript:alert(1)' },
      blocks: [{ type: 'article', article: aStory({ imageUrl: 'javascript:alert(1)' }) }],
    })
    expect(document.querySelectorAll('img')).toHaveLength(0)
    expect(document.querySelector('h1')!.textContent).toBe('The Ledger')
  })
})

test('the logo stands for the name, and says it where pictures are off', async () => {
  const { document } = await read({
    publication: { ...aDigest().publication, logoUrl: 'https://ledger.example/logo.png' },
  })
  expect(document.querySelector('h1 img')!.getAttribute('alt')).toBe('The Ledger')
})
