import { Parser } from 'htmlparser2'

export type Attributes = Readonly<Record<string, string>>
export type MarkupHandler = {
  /** `depth` is 1 for the outermost element. */
  open: (name: string, attributes: Attributes, depth: number) => void
  text: (text: string) => void
  /** Called for void elements too; `depth` is the one that `open` got. */
  close: (name: string, depth: number) => void
}

const deepest = 1000
const chunk = 65_536

type Options = {
  /** As XML: names keep their case, CDATA is text, and no element is void. */
  xml?: boolean
  /** Asked now and then: whether what was read so far is all that is wanted. */
  enough?: () => boolean
}

/**
 * Reads HTML from front to back in linear time, entities decoded. Reading ends where elements are nested more than
 * 1,000 deep: parsers keep them in lists whose cost grows with the square (linkedom needed 264 s for 4.5 MB of
 * `<div>`), and what makes a story stands before.
 */
export function readMarkup(
  html: string,
  handler: MarkupHandler,
  { xml = false, enough = () => false }: Options = {},
): void {
  let depth = 0
  const parser = new Parser(
    {
      onopentag: (name, attributes) => handler.open(name, attributes, ++depth),
      ontext: text => handler.text(text),
      onclosetag: name => handler.close(name, depth--),
    },
    { xmlMode: xml },
  )
  for (let at = 0; at < html.length && depth < deepest && !enough(); at += chunk)
    parser.write(html.slice(at, at + chunk))
  parser.end()
}
