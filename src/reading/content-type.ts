const htmlTypes = new Set(['text/html', 'application/xhtml+xml'])

/**
 * Is this answer a web page? The header must say so, or say nothing, and the first bytes must not give it the lie: a
 * NUL, which pictures and programs have near their start and text only in UTF-16, or a PDF's first words.
 */
export function isHtml(contentType: string | null, body: Uint8Array): boolean {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== '' && !htmlTypes.has(type)) return false
  const marked = (body[0] === 0xfe && body[1] === 0xff) || (body[0] === 0xff && body[1] === 0xfe)
  const wide = marked || /charset\s*=\s*["']?(utf-?16|ucs-?2|unicode)/i.test(contentType ?? '')
  if (!wide && body.subarray(0, 1445).includes(0)) return false
  return !String.fromCharCode(...body.subarray(0, 5)).startsWith('%PDF-')
}
