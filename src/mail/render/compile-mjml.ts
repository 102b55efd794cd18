/** What MJML itself says of a source that is not valid. */
export type MjmlFault = { line: number; message: string; tagName: string }

/** MJML that is not valid, with all that is wrong with it. */
export class MjmlError extends Error {
  override name = 'MjmlError'
  readonly faults: MjmlFault[]

  constructor(of: string, faults: MjmlFault[]) {
    super(
      `${of}: ${faults.map(({ line, message, tagName }) => `line ${line} (${tagName}): ${message}`).join('; ')}`,
    )
    this.faults = faults
  }
}

/** Compiles MJML to HTML. `of` names the source where it is not valid, which throws. */
export async function compileMjml(source: string, of: string): Promise<string> {
  // Half a second to import: only who renders pays for it.
  const { default: compile } = await import('mjml')
  const { html, errors } = await compile(source, {
    validationLevel: 'soft',
    keepComments: true,
    ignoreIncludes: true,
    fonts: {},
  })
  if (errors.length) throw new MjmlError(of, errors)
  return collapse(html)
}

/** MJML indents deeply, which is a third of its output; its own minifier is slow. Line breaks stay: they are spaces. */
const collapse = (html: string): string => html.replace(/[ \t]*\r?\n[ \t\r\n]*/g, '\n').trim()
