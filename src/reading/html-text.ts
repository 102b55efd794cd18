import { readMarkup } from './markup.ts'

const silent = new Set(['script', 'style', 'template', 'noscript', 'svg', 'figure', 'iframe', 'head'])
const flowing = new Set(
  'a abbr b big bdi cite code em font i mark q s small span strong sub sup time u'.split(' '),
)

export type HtmlImage = { src: string; alt: string }

/** What a piece of HTML says without its mark-up, blocks apart by spaces, and the first picture that it shows. */
export function readHtml(html: string, mostText: number): { text: string; image?: HtmlImage } {
  const parts: string[] = []
  let [length, silence] = [0, 0]
  let image: HtmlImage | undefined
  readMarkup(
    html,
    {
      open(name, attributes, depth) {
        if (silent.has(name)) silence ||= depth
        if (!flowing.has(name)) parts.push(' ')
        if (name === 'img' && !image && !isCounter(attributes)) image = imageOf(attributes)
      },
      text(text) {
        if (silence || length > mostText) return
        length += text.length
        parts.push(text)
      },
      close(name, depth) {
        if (silence === depth) silence = 0
        if (!flowing.has(name)) parts.push(' ')
      },
    },
    { enough: () => length > mostText && image !== undefined },
  )
  return { text: parts.join(''), image }
}

/** Pictures of a dot that count readers. */
const isCounter = ({ width, height }: Readonly<Record<string, string>>): boolean =>
  /^[01](px)?$/.test(width ?? '') || /^[01](px)?$/.test(height ?? '')

function imageOf({ src = '', alt = '', ...rest }: Readonly<Record<string, string>>): HtmlImage | undefined {
  const real = src && !/^data:/i.test(src) ? src : rest['data-src']
  return real ? { src: real, alt } : undefined
}
