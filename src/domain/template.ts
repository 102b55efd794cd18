import { z } from 'zod'
import { paragraphs } from './text.ts'

/** A newsletter's own template as it is typed: MJML and Liquid. */
export const templateInput = z.object({
  template: paragraphs(60_000)
    .min(1, 'must not be empty')
    .transform(text => text.trimEnd()),
})

/** What can be wrong with a template, by its name; `detail` names the thing in question. */
export type TemplateFaultCode =
  /** Liquid can't read it. */
  | 'liquid'
  | 'unknown-name'
  | 'unknown-filter'
  | 'unknown-tag'
  /** It runs on for too long, or makes too much. */
  | 'too-much'
  /** MJML can't read it. */
  | 'mjml'
  | 'unclosed'
  /** What may not stand in a mail. */
  | 'include'
  | 'script'
  | 'handler'
  | 'address-that-runs'
  | 'form'
  | 'frame'
  | 'stylesheet'
  /** The slots, which must stand where they can be used, and nowhere else. */
  | 'no-unsubscribe'
  | 'no-preferences'
  | 'slot-elsewhere'
  /** What each digest must show. */
  | 'no-postal-address'
  | 'no-label'
  | 'no-story'
  | 'no-link'
  | 'too-large'

/** A fault with its line, counted from 1; null where no single line is to blame. */
export type TemplateFault = { line: number | null; code: TemplateFaultCode; detail: string }

/** A template that is not fit to be sent, with all that is wrong with it. */
export class TemplateError extends Error {
  override name = 'TemplateError'
  readonly faults: readonly TemplateFault[]

  constructor(faults: readonly TemplateFault[]) {
    super(`the newsletter’s own template: ${faults.map(sayFault).join('; ')}`)
    this.faults = faults
  }
}

const sayFault = ({ line, code, detail }: TemplateFault) =>
  [line !== null && `line ${line}`, code, detail].filter(Boolean).join(' ')
