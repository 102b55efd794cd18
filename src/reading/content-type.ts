const htmlTypes = new Set(['text/html', 'application/xhtml+xml'])

/**
 * Is this answer a web page? The header must say so, or say nothing, and the first bytes must not give it the lie:
 * control characters that no text holds (WHATWG MIME Sniffing, "binary data byte"), or a PDF's first words.
 */
export function isHtml(contentType: string | null, body: Uint8Array): boolean {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== '' && !htmlTypes.has(type)) return false
  const start = body.subarray(0, 1445)
  const marked = (start[0] === 0xfe && start[1] === 0xff) || (start[0] === 0xff && start[1] === 0xfe)
  const wide = marked || /charset\s*=\s*["']?(utf-?16|ucs-?2|unicode)/i.test(contentType ?? '')
  if (!wide && start.some(isBinary)) return false
  return !String.fromCharCode(...start.subarray(0, 5)).startsWith('%PDF-')
}

const isBinary = (byte: number): boolean =>
  byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f)
