import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { preflight } from '../../src/actions/preflight.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import type { Config } from '../../src/config.ts'
import { accentColours, contrast } from '../../src/domain/accent.ts'
import type { Block } from '../../src/domain/blocks.ts'
import type { Finding } from '../../src/domain/preflight/finding.ts'
import { renderingFindings } from '../../src/domain/preflight/rendering.ts'
import { contentFindings as contentWords } from '../../src/domain/words/findings-content.ts'
import { mailFindings as mailWords } from '../../src/domain/words/findings-mail.ts'
import { senderFindings as senderWords } from '../../src/domain/words/findings-sender.ts'
import { addArticle, type NewArticle, updateArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { type Digest, findDigest } from '../../src/store/digests.ts'
import { addNewsletter, type Newsletter, updateNewsletter } from '../../src/store/newsletters.ts'
import { type Publication, updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders } from '../support/sending.ts'

const here = await openTestApp()
const { db } = here.services
const hour = 3_600_000

let daily: Newsletter
let weekly: Newsletter
let story: number
let second: number
let paper: number

const written = async (values: Partial<NewArticle> = {}) =>
  (
    await addArticle(db, {
      title: 'A picture of the harbour',
      url: `https://ledger.example/${crypto.randomUUID()}`,
      standfirst: 'In short.',
      ...values,
    })
  ).id

beforeAll(async () => {
  await updatePublication(db, fit)
  daily = (await addNewsletter(db, { slug: 'daily', name: 'Daily', timeZone: 'UTC' }))!
  weekly = (await addNewsletter(db, { slug: 'weekly', name: 'Weekly', timeZone: 'UTC' }))!
  await addReaders(here.raw, 1, [daily.id, weekly.id])
  story = await written({
    title: 'IBM leaves',
    imageUrl: 'https://ledger.example/a.png',
    imageAlt: 'A camera',
  })
  second = await written({ title: 'A second' })
  paper = await written({ title: 'Cutting cloud waste', kind: 'partner', sponsor: 'Northwind Ltd' })
})

const fit: Partial<Publication> = {
  name: 'The Ledger',
  senderAddress: 'desk@ledger.example',
  postalAddress: '12 Paper Lane & Sons\nLondon EC1',
  accent: '#8a1c1c',
  sample: false,
  footer: '',
}

type Draft = { subject: string; preheader: string; blocks: Block[]; newsletterIds: number[] }

const sound = (): Draft => ({
  subject: 'IBM leaves facial recognition',
  preheader: 'And asks Congress to talk',
  blocks: [
    { type: 'heading', text: 'News' },
    { type: 'article', articleId: story },
    { type: 'text', markdown: 'Hello {{ name | reader }}, see [us](https://ledger.example/us).' },
    { type: 'partner', articleId: paper, sponsor: 'Northwind Ltd' },
    { type: 'divider' },
    { type: 'seeAlso', articleIds: [second] },
    { type: 'button', text: 'More', url: 'https://ledger.example/more' },
  ],
  newsletterIds: [daily.id, weekly.id],
})

async function digestOf(draft: Partial<Draft> = {}): Promise<Digest> {
  return (await findDigest(db, await addDigest(db, { ...sound(), ...draft })))!
}

const look = async (draft: Partial<Draft> = {}, services = here.services): Promise<Finding[]> =>
  preflight(services, await digestOf(draft))

/** Blocks in the place of the sound ones, with a story at their end. */
const holding = (...blocks: Block[]): Partial<Draft> => ({
  blocks: [...blocks, { type: 'article', articleId: story }],
})
/** The sound blocks, with more after them. */
const further = (...blocks: Block[]): Partial<Draft> => ({ blocks: [...sound().blocks, ...blocks] })
const heading = (text: string): Block => ({ type: 'heading', text })
const text = (markdown: string): Block => ({ type: 'text', markdown })
const article = (articleId: number): Block => ({ type: 'article', articleId })

test('a sound digest has nothing to mend, and nothing to look at', async () => {
  expect(await look()).toEqual([])
})

type Case = {
  level: Finding['level']
  where?: Finding['where']
  facts?: object
  draft: () => Promise<Partial<Draft>> | Partial<Draft>
}
const blockAt = (block: number, field?: string) => ({
  where: { block, ...(field && { field }) } as Finding['where'],
})

const content: Record<string, Case> = {
  'no-readers': {
    level: 'warning',
    facts: { newsletter: 'nobody' },
    async draft() {
      const nobody = (await addNewsletter(db, { slug: 'nobody', name: 'Nobody' }))!
      return { newsletterIds: [daily.id, nobody.id] }
    },
  },
  'no-newsletters': { level: 'error', draft: () => ({ newsletterIds: [] }) },
  'no-subject': { level: 'error', where: { field: 'subject' }, draft: () => ({ subject: ' ' }) },
  'subject-long': {
    level: 'warning',
    where: { field: 'subject' },
    facts: { characters: 61, limit: 60 },
    draft: () => ({ subject: '😀'.repeat(61) }),
  },
  'no-preheader': { level: 'warning', where: { field: 'preheader' }, draft: () => ({ preheader: '' }) },
  'preheader-long': {
    level: 'warning',
    where: { field: 'preheader' },
    draft: () => ({ preheader: 'x'.repeat(101) }),
  },
  'preheader-repeats-subject': {
    level: 'warning',
    where: { field: 'preheader' },
    draft: () => ({ preheader: 'ibm leaves facial recognition ' }),
  },
  'no-article': { level: 'error', draft: () => ({ blocks: [text('Hello')] }) },
  'missing-articles': {
    level: 'error',
    facts: { articleIds: [999_999] },
    draft: () => further(article(999_999)),
  },
  placeholder: {
    level: 'error',
    ...blockAt(0, 'text'),
    facts: { text: 'TK' },
    draft: () => holding(heading('Interview with TK')),
  },
  'template-code': {
    level: 'error',
    ...blockAt(0, 'markdown'),
    facts: { text: '{{ first_name }}' },
    draft: () => holding(text('Dear {{ first_name }}')),
  },
  'empty-section': {
    level: 'warning',
    ...blockAt(7),
    facts: { heading: 'Last' },
    draft: () => further(heading('Last'), { type: 'divider' }),
  },
  'empty-slot': {
    level: 'warning',
    ...blockAt(7),
    facts: { section: 'Nowhere' },
    draft: () => further({ type: 'newest', section: 'Nowhere', count: 2 }),
  },
  'only-elsewhere': {
    level: 'warning',
    ...blockAt(7),
    facts: { newsletter: 'weekly' },
    draft: () => ({ ...further({ ...text('Hello'), only: 'weekly' }), newsletterIds: [daily.id] }),
  },
  'same-story-twice': {
    level: 'warning',
    ...blockAt(7),
    facts: { title: 'A second' },
    draft: () => further(article(second)),
  },
  'already-sent': {
    level: 'warning',
    ...blockAt(7),
    facts: { newsletter: 'weekly' },
    async draft() {
      const id = await written({ title: 'Last week' })
      await sent({ blocks: [article(id)], newsletterIds: [weekly.id] })
      return further(article(id))
    },
  },
  embargo: {
    level: 'error',
    ...blockAt(7),
    draft: async () => further(article(await written({ embargoUntil: new Date(Date.now() + hour) }))),
  },
  'no-sponsor': {
    level: 'error',
    ...blockAt(7, 'sponsor'),
    draft: async () => further(article(await written({ kind: 'partner', sponsor: ' ' }))),
  },
  'paid-first': {
    level: 'error',
    ...blockAt(1),
    draft: () => ({ blocks: [heading('News'), article(paper), article(story)] }),
  },
  'picture-without-description': {
    level: 'warning',
    ...blockAt(7),
    draft: async () =>
      further(
        article(
          await written({ imageUrl: 'https://ledger.example/b.png', imageAlt: 'a  picture of the harbour.' }),
        ),
      ),
  },
}

const mail: Record<string, Case> = {
  'link-unusable': {
    level: 'error',
    ...blockAt(0, 'markdown'),
    draft: () => holding(text('[here](/story)')),
  },
  'link-not-https': {
    level: 'warning',
    ...blockAt(0, 'markdown'),
    draft: () => holding(text('www.ledger.example')),
  },
  'link-shortened': {
    level: 'warning',
    ...blockAt(0, 'url'),
    facts: { host: 'bit.ly' },
    draft: () => holding({ type: 'button', text: 'Go', url: 'https://bit.ly/abc' }),
  },
  'html-too-large': {
    level: 'error',
    facts: { newsletter: 'daily', limit: 100_000 },
    draft: () =>
      further(text('word '.repeat(3900)), ...Array.from({ length: 5 }, () => text('word '.repeat(3900)))),
  },
}

/** A server that is not this machine, and all that it demands. */
const outside = (more: Partial<Config> = {}): typeof here.services => ({
  ...here.services,
  config: {
    ...here.services.config,
    publicUrl: 'https://news.ledger.example',
    transport: {
      kind: 'smtp',
      server: { by: 'smtp', url: 'smtps://mx.example' },
      host: 'mx.example',
      local: false,
    },
    dkim: { domain: 'ledger.example', selector: 'news', privateKey: '' },
    ...more,
  },
})

const hoursAgo = (hours: number) => new Date(Date.now() - hours * hour).toISOString().slice(11, 16)

/** The house is changed around the sound digest. */
const sender: Record<
  string,
  {
    level: Finding['level']
    facts?: object
    config?: Partial<Config>
    publication?: Partial<Publication>
    weekly?: Partial<Newsletter>
  }
> = {
  'outside-hours': {
    level: 'warning',
    facts: { newsletter: 'weekly', timeZone: 'UTC' },
    weekly: { sendsFrom: hoursAgo(4), sendsUntil: hoursAgo(2) },
  },
  'public-url-not-https': { level: 'error', config: { publicUrl: 'http://ledger.example' } },
  'sender-missing': { level: 'error', facts: { newsletter: 'daily' }, publication: { senderAddress: '' } },
  'postal-address-missing': { level: 'error', publication: { postalAddress: ' ' } },
  'sample-publication': { level: 'error', publication: { sample: true } },
  'from-not-aligned': {
    level: 'error',
    facts: { newsletter: 'weekly', from: 'a@other.example' },
    weekly: { senderAddress: 'a@other.example' },
  },
  'no-dkim': { level: 'warning', config: { dkim: undefined } },
  'accent-weak': {
    level: 'warning',
    facts: { accent: '#e0b060', contrast: 1.9 },
    publication: { accent: '#e0b060' },
  },
}

afterEach(async () => {
  await updatePublication(db, fit)
  await updateNewsletter(db, weekly.id, { sendsFrom: null, sendsUntil: null, senderAddress: null })
})

describe('what is found, its level and its place', () => {
  test.each(Object.entries({ ...content, ...mail }))('%s', async (code, { level, where, facts, draft }) => {
    const found = (await look(await draft())).filter(one => one.code === code)
    expect(found[0]).toMatchObject({ code, level, ...(where && { where }), ...facts })
    expect(found.every(one => one.level === level)).toBe(true)
  })

  test.each(Object.entries(sender))('%s', async (code, { level, facts, config, ...house }) => {
    expect(await look({}, outside())).toEqual([])
    if (house.publication) await updatePublication(db, house.publication)
    if (house.weekly) await updateNewsletter(db, weekly.id, house.weekly)
    const found = (await look({}, outside(config))).find(one => one.code === code)
    expect(found).toMatchObject({ code, level, ...facts })
  })

  test('every code is in one of these tables, or in the tests of links, DNS, templates and times', () => {
    const elsewhere = [
      // test/newsroom
      'not-approved',
      'audience-newsletter-gone',
      'audience-digest-unknown',
      'recent-mail',
      'link-redirects',
      'link-dead',
      'link-unknown-host',
      'link-not-checked',
      'links-not-reached',
      'not-rendered',
      'html-nearly-too-large',
      'no-text-part',
      'no-unsubscribe-link',
      'no-imprint',
      'time-is-past',
      'spf-missing',
      'spf-several',
      'dkim-missing',
      'dkim-other-key',
      'dmarc-missing',
      'dmarc-several',
      'dns-not-checked',
    ]
    const words = [contentWords, mailWords, senderWords]
    const known = words.flatMap(({ en }) => Object.keys(en))
    const tested = [content, mail, sender].flatMap(table => Object.keys(table))
    expect([...tested, ...elsewhere].toSorted()).toEqual(known.toSorted())
    expect(words.flatMap(({ de }) => Object.keys(de)).toSorted()).toEqual(known.toSorted())
  })

  test('errors come first, and within them what is about all of it before its blocks', async () => {
    const found = await look({
      ...further(heading('XXX'), text('[a](b) lorem  IPSUM')),
      preheader: '',
      subject: '',
    })
    expect(found.map(({ level, code, where }) => [level, code, where?.block])).toEqual([
      ['error', 'no-subject', undefined],
      ['error', 'placeholder', 7],
      ['error', 'placeholder', 8],
      ['error', 'link-unusable', 8],
      ['warning', 'no-preheader', undefined],
    ])
  })
})

const codesOf = (found: readonly Finding[]) => found.map(({ level, code }) => `${level} ${code}`)

describe('what is to be written yet', () => {
  const inText = async (markdown: string, more: Partial<Draft> = {}) =>
    codesOf(await look({ ...holding(text(markdown)), ...more }))

  test.each([
    'TK',
    'see TKTK.',
    '(TK)',
    'XXX',
    'a XXXX b',
    'Lorem\nipsum dolor',
    '{% if %}',
    'a }} b',
    '{{',
    '{{ name',
  ])('%j is an error where an editor typed it', async typed => {
    expect((await inText(typed))[0]).toMatch(/^error (placeholder|template-code)$/)
  })

  test.each(['TKO', 'aTK', 'tk', 'XX', 'XXXL', 'xxx', 'lorem', '{{ name }}', '{{name|you & me}}', '{ a } %'])(
    '%j is not',
    async typed => {
      expect(await inText(typed)).toEqual([])
    },
  )

  test.each([
    '`{{ name }}`',
    '{{ name | a | b }}',
    '{{ Name }}',
    `{{ name | ${'x'.repeat(61)} }}`,
    '{{ name }} {{',
  ])('%j looks like the reader’s name, and is not filled in', async typed => {
    expect(await inText(typed)).toEqual(['error template-code'])
  })

  test('the name is filled in text blocks alone', async () => {
    expect(codesOf(await look({ subject: 'Hello {{ name }}' }))).toEqual(['error template-code'])
    expect(codesOf(await look(holding(heading('{{ name }}'))))).toEqual(['error template-code'])
    const own: Block = { type: 'article', articleId: story, title: 'For {{ name }}' }
    expect(codesOf(await look({ blocks: [own] }))).toEqual(['error template-code'])
  })

  test('a story’s own text may mean it, and is only pointed at', async () => {
    const title = 'Vue writes {{ message }}, XXX and TK'
    const id = await written({ title })
    expect(codesOf(await look(holding(article(id))))).toEqual([
      'warning placeholder',
      'warning placeholder',
      'warning template-code',
    ])
    const renamed: Block = { type: 'article', articleId: id, title: 'Vue 4' }
    expect(codesOf(await look(holding(renamed)))).toEqual([])
  })

  test('TK is an insurer in German, and no mark of a gap', async () => {
    await updateNewsletter(db, weekly.id, { language: 'de' })
    const german = { newsletterIds: [weekly.id] }
    expect(await inText('Die TK zahlt', german)).toEqual(['warning placeholder'])
    expect(await inText('Die XXX zahlt', german)).toEqual(['error placeholder'])
    expect(await inText('TK')).toEqual(['error placeholder'])
    await updateNewsletter(db, weekly.id, { language: 'en' })
  })
})

describe('what each newsletter’s readers get', () => {
  const forWeekly = <B extends Block>(block: B): B => ({ ...block, only: 'weekly' })

  test('a section may be empty for some of them', async () => {
    const found = await look(further(heading('Extra'), forWeekly(text('More'))))
    expect(found).toMatchObject([
      { code: 'empty-section', heading: 'Extra', newsletter: 'daily', where: { block: 7 } },
    ])
    expect(await look(further(forWeekly(heading('Extra')), forWeekly(text('More'))))).toEqual([])
  })

  test('two blocks for different readers are no repetition, two for the same are', async () => {
    const once = { ...article(await written()), only: 'daily' }
    expect(await look(further(once, forWeekly(once)))).toEqual([])
    expect(codesOf(await look(further(once, { ...once, only: undefined })))).toEqual([
      'warning same-story-twice',
    ])
  })

  test('two stories with one address are the same story', async () => {
    const url = 'https://ledger.example/same'
    const [a, b] = [await written({ url }), await written({ url: `${url}/?utm_source=mail#top` })]
    expect(codesOf(await look(further(article(a), article(b))))).toEqual(['warning same-story-twice'])
  })

  test('an advertisement leads nowhere, however it came first, unless there is nothing else', async () => {
    const partner: Block = { type: 'partner', articleId: paper, sponsor: 'Northwind Ltd' }
    expect(codesOf(await look({ blocks: [partner, article(story)] }))).toEqual(['error paid-first'])
    expect(codesOf(await look({ blocks: [forWeekly(partner), article(story)] }))).toEqual([
      'error paid-first',
    ])
    const onlyDaily = { ...article(story), only: 'daily' }
    expect(codesOf(await look({ blocks: [onlyDaily, partner, article(second)] }))).toEqual([
      'error paid-first',
    ])
    expect(codesOf(await look({ blocks: [article(story), partner] }))).toEqual([])
    expect(codesOf(await look({ blocks: [partner] }))).toEqual([])
  })

  test('a slot that fills itself fills its section, and takes the slot’s place', async () => {
    await written({ section: 'Opinion', title: 'A view', imageUrl: 'https://ledger.example/v.png' })
    const slot: Block = { type: 'newest', section: 'opinion', count: 3 }
    expect(await look(further(heading('Opinion'), slot))).toMatchObject([
      { code: 'picture-without-description', title: 'A view', where: { block: 8 } },
    ])
    expect(codesOf(await look({ blocks: [slot] }))).toEqual(['warning picture-without-description'])
  })
})

test('a picture that says nothing needs no description; the headline of this digest is none', async () => {
  const pictured = { imageUrl: 'https://ledger.example/c.png', imageAlt: 'Ships at dawn' }
  const id = await written(pictured)
  expect(await look(further(article(id)))).toEqual([])
  const own: Block = { type: 'article', articleId: id, title: 'Ships at Dawn' }
  expect(codesOf(await look(further(own)))).toEqual(['warning picture-without-description'])
  await updateArticle(db, id, { imageDecorative: true, imageAlt: '' })
  expect(await look(further(article(id)))).toEqual([])
})

test.each([
  ['/story', 'relative'],
  ['#part', 'relative'],
  ['story.html', 'relative'],
  ['//ledger.example/', 'relative'],
  ['javascript:alert(1)', 'scheme'],
  ['tel:+441234', 'scheme'],
  ['https://user:secret@ledger.example/', 'malformed'],
  ['https://', 'malformed'],
])('the link %s is of no use: %s', async (url, reason) => {
  expect(await look(holding(text(`See [here](${url}).`)))).toMatchObject([
    { code: 'link-unusable', url, reason },
  ])
})

test('the links of the footer are looked at too, and stand in no block', async () => {
  await updatePublication(db, { footer: 'Write to [us](/contact).' })
  expect(await look()).toEqual([
    { level: 'error', code: 'link-unusable', url: '/contact', reason: 'relative' },
  ])
})

test('links by reference are links too, and mailto opens', async () => {
  expect(
    codesOf(await look(holding(text('[a][1] and [b](mailto:a@ledger.example)\n\n[1]: /story')))),
  ).toEqual(['error link-unusable'])
})

test('every colour can be read in light and in dark, as it stands in mails', () => {
  for (let hue = 0; hue < 4096; hue += 37) {
    const colour = `#${hue.toString(16).padStart(3, '0').replace(/./g, '$&$&')}`
    const { light, dark } = accentColours(colour)
    for (const paper of ['#fffdf8', '#f4f0e6']) expect(contrast(light, paper)).toBeGreaterThanOrEqual(4.5)
    for (const paper of ['#14130f', '#211f1a']) expect(contrast(dark, paper)).toBeGreaterThanOrEqual(4.5)
  }
})

describe('the mail that it becomes', () => {
  const leave = { slot: 'unsubscribe' } as const
  const mailOf = (more: object = {}) =>
    codesOf(
      renderingFindings({
        newsletterSlug: 'daily',
        html: ['<p>12 Paper&nbsp;Lane &amp; Sons<br>London&#32;EC1</p><a href="', leave, '">Leave</a>'],
        text: ['12 Paper Lane &\nSons\nLondon EC1\n', leave],
        htmlSize: 90_000,
        postalAddress: '12 Paper Lane & Sons\nLondon EC1',
        ...more,
      }),
    )

  test('has all that it must', () => expect(mailOf()).toEqual([]))

  test.each<[string, object, string[]]>([
    ['nearly too large', { htmlSize: 90_001 }, ['warning html-nearly-too-large']],
    ['just not too large', { htmlSize: 100_000 }, ['warning html-nearly-too-large']],
    ['too large', { htmlSize: 100_001 }, ['error html-too-large']],
    ['without text', { text: [' \n', leave] }, ['error no-text-part', 'error no-imprint']],
    [
      'without the way out in its HTML',
      { html: ['12 Paper Lane &amp; Sons London EC1'] },
      ['error no-unsubscribe-link'],
    ],
    [
      'without the way out in its text',
      { text: ['12 Paper Lane & Sons London EC1'] },
      ['error no-unsubscribe-link'],
    ],
    ['without its address', { html: ['12 Paper Lane', leave] }, ['error no-imprint']],
  ])('%s is told', (_, more, found) => expect(mailOf(more)).toEqual(found))

  test('a template that is broken is named with its fault', async () => {
    const broken = {
      ...here.services,
      templates: { ...here.services.templates, digest: '{{ nothing.there }}' },
    }
    expect(await look({}, broken)).toMatchObject([
      {
        level: 'error',
        code: 'not-rendered',
        newsletter: 'daily',
        reason: expect.stringContaining('nothing'),
      },
      { level: 'error', code: 'not-rendered', newsletter: 'weekly' },
    ])
  })

  test('and one that leaves out the address is not sent, by whatever way', async () => {
    const { digest: template } = here.services.templates
    const without = template.replace(/\{% for line in imprint %\}.*?\{% endfor %\}/s, '')
    expect(without).not.toBe(template)
    const services = { ...here.services, templates: { ...here.services.templates, digest: without } }
    const { id } = await digestOf()
    expect(await dispatchDigest(services, id)).toMatchObject({
      kind: 'refused',
      errors: [
        { code: 'no-imprint', newsletter: 'daily' },
        { code: 'no-imprint', newsletter: 'weekly' },
      ],
    })
    const outcome = await dispatchDigest(here.services, id)
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    expect(await startDispatch(services, outcome.dispatch.id)).toEqual({
      kind: 'paused',
      reason: 'not-ready',
    })
  })
})

/** Sends a digest, as far as it says anything about its stories. */
async function sent(draft: Partial<Draft>) {
  const { id } = await digestOf(draft)
  const outcome = await dispatchDigest(here.services, id)
  if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome))
  expect(await startDispatch(here.services, outcome.dispatch.id)).toMatchObject({ kind: 'started' })
}
