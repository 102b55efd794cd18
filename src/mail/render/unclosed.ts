type Place = { line: number; name: string }

/** Elements of MJML that are not closed, or not where they were opened, with their lines: MJML itself lets them pass. */
export function unclosed(source: string): Place[] {
  const found: Place[] = []
  const open: Place[] = []
  const next = /<!--|<(\/?)(mj[a-z-]*)/g
  let [line, at] = [1, 0]
  for (let tag = next.exec(source); tag; tag = next.exec(source)) {
    line += countLines(source, at, tag.index)
    at = tag.index
    const [, end, name] = tag
    const close = name === undefined ? source.indexOf('-->', at) : endOfTag(source, next.lastIndex)
    if (close < 0) return [...found, ...open, { line, name: name ?? '!--' }]
    next.lastIndex = close
    if (name === undefined) continue
    if (!end) {
      if (source[close - 1] !== '/') open.push({ line, name })
      continue
    }
    const place = open.findLastIndex(one => one.name === name)
    if (place < 0) found.push({ line, name })
    else found.push(...open.splice(place).slice(1))
  }
  return [...found, ...open]
}

/** Where the ">" of a tag stands, quoted ones left out; -1 where there is none. */
function endOfTag(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    const character = source[at]
    if (character === '>') return at
    if (character === '"' || character === "'") at = source.indexOf(character, at + 1)
    if (at < 0) return -1
  }
  return -1
}

function countLines(source: string, from: number, to: number): number {
  let lines = 0
  for (let at = source.indexOf('\n', from); at >= 0 && at < to; at = source.indexOf('\n', at + 1)) lines++
  return lines
}
