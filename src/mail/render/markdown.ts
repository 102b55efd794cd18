import { Marked, type Token, type TokenizerAndRendererExtension, type Tokens, type TokensList } from 'marked'
import sanitize from 'sanitize-html'
import { readPersonalPart } from '../../domain/personal-part.ts'
import { escapeHtml } from './slots.ts'
import { wrap } from './wrap.ts'

const schemes = ['http', 'https', 'mailto']
const isAllowed = (href: string) => schemes.some(scheme => href.toLowerCase().startsWith(`${scheme}:`))
/** What stands for the reader's name, given what is said to a reader without one. */
export type SayName = (otherwise: string) => string

/** `{{ name | friend }}` as a token of its own; not within code or an address. Shown as typed where nobody says a name. */
export const personalParts: TokenizerAndRendererExtension = {
  name: 'personalPart',
  level: 'inline',
  start: text => {
    const at = text.indexOf('{{')
    return at < 0 ? undefined : at
  },
  tokenizer(text) {
    const part = readPersonalPart(text)
    return part && { type: 'personalPart', ...part }
  },
  renderer: token => token.said ?? escapeHtml(token.raw),
}

/** Puts what `sayName` says into each personal part of what was read. */
export const withNames = (marked: Marked, tokens: TokensList, sayName: SayName | undefined): TokensList => {
  if (sayName)
    marked.walkTokens(tokens, (token: Tokens.Generic) => {
      if (token.type === 'personalPart') token.said = sayName(token.otherwise)
    })
  return tokens
}

// HTML, pictures and other links are shown as somebody typed them. `false` leaves a link to marked.
const marked = new Marked({
  extensions: [personalParts],
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
export function markdownToHtml(markdown: string, linkColour: string, sayName?: SayName): string {
  return sanitize(marked.parser(withNames(marked, marked.lexer(markdown), sayName)), {
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

/** What stands in brackets behind a link: the number of a note, or the address itself. */
type Note = (url: string) => number | string

/** The same as plain text, with its links as notes. */
export function markdownToText(markdown: string, note: Note, sayName?: SayName): string {
  return blocksToText(withNames(marked, marked.lexer(markdown), sayName), note).join('\n\n')
}

function blocksToText(tokens: Token[], note: Note): string[] {
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

function listToText(list: Tokens.List, note: Note): string {
  return list.items
    .map((item, index) => {
      const first = list.ordered ? `${Number(list.start || 1) + index}. ` : '- '
      const blocks = blocksToText(item.tokens, note).join('\n')
      return first + blocks.replaceAll('\n', `\n${' '.repeat(first.length)}`)
    })
    .join('\n')
}

/** Inline text; a hard break becomes an empty line, which `lines` turns back into one break. */
function inline(tokens: Token[], note: Note): string {
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
        case 'personalPart':
          return (token as Tokens.Generic).said ?? token.raw
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

/** Markdown without the places where a reader's name goes; what only looks like one, in code say, stays as it is. */
export function withoutNames(markdown: string): string {
  let rest = markdown
  marked.walkTokens(marked.lexer(markdown), (token: Tokens.Generic) => {
    if (token.type === 'personalPart') rest = rest.replace(token.raw, '')
  })
  return rest
}
