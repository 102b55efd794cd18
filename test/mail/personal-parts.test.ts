import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import type { PersonalValues } from '../../src/domain/rendering.ts'
import { prepareMessage } from '../../src/mail/message.ts'
import { fillPieces, neutralValues } from '../../src/mail/render/slots.ts'
import { feedContent } from '../../src/web/public/feed-content.ts'
import { aDigest, aMessage, ana, aStory, compiled, joined } from './a-digest.ts'

const withText = (...markdown: string[]) =>
  aDigest({ blocks: markdown.map(text => ({ type: 'text' as const, markdown: text })) })

/** What a reader of this name sees of a text block, as its HTML and as plain text. */
async function read(markdown: string, name = 'Ana') {
  // The first block greets by itself.
  const { html, text } = await compiled(withText('First.', markdown))
  const values = { ...ana, name }
  return {
    html: fillPieces(html, values, 'html').split('First.')[1]!,
    text: fillPieces(text, values, 'text').split('First.')[1]!.trim(),
  }
}

test('a reader’s name stands where it was asked for, in HTML and in text, as often as it was', async () => {
  const markdown = 'Dear {{ name }}, **{{name|friend}}** and [{{ name | you }}](https://ledger.example/you).'
  const { html, text } = await read(markdown)
  expect(html).toContain('Dear Ana, <strong>Ana</strong> and <a href="https://ledger.example/you"')
  expect(html).toContain('>Ana</a>.')
  expect(text).toContain('Dear Ana, Ana and Ana [1].')
})

test('who gave no name gets the words after the bar, or nothing and no space before it', async () => {
  const nobody = async (markdown: string) => {
    const { html, text } = await read(markdown, '  ')
    expect(html).toContain(text.split('\n')[0])
    return text.split('\n')[0]
  }
  expect(await nobody('Dear {{ name | friend of the house }}, come in.')).toBe(
    'Dear friend of the house, come in.',
  )
  expect(await nobody('Dear {{ name }}, come in.')).toBe('Dear, come in.')
  expect(await nobody('Dear {{ name | }}, come in.')).toBe('Dear, come in.')
  expect(await nobody('{{ name | Friend }}, come in.')).toBe('Friend, come in.')
})

test('its greeting is as it was, and the name may follow within', async () => {
  const { html, text } = await compiled(withText('For {{ name | you }} alone.'))
  const [page, lines] = [fillPieces(html, ana, 'html'), fillPieces(text, ana, 'text')]
  expect(page).toContain('Hello Ana,</p>')
  expect(page).toContain('For Ana alone.')
  expect(lines).toContain('Hello Ana,\n\nFor Ana alone.')
})

const literal = [
  '{{ Name }}',
  '{{ email }}',
  '{{ name.first }}',
  '{{ name | upcase | downcase }}',
  `{{ name | ${'x'.repeat(61)} }}`,
  '{{ name | a {b} }}',
  '{ { name } }',
  '{{ names }}',
  '{{ slots.unsubscribe }}',
  '{{}}',
]

test.each(literal)('all else in braces stays as it was typed: %s', async markdown => {
  const { html, text } = await read(markdown)
  expect(html).toContain(markdown)
  expect(text.split('\n\n')[0]!.replace('\n', ' ')).toBe(markdown)
})

test('a name does not get into an address, nor into code, nor where it was escaped', async () => {
  const { html } = await read(
    '[go](https://ledger.example/?to={{name}}) https://ledger.example/{{name}} `{{ name }}` \\{{ name }}',
  )
  expect(html.match(/Ana/g)).toBeNull()
  expect(html).toContain('href="https://ledger.example/?to=%7B%7Bname%7D%7D"')
  expect(html.match(/\{\{ name \}\}/g)).toHaveLength(2)
})

test('a story’s own words are never read for it', async () => {
  const words = '{{ name }} and {{ name | friend }}'
  const story = aStory({ title: `T ${words}`, standfirst: `S ${words}`, byline: words, note: words })
  const { html, text } = await compiled(
    aDigest({
      publication: { ...aDigest().publication, footer: `Us: ${words}` },
      blocks: [
        { type: 'heading', text: words },
        { type: 'article', article: story },
        { type: 'partner', sponsor: words, article: story },
        { type: 'seeAlso', articles: [story] },
        { type: 'button', text: words, url: 'https://ledger.example/' },
      ],
    }),
  )
  for (const pieces of [html, text]) expect(JSON.stringify(pieces)).not.toContain('"slot":"name')
  // Title, standfirst, byline and note of the story, the paid one without a byline, the list, and the preheader.
  expect(fillPieces(html, ana, 'html').split(words).length - 1).toBe(13)
})

const names = [
  '<b>Ana</b> & "co"',
  'דנה כהן',
  '.dot first',
  'From Russia',
  '=3D {{ name }} $& $1',
  `${'Wolfeschlegelsteinhausenbergerdorff '.repeat(6)}Senior`,
  'Jürgen 👩‍🚀',
]

describe.each([...names, ''])('in a whole message, for a reader called %j', name => {
  const markdown =
    '{{ name | .דנה <i>x</i> }} first. Then {{ name }}{{ name | =C3 }}.\n\nFrom {{ name | From }} and\n{{ name | . }}\n\n- {{ name | b & c }}\n- last {{ name | z }}'
  const values: PersonalValues = { ...ana, name }

  test('both parts say just what was rendered, and keep to the lines that mail allows', async () => {
    const content = withText('First.', markdown)
    // As the database keeps it.
    const kept = JSON.parse(JSON.stringify(await aMessage(content)))
    const source = joined(await prepareMessage(kept).for(values))
    const mail = await PostalMime.parse(source)
    const { html, text } = await compiled(content)
    expect(mail.html!.trimEnd()).toBe(fillPieces(html, values, 'html').trimEnd())
    expect(mail.text!.trimEnd()).toBe(fillPieces(text, values, 'text').trimEnd())
    expect(mail.html).not.toMatch(/<b>|<i>|slot\d/)
    for (const line of source.toString('latin1').split('\r\n')) expect(line).toMatch(/^(?!\.).{0,998}$/)
  })
})

test('a name that runs the other way turns nothing around it', async () => {
  const { html, text } = await read('Dear {{ name }}, ({{ name | דנה }}) 3 stories.', 'דנה')
  expect(html.match(/<span dir="auto">דנה<\/span>/g)).toHaveLength(2)
  expect(text).toContain('Dear \u2068דנה\u2069, (\u2068דנה\u2069) 3 stories.')
})

test('archive and feed show what is said to a reader without a name', async () => {
  const { html } = await compiled(withText('First.', 'Dear {{ name | friend }}, dear {{ name }}.'))
  expect(fillPieces(html, neutralValues('https://ledger.example'), 'html')).toContain('Dear friend, dear.')
  const feed = feedContent(
    [{ type: 'text', markdown: 'Dear {{ name | <i>friend</i> }}, dear {{ name }}. {{ other }}' }],
    new Map(),
    { language: 'en', timeZone: 'UTC', corrected: new Map() },
  )
  expect(feed.trim()).toBe('<p>Dear &lt;i&gt;friend&lt;/i&gt;, dear. {{ other }}</p>')
})

test('plain text breaks its lines as if names were short', async () => {
  const { text } = await read(`${'word '.repeat(12)}{{ name | friend }} ${'word '.repeat(30)}`)
  const [first] = text.split('\n')
  expect(first!.length).toBeGreaterThan(58)
})
