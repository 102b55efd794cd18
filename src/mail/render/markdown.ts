import { Marked, type Token, type Tokens } from 'marked'
import sanitize from 'sanitize-html'
import { escapeHtml } from './slots.ts'
import { wrap } from './wrap.ts'

const schemes = ['http', 'https', 'mailto']
const isAllowed = (href: string) => schemes.some(scheme => href.toLowerCase().startsWith(`${scheme}:`))
// HTML, pictures and other links are shown as somebody typed them. `false` leaves a link to marked.
const marked = new Marked({
  renderer: {
    html: token => escapeHtml(token.raw),
    image: token => escapeHtml(token.raw),
    link: token => (isAllowed(token.href) ? false : escapeHtml(token.raw)),
  },
})

const style = (css: string) => (tagName: string) => ({ tagName, attribs: { style: css } })
const heading = () => ({
  tagName: 'h4',
  attribs: { style: 'margin:0 0 8px;font-size:16px;font-weight:bold;' },
})

/**
 * An editor's Markdown as HTML for a mail: paragraphs, emphasis, lists, quotations and links to http, https and
 * mailto. Nothing else of it is HTML, and no picture is loaded.
 */
export function markdownToHtml(markdown: string, linkColour: string): string {
  return sanitize(marked.parse(markdown, { async: false }), {
    allowedTags: ['p', 'br', 'strong', 'em', 'a', 'ul', 'ol', 'li', 'blockquote', 'h4'],
    allowedAttributes: { a: ['href', 'style'], '*': ['style'] },
    allowedSchemes: schemes,
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    transformTags: {
      p: style('margin:0 0 12px;'),
      ul: style('margin:0 0 12px;padding-left:24px;'),
      ol: style('margin:0 0 12px;padding-left:24px;'),
      li: style('margin:0 0 4px;'),
      blockquote: style('margin:0 0 12px;padding-left:16px;border-left:3px solid #ded8cc;'),
      strong: style(''),
      em: style(''),
      h1: heading,
      h2: heading,
      h3: heading,
      h4: heading,
      h5: heading,
      h6: heading,
      a: (tagName, { href }) => ({ tagName, attribs: { href: href ?? '', style: `color:${linkColour};` } }),
    },
  }).replaceAll(' style=""', '')
}

/** The same as plain text, with its links as numbered notes: `note` takes an address and answers its number. */
export function markdownToText(markdown: string, note: (url: string) => number): string {
  return blocksToText(marked.lexer(markdown), note).join('\n\n')
}

function blocksToText(tokens: Token[], note: (url: string) => number): string[] {
  return tokens.flatMap(token => {
    switch (token.type) {
      case 'space':
      case 'def':
        return []
      case 'list':
        return [listToText(token as Tokens.List, note)]
      case 'blockquote': {
        const lines = blocksToText((token as Tokens.Blockquote).tokens, note).join('\n\n')
        return [lines.replace(/^/gm, '> ').replace(/^> $/gm, '>')]
      }
      case 'hr':
        return ['* * *']
      case 'code':
      case 'html':
        return [(token as Tokens.Code).text.trimEnd()]
      default:
        return [lines(inline('tokens' in token && token.tokens ? token.tokens : [token], note))]
    }
  })
}

/** Line breaks that the editor made stay; the rest is wrapped. */
const lines = (text: string): string =>
  text
    .split('\n\n')
    .map(part => wrap(part))
    .join('\n')

function listToText(list: Tokens.List, note: (url: string) => number): string {
  return list.items
    .map((item, index) => {
      const first = list.ordered ? `${Number(list.start || 1) + index}. ` : '- '
      const blocks = blocksToText(item.tokens, note).join('\n')
      return first + blocks.replaceAll('\n', `\n${' '.repeat(first.length)}`)
    })
    .join('\n')
}

/** Inline text; a hard break becomes an empty line, which `lines` turns back into one break. */
function inline(tokens: Token[], note: (url: string) => number): string {
  return tokens
    .map(token => {
      switch (token.type) {
        case 'br':
          return '\n\n'
        case 'link': {
          const { href, text } = token as Tokens.Link
          const said = inline((token as Tokens.Link).tokens, note)
          if (!isAllowed(href)) return token.raw
          return text === href || `mailto:${text}` === href ? text : `${said} [${note(href)}]`
        }
        case 'image':
          return token.raw
        case 'escape':
          return (token as Tokens.Escape).text
        default:
          if ('tokens' in token && token.tokens) return inline(token.tokens, note)
          return 'text' in token ? String(token.text) : token.raw
      }
    })
    .join('')
}

/** Where the links of an editor's Markdown lead, those too that are no links in a mail and stand there as typed. */
export function linksIn(markdown: string): string[] {
  const found: string[] = []
  marked.walkTokens(marked.lexer(markdown), token => {
    if (token.type === 'link') found.push((token as Tokens.Link).href)
  })
  return found
}
