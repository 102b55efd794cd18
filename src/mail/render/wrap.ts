import { markerShape } from './slots.ts'

/** The width of the plain text of a mail. */
export const columns = 72

/** Breaks a paragraph at its white space; a word that is longer than a line, such as a URL, stands whole. */
export function wrap(
  text: string,
  indent: { first: string; rest: string } = { first: '', rest: '' },
): string {
  const lines: string[] = []
  let line = indent.first
  let empty = true
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (!empty && lengthOf(line) + 1 + lengthOf(word) > columns) {
      lines.push(line)
      line = indent.rest
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return empty ? lines.join('\n') : [...lines, line].join('\n')
}

/** What is a marker yet is taken for a name of eight letters. */
const lengthOf = (text: string) =>
  [...(text.includes('slot') ? text.replace(markerShape, '12345678') : text)].length
