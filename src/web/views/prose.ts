import { raw } from 'hono/html'
import { Marked } from 'marked'
import sanitize from 'sanitize-html'
import { personalParts, type SayName, withNames } from '../../mail/render/markdown.ts'
import { escapeHtml } from '../../mail/render/slots.ts'

// HTML that somebody typed is shown as typed.
const marked = new Marked({
  extensions: [personalParts],
  renderer: { html: token => escapeHtml(token.text) },
})

/**
 * Markdown as HTML for a page: paragraphs, headings below the page's own, emphasis, lists, quotations, and links to
 * http, https and mailto. No other HTML, no pictures, no styles. Personal parts stay as typed unless `sayName` says, in
 * HTML, what stands for them.
 */
export const proseHtml = (markdown: string, sayName?: SayName): string =>
  sanitize(marked.parser(withNames(marked, marked.lexer(markdown), sayName)), {
    allowedTags: ['p', 'br', 'strong', 'em', 'a', 'ul', 'ol', 'li', 'blockquote', 'h3', 'h4'],
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    transformTags: { h1: 'h3', h2: 'h3', h5: 'h4', h6: 'h4' },
  })

/** The same, to stand in a view. */
export const Prose = ({ markdown }: { markdown: string }) => raw(proseHtml(markdown))
