/**
 * Marks each line of a Liquid template with its number, in characters for private use, so that what it makes can be
 * traced back. Lines within a tag are left alone, since a mark would be part of it.
 */
export function markLines(source: string): string {
  const tags = tagsIn(source)
  let [at, tag] = [0, 0]
  return source
    .split('\n')
    .map((line, index) => {
      const start = at
      at += line.length + 1
      while (tags[tag] && tags[tag]!.end <= start) tag++
      const within = tags[tag] && tags[tag]!.start < start
      return within ? line : `\ue000${index + 1}\ue001${line}`
    })
    .join('\n')
}

/** A text without the marks that it may have quoted. */
export const withoutMarks = (text: string): string => text.replace(/\ue000\d+\ue001/g, '')

function tagsIn(source: string): { start: number; end: number }[] {
  const tags: { start: number; end: number }[] = []
  const opening = /\{[%{]/g
  for (let found = opening.exec(source); found; found = opening.exec(source)) {
    const close = source.indexOf(found[0] === '{%' ? '%}' : '}}', found.index + 2)
    if (close < 0) break
    tags.push({ start: found.index, end: close + 2 })
    opening.lastIndex = close + 2
  }
  return tags
}

/** What was made, without its marks; `lineOf` tells the template's line of one of its lines, both counted from 1. */
export function readMarks(made: string): { text: string; lineOf(line: number): number | null } {
  let last: number | null = null
  const lines = made.split('\n').map(line => {
    const marks = [...line.matchAll(/\ue000(\d+)\ue001/g)].map(found => Number(found[1]))
    const first = marks[0] ?? last
    last = marks.at(-1) ?? last
    return first
  })
  return { text: withoutMarks(made), lineOf: line => lines[line - 1] ?? null }
}
