/** A server's reply (RFC 5321 4.2), all its lines together. */
export type SmtpReply = {
  /** Three digits. */
  code: number
  /** RFC 3463, such as `5.1.1`; absent where the server gives none. */
  enhanced?: string
  /** The words, one line, without the codes. */
  text: string
}

/** What kept a conversation from being one: more than 64 KB without an end, or a line that is no reply. */
export class ProtocolError extends Error {
  override name = 'ProtocolError'
}

const longest = 65_536
const line = /^([2-5]\d\d)([ -]|$)(.*)$/s

/**
 * Makes replies of what a socket reads as latin1, whichever way it is cut. `read` answers the replies that are complete
 * now, also those before a `fault`, after which there are none.
 */
export class ReplyReader {
  #rest = ''
  #lines: string[] = []
  #length = 0
  #fault: ProtocolError | undefined

  get fault(): ProtocolError | undefined {
    return this.#fault
  }

  read(chunk: string): SmtpReply[] {
    const replies: SmtpReply[] = []
    try {
      this.#read(chunk, replies)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.#fault = error
    }
    return replies
  }

  #read(chunk: string, replies: SmtpReply[]): void {
    if (this.#fault) throw this.#fault
    const text = this.#rest + chunk
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const reply = this.#take(text.slice(from, text[end - 1] === '\r' ? end - 1 : end))
      if (reply) replies.push(reply)
      from = end + 1
    }
    this.#rest = text.slice(from)
    if (this.#length + this.#rest.length > longest) throw new ProtocolError('a reply without an end')
  }

  #take(text: string): SmtpReply | undefined {
    const parts = line.exec(text)
    if (!parts) throw new ProtocolError('what the server said is no reply')
    this.#lines.push(parts[3]!)
    // Each line costs at least its code.
    this.#length += text.length
    if (this.#length > longest) throw new ProtocolError('a reply without an end')
    if (parts[2] === '-') return undefined
    const words = this.#lines.map(utf8Of)
    this.#lines = []
    this.#length = 0
    return replyOf(Number(parts[1]), words)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** No charset is agreed for a reply (RFC 5321 4.2): octets that are UTF-8 are taken for it, others stay latin1. */
function utf8Of(words: string): string {
  if (!/[\x80-\xff]/.test(words) || /[^\0-\xff]/.test(words)) return words
  try {
    return utf8.decode(Uint8Array.from(words, character => character.charCodeAt(0)))
  } catch {
    return words
  }
}

const enhancedCode = /^([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)/

function replyOf(code: number, words: readonly string[]): SmtpReply {
  const enhanced = enhancedCode.exec(words[0]!)?.[1]
  const text = words
    .map(part => (enhanced && part.startsWith(enhanced) ? part.slice(enhanced.length).trim() : part.trim()))
    .join(' ')
  return enhanced ? { code, enhanced, text } : { code, text }
}

/** Reads a whole reply that somebody else received; undefined where it is none. */
export function parseReply(text: string): SmtpReply | undefined {
  const reader = new ReplyReader()
  const reply = reader.read(`${text.trimEnd()}\r\n`).at(-1)
  return reader.fault ? undefined : reply
}

/** As it stands in the ledger: at most 500 characters, one line, no control characters. */
export const showReply = ({ code, enhanced, text }: SmtpReply): string =>
  plainReply([code, enhanced, text].filter(Boolean).join(' '), 500)

/** A server's words on one line, without control characters and halves of a pair: no text or JSON column takes those. */
export const plainReply = (text: string, most: number): string =>
  text
    .trim()
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, most)
    .toWellFormed()

/** A reply for those who may know why, and not whose address it was. */
export const withoutAddresses = (reply: string): string => reply.replace(/\S+@\S+/g, '…')
