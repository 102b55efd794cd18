/** How far into a page its own word on its encoding is looked for; the standard asks for 1,024 bytes. */
const prescan = 4096

/**
 * Decodes a page: a byte order mark beats the header, the header beats the page's own word (the order of the
 * encoding sniffing algorithm of HTML, 13.2.3.2). Without any it is UTF-8 if it can be, else windows-1252.
 */
export function decodePage(body: Uint8Array, contentType: string | null): string {
  const named = markOf(body) ?? decoderFor(charsetOf(contentType ?? '')) ?? declared(body)
  if (named) return named.decode(body)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return new TextDecoder('windows-1252').decode(body)
  }
}

function markOf([first, second, third]: Uint8Array): TextDecoder | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder('utf-8')
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be')
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le')
  return undefined
}

const charsetOf = (text: string): string | undefined => /charset\s*=\s*["']?([^\s"';>]+)/i.exec(text)?.[1]

/** A page that says in ASCII letters that it is UTF-16 is not: the standard reads it as UTF-8. */
function declared(body: Uint8Array): TextDecoder | undefined {
  const head = String.fromCharCode(...body.subarray(0, prescan)).replace(/<!--[\s\S]*?(-->|$)/g, '')
  const label =
    /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)/i.exec(head)?.[1] ??
    head
      .match(/<meta\s[^>]*>/gi)
      ?.map(charsetOf)
      .find(Boolean)
  return /^utf-16/i.test(label ?? '') ? new TextDecoder('utf-8') : decoderFor(label)
}

function decoderFor(label: string | undefined): TextDecoder | undefined {
  try {
    return label === undefined ? undefined : new TextDecoder(label)
  } catch {
    return undefined
  }
}
