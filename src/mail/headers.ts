import { octets } from './quoted-printable.ts'

/** A header that must not be written: a CR or LF in it would start another one (RFC 5322 2.2). */
export class HeaderError extends Error {
  override name = 'HeaderError'
}

function refuseBreaks(name: string, value: string): void {
  if (/[\r\n\0]/.test(value)) throw new HeaderError(`${name} contains a line break`)
}

/** Characters that a header can't hold, other than line breaks, which are refused. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()

/** One header with its CRLF, its value taken as it is: for ASCII values of our own making. */
export function rawHeader(name: string, value: string): string {
  refuseBreaks(name, value)
  return `${name}: ${value}\r\n`
}

/** A header of free text, such as Subject (RFC 5322 2.2.1, RFC 2047): folded at 78, never over 998. */
export function textHeader(name: string, value: string): string {
  refuseBreaks(name, value)
  const text = clean(value)
  return `${name}: ${fold(isPlain(text) ? text.split(' ') : encodedWords(text, 78 - name.length - 2), name.length + 2)}\r\n`
}

/**
 * A header with one mailbox, such as `From`, or with an identifier, as List-Id (RFC 2919): the name before it is a
 * phrase, quoted or encoded where it must be.
 */
export function mailboxHeader(name: string, displayName: string, address: string): string {
  // Most names, and this runs for each reader.
  if (simpleName.test(displayName) && simpleAddress.test(address)) {
    const line = `${name}: ${displayName} <${address}>\r\n`
    if (line.length <= 80) return line
  }
  refuseBreaks(name, displayName)
  refuseBreaks(name, address)
  const words = phrase(clean(displayName), 78 - name.length - 2)
  if (!words.length) return `${name}: ${address}\r\n`
  return `${name}: ${fold([...words, `<${address}>`], name.length + 2)}\r\n`
}

const simpleName = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/
const simpleAddress = /^[!-~]+$/

/** Printable ASCII with single spaces, nothing that reads as an encoded word, no word that can't be folded. */
const isPlain = (text: string) =>
  /^[\x21-\x7e]+( [\x21-\x7e]+)*$|^$/.test(text) && !text.includes('=?') && !/[^ ]{900}/.test(text)

function phrase(text: string, room: number): string[] {
  if (text === '') return []
  if (!isPlain(text) || text.length > 200) return encodedWords(text, room)
  if (/^[\w !#$%&'*+/=?^`{|}~-]+$/.test(text)) return text.split(' ')
  return `"${text.replace(/["\\]/g, '\\$&')}"`.split(' ')
}

/** Encoded words (RFC 2047 2 and 5): at most 75 characters each, no character split, in the shorter of B and Q. */
function encodedWords(text: string, room: number): string[] {
  const q = pack(text, room, 'Q')
  const b = pack(text, room, 'B')
  return q.join(' ').length <= b.join(' ').length ? q : b
}

function pack(text: string, room: number, encoding: 'Q' | 'B'): string[] {
  const words: string[] = []
  let chunk = ''
  let size = 0
  const space = () => Math.min(75, words.length ? 75 : room) - '=?UTF-8?B??='.length
  const flush = () => {
    words.push(`=?UTF-8?${encoding}?${encoding === 'B' ? Buffer.from(chunk).toString('base64') : chunk}?=`)
    chunk = ''
    size = 0
  }
  for (const character of text) {
    const piece = encoding === 'B' ? character : qEncoded(character)
    const added = encoding === 'B' ? Buffer.byteLength(character) : piece.length
    const length = encoding === 'B' ? Math.ceil((size + added) / 3) * 4 : size + added
    if (length > space() && chunk) flush()
    chunk += piece
    size += added
  }
  flush()
  return words
}

/** RFC 2047 5 (3): what is safe within a phrase too. */
const qEncoded = (character: string): string => {
  if (character === ' ') return '_'
  if (/^[A-Za-z0-9!*+/-]$/.test(character)) return character
  return octets(character)
}

/** Words with a space between them, in lines of at most 78 where the words allow it. */
function fold(words: readonly string[], start: number): string {
  let column = start
  return words
    .map((word, index) => {
      if (index === 0) {
        column += word.length
        return word
      }
      const broken = column + 1 + word.length > 78
      column = broken ? 1 + word.length : column + 1 + word.length
      return broken ? `\r\n ${word}` : ` ${word}`
    })
    .join('')
}
