import { TemplateError } from '../../domain/template.ts'
import type { Templates } from '../templates.ts'
import { compileMjml } from './compile-mjml.ts'
import { digestModel } from './digest-html.ts'
import type { DigestContent } from './digest-model.ts'
import { inspectDigest } from './inspect-digest.ts'
import { readOwnTemplate } from './own-liquid.ts'
import type { Markers } from './slots.ts'

/** The template that comes with Broadsheet in one piece, for an editor to start from. */
export const templateToStartFrom = ({ digest, head }: Templates): string =>
  digest.replace(/ *\{% render 'head'[^%]*%\}\n/, () => head.replace(/^(?=.)/gm, '  '))

/**
 * The HTML of a digest by its newsletter's own template, with markers where the personal values go. Throws
 * `TemplateError` where it can't be compiled with this digest, or the outcome may not be sent.
 */
export async function ownDigestHtml(
  source: string,
  content: DigestContent,
  markers: Markers,
): Promise<string> {
  const filled = readOwnTemplate(source).fill(digestModel(content, markers))
  const html = await compileMjml(filled, 'MJML').catch((error: Error) => {
    throw new TemplateError([{ line: null, code: 'mjml', detail: error.message.slice(0, 300) }])
  })
  const faults = inspectDigest(html, content, markers)
  if (faults.length) throw new TemplateError(faults)
  return html
}
