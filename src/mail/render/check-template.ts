import { languages } from '../../domain/languages.ts'
import { htmlLimit } from '../../domain/preflight/rendering.ts'
import { TemplateError, type TemplateFault } from '../../domain/template.ts'
import { blame } from './blame.ts'
import { compileMjml, MjmlError } from './compile-mjml.ts'
import { digestModel } from './digest-html.ts'
import type { DigestContent } from './digest-model.ts'
import { inspectDigest } from './inspect-digest.ts'
import { markLines, readMarks, withoutMarks } from './line-marks.ts'
import { type OwnTemplate, readOwnTemplate } from './own-liquid.ts'
import { bareContent, sampleContent } from './sample-content.ts'
import { htmlSize } from './size.ts'
import { cutAtMarkers, makeMarkers } from './slots.ts'
import { unclosed } from './unclosed.ts'

/** What compiles to less than 100,000 octets is no longer than this. */
const longestMjml = 250_000

/**
 * All that is wrong with a newsletter's own template, each fault with its line: none where it may be kept. Compiles it
 * with a digest that has a block of every kind, in each language, with all that can stand in one, and with as little.
 */
export async function checkTemplate(source: string): Promise<TemplateFault[]> {
  const faults = includes(source)
  if (faults.length) return faults
  try {
    const template = readOwnTemplate(markLines(source))
    const full = languages.map(language =>
      sampleContent({ ...ground, newsletter: { ...newsletter, language } }),
    )
    for (const content of [...full, ...full.map(bareContent)]) {
      // The next one would mostly say the same again.
      const found = await faultsWith(template, content, source)
      if (found.length) return distinct(found).sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity))
    }
    return []
  } catch (error) {
    if (error instanceof TemplateError) return error.faults.map(unmarked)
    throw error
  }
}

const unmarked = (fault: TemplateFault): TemplateFault => ({ ...fault, detail: withoutMarks(fault.detail) })

const newsletter = { name: 'Morning Brief', timeZone: 'Europe/London' }
const ground = {
  publication: {
    name: 'The Ledger',
    logoUrl: 'https://ledger.example/logo.png',
    accent: '#8a1c1c',
    headlineFont: 'georgia',
    textFont: 'georgia',
    footer: 'The Ledger & [friends](https://ledger.example/friends)',
    postalAddress: '12 Printing House Yard\nLondon EC4A 1AB',
    url: 'https://ledger.example',
  },
  archiveUrl: 'https://ledger.example/archive/morning-brief/12',
  signUpUrl: 'https://ledger.example/subscribe?newsletter=morning-brief',
} as const

// MJML is told to overlook them, so that nothing would be said.
const includes = (source: string): TemplateFault[] =>
  source
    .split('\n')
    .flatMap((line, index) =>
      /mj-include/i.test(line) ? [{ line: index + 1, code: 'include' as const, detail: '' }] : [],
    )

async function faultsWith(
  template: OwnTemplate,
  content: DigestContent,
  source: string,
): Promise<TemplateFault[]> {
  const markers = makeMarkers()
  const model = digestModel(content, markers)
  const unknown = template.unknownNames(model)
  const filled = attempt(() => template.fill(model))
  if (Array.isArray(filled)) return [...unknown, ...filled.map(unmarked)]
  if (unknown.length) return unknown
  const { text, lineOf } = readMarks(filled)
  if (text.length > longestMjml) return [{ line: null, code: 'too-large', detail: String(text.length) }]
  const open = unclosed(text).map(({ line, name }) => ({
    line: lineOf(line),
    code: 'unclosed' as const,
    detail: `<${name}>`,
  }))
  if (open.length) return open
  const html = await compiled(text, lineOf)
  if (Array.isArray(html)) return html
  const octets = htmlSize(cutAtMarkers(html, markers), ground.publication.url)
  return [
    ...inspectDigest(html, content, markers).map(fault => blame(fault, source)),
    ...(octets > htmlLimit ? [{ line: null, code: 'too-large' as const, detail: String(octets) }] : []),
  ]
}

function attempt<T>(work: () => T): T | TemplateFault[] {
  try {
    return work()
  } catch (error) {
    if (error instanceof TemplateError) return [...error.faults]
    throw error
  }
}

async function compiled(
  source: string,
  lineOf: (line: number) => number | null,
): Promise<string | TemplateFault[]> {
  try {
    return await compileMjml(source, 'the template')
  } catch (error) {
    if (error instanceof MjmlError)
      return error.faults.map(({ line, tagName, message }) => ({
        line: lineOf(line),
        code: 'mjml',
        detail: `<${tagName}>: ${message}`,
      }))
    // What MJML's parser or a component says of a source that it can't make sense of.
    return [{ line: null, code: 'mjml', detail: (error as Error).message.slice(0, 200) }]
  }
}

const distinct = (faults: readonly TemplateFault[]): TemplateFault[] => [
  ...new Map(faults.map(fault => [JSON.stringify(fault), fault])).values(),
]
