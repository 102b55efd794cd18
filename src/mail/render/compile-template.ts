import { Liquid, type Template } from 'liquidjs'
import { accentColours } from '../../domain/accent.ts'
import type { Language } from '../../domain/languages.ts'
import { fontFamilies, type MailLook } from '../../domain/mail-look.ts'
import type { Templates } from '../templates.ts'
import { compileMjml } from './compile-mjml.ts'
import { escapeValue } from './escape-value.ts'
import { Markup } from './markup.ts'

/** What every template knows. */
export type TemplateModel = {
  language: Language
  direction: 'ltr' | 'rtl'
  look: MailLook
  [name: string]: unknown
}

/**
 * Fills one of emails/*.mjml and compiles it. Everything is escaped but `Markup`; a name that the model lacks throws, as
 * does MJML that is not valid.
 */
export async function compileTemplate(
  templates: Templates,
  name: keyof Templates,
  model: TemplateModel,
): Promise<string> {
  const { engine, parsed } = engineFor(templates)
  parsed[name] ??= engine.parse(templates[name])
  return compileMjml(await engine.render(parsed[name], withLook(model)), `emails/${name}.mjml`)
}

/** The model with the colours and families of its look by their names, as templates use them. */
export function withLook({ look, ...model }: TemplateModel) {
  const { light, dark, onLight, onDark } = accentColours(look.accent)
  const { headline, text, small } = fontFamilies(look)
  return {
    ...model,
    colours: { light, dark, onLight, onDark },
    // Constants of ours, and their quotes must stay quotes in a style sheet.
    fonts: { headline: new Markup(headline), text: new Markup(text), small: new Markup(small) },
  }
}

/** How Liquid is spoken here: what is unknown throws, and of what the model holds a template sees own properties only. */
export const liquidOptions = {
  outputEscape: escapeValue,
  strictVariables: true,
  strictFilters: true,
  lenientIf: true,
  ownPropertyOnly: true,
}

type Engine = { engine: Liquid; parsed: Partial<Record<keyof Templates, Template[]>> }
const engines = new WeakMap<Templates, Engine>()

function engineFor(templates: Templates): Engine {
  const known = engines.get(templates)
  if (known) return known
  const made = { engine: new Liquid({ ...liquidOptions, templates }), parsed: {} }
  engines.set(templates, made)
  return made
}
