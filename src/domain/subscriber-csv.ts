import { pipeline, Readable } from 'node:stream'
import { parse } from 'csv-parse'

/**
 * A line of a subscribers' file: its number as an editor program shows it, and its cells by column. `surplus`: something
 * stands beyond the last column.
 */
export type CsvRow = { row: number; cells: Record<string, string>; surplus?: boolean }

/** Columns that are no attribute; an export's newsletters neither, since they tell what somebody read then. */
export const notAttributes: ReadonlySet<string> = new Set(['email', 'name', 'newsletters', 'tags'])

/** The file can't be read as a table at all. The message is for a person: whatever the file holds, it can be printed. */
export class CsvError extends Error {
  override name = 'CsvError'
  constructor(message: string, options?: ErrorOptions) {
    super(printable(message), options)
  }
}

const longestMessage = 300

// What stands in a file may steer a terminal, or turn the direction of what is written after it.
const printable = (message: string) => {
  const text = message.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, '\ufffd')
  return text.length > longestMessage ? `${text.slice(0, longestMessage).toWellFormed()}…` : text
}

type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>

/**
 * Reads CSV (RFC 4180; comma, semicolon or tab, told by the first line; UTF-8 with or without BOM) row by row, without
 * holding the file. The first row names the columns, in lower case. Throws `CsvError` with row and reason.
 */
export async function* readCsv(chunks: Chunks): AsyncGenerator<CsvRow> {
  let columns: string[] | undefined
  try {
    const { delimiter, all } = await detectDelimiter(chunks)
    const parser = parse({
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 100_000,
      info: true,
    })
    // A source that fails ends the reading, which `pipe` would not see to.
    pipeline(Readable.from(all, { objectMode: false }), parser, () => {})
    for await (const { record, info } of parser) {
      if (columns)
        yield {
          row: info.lines,
          cells: cellsOf(columns, record),
          surplus: record.slice(columns.length).some(Boolean),
        }
      else columns = checkColumns(record)
    }
  } catch (error) {
    if (error instanceof CsvError) throw error
    throw new CsvError(
      `the file can’t be read as CSV: ${error instanceof Error ? error.message : 'unknown reason'}`,
      { cause: error },
    )
  }
  if (!columns)
    throw new CsvError('the file is empty; its first row must name the columns, one of them “email”')
}

const delimiters = [',', ';', '\t']
const longestLine = 100_000

/** The delimiter that the first line has the most of, outside quotes; and the chunks, none of them lost. */
async function detectDelimiter(chunks: Chunks) {
  const source = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]()
  const decoder = new TextDecoder()
  const seen: (Uint8Array | string)[] = []
  let text = ''
  while (!/[\r\n]./s.test(text.trimStart()) && text.length < longestLine) {
    const { done, value } = await source.next()
    if (done) break
    seen.push(value)
    text += typeof value === 'string' ? value : decoder.decode(value, { stream: true })
  }
  const [line = ''] = text
    .trimStart()
    .replace(/"[^"]*"/g, '')
    .split(/[\r\n]/, 1)
  const counts = delimiters.map(delimiter => line.split(delimiter).length)
  const all = async function* () {
    yield* seen
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
  }
  return { delimiter: delimiters[counts.indexOf(Math.max(...counts))]!, all: all() }
}

// What `csvLine` did to keep a spreadsheet from running a cell is undone, so that an export can be imported again.
function cellsOf(columns: readonly string[], record: readonly string[]): Record<string, string> {
  const cells: Record<string, string> = Object.create(null)
  for (let at = 0; at < columns.length && at < record.length; at++) {
    const cell = record[at]!
    cells[columns[at]!] = cell.startsWith("'") && /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell
  }
  return cells
}

function checkColumns(names: string[]): string[] {
  const columns = names.map(name => name.trim().toLowerCase())
  if (columns.includes('email')) return withoutTwins(columns)
  if (columns.some(name => /[^\P{Cc}\r\n\t]/u.test(name)))
    throw new CsvError('the file is no text; a spreadsheet must be saved as CSV in UTF-8 first')
  throw new CsvError(
    `the first row must name the columns, one of them “email”; it has: ${columns.slice(0, 10).join(', ') || 'nothing'}`,
  )
}

function withoutTwins(columns: string[]): string[] {
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice) throw new CsvError(`the column “${twice}” is there twice`)
  return columns
}

/** One row of CSV (RFC 4180). A cell that a spreadsheet would run as a formula is kept from it by an apostrophe. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map(cell => quote(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)).join(',')}\r\n`

const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
