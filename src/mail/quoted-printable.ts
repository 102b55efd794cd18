/**
 * Quoted-printable (RFC 2045 6.7) of a text, from the start of a line: lines of at most 76, CRLF, UTF-8 characters
 * kept whole. No line starts with a dot (RFC 5321 4.5.2) or with "From " (mbox), and no two white spaces stand
 * together, so that DKIM's relaxed form of it is the text itself (RFC 6376 3.4.4). `open`: something follows on the
 * same line of the text; the result then ends with a soft line break.
 */
export function quotedPrintable(text: string, end: 'open' | 'closed' = 'closed'): string {
  if (end === 'open' && text.length <= 75 && plainLine.test(text)) return `${text}=\r\n`
  let out = ''
  let column = 0
  const lines = text.split(/\r\n|\r|\n/)
  lines.forEach((line, index) => {
    if (index > 0) {
      out += '\r\n'
      column = 0
    }
    const last = index === lines.length - 1
    const characters = [...line]
    characters.forEach((character, at) => {
      const hardEnd = at === characters.length - 1 && !(last && end === 'open')
      let token = tokenOf(character, characters[at - 1], hardEnd)
      if (column + token.length > 75) {
        out += '=\r\n'
        column = 0
      }
      if (column === 0) token = lineStart(token, line, character)
      out += token
      column += token.length
    })
  })
  return end === 'open' && column > 0 ? `${out}=\r\n` : out
}

/** Most values of slots, such as links: nothing to encode. Tested first, since this runs for each reader. */
const plainLine = /^(?!\.|From ) ?[!-<>-~]+(?: [!-<>-~]+)*$/

function tokenOf(character: string, before: string | undefined, hardEnd: boolean): string {
  const code = character.codePointAt(0)!
  if (code === 0x20) return hardEnd || before === ' ' ? '=20' : ' '
  return code > 0x20 && code < 0x7f && code !== 0x3d ? character : octets(character)
}

function lineStart(token: string, line: string, character: string): string {
  if (character === '.') return '=2E'
  return character === 'F' && line.includes('From ') ? '=46' : token
}

/** A character as octets, `=C3=BC`; half a surrogate pair is U+FFFD. */
export const octets = (character: string): string => {
  const code = character.charCodeAt(0)
  if (code < 0x80) return `=${code < 16 ? '0' : ''}${code.toString(16).toUpperCase()}`
  return encodeURIComponent(character.toWellFormed()).replaceAll('%', '=')
}
