import type { ReadMessage } from '../../mail/read-message.ts'

/**
 * A mail's HTML as its own document: inner pictures (`cid:`, RFC 2392) stand in it as data, and links open beside it.
 * What it tries to run is stopped by the policy that it is served with, not here.
 */
export function shownHtml({ html = '', attachments }: Pick<ReadMessage, 'html' | 'attachments'>): string {
  const pictures = new Map(
    attachments.flatMap(({ contentId, mimeType, content }) =>
      contentId && mimeType.startsWith('image/')
        ? [[contentId.replace(/^<|>$/g, ''), `data:${mimeType};base64,${toBase64(content)}`]]
        : [],
    ),
  )
  const filled = html.replace(/cid:([^"'\s)>]+)/gi, (whole, id) => pictures.get(decoded(id)) ?? whole)
  const base = '<base target="_blank">'
  const head = /<head\b[^>]*>/i
  if (head.test(filled)) return filled.replace(head, found => found + base)
  return `<!doctype html><meta charset="utf-8">${base}${filled}`
}

const toBase64 = (content: ArrayBuffer | Uint8Array | string) =>
  (content instanceof ArrayBuffer ? Buffer.from(content) : Buffer.from(content as Uint8Array)).toString(
    'base64',
  )

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
