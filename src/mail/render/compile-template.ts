import { Liquid, type Template } from 'liquidjs'
import { accentColours } from '../../domain/accent.ts'
import type { Language } from '../../domain/languages.ts'
import type { Templates } from '../templates.ts'

/** What every template knows. */
export type TemplateModel = {
  language: Language
  direction: 'ltr' | 'rtl'
  /** `#rrggbb` */
  accent: string
  [name: string]: unknown
}

/**
 * Fills one of emails/*.mjml and compiles it. Everything is escaped unless the template says `raw`; a name that the
 * model lacks throws, as does MJML that is not valid.
 */
export async function compileTemplate(
  templates: Templates,
  name: keyof Templates,
  model: TemplateModel,
): Promise<string> {
  const { engine, parsed } = engineFor(templates)
  parsed[name] ??= engine.parse(templates[name])
  const source: string = await engine.render(parsed[name], { ...model, colours: accentColours(model.accent) })
  // Half a second to import: only who renders pays for it.
  const { default: compile } = await import('mjml')
  const { html, errors } = await compile(source, { validationLevel: 'strict', keepComments: true, fonts: {} })
  if (errors.length)
    throw new Error(`emails/${name}.mjml: ${errors.map(error => error.formattedMessage).join('; ')}`)
  return collapse(html)
}

type Engine = { engine: Liquid; parsed: Partial<Record<keyof Templates, Template[]>> }
const engines = new WeakMap<Templates, Engine>()

function engineFor(templates: Templates): Engine {
  const known = engines.get(templates)
  if (known) return known
  const engine = new Liquid({
    outputEscape: 'escape',
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    templates,
  })
  const made = { engine, parsed: {} }
  engines.set(templates, made)
  return made
}

/** MJML indents deeply, which is a third of its output; its own minifier is slow. Line breaks stay: they are spaces. */
const collapse = (html: string): string => html.replace(/[ \t]*\r?\n[ \t\r\n]*/g, '\n').trim()
