import { Readable } from 'node:stream'
import { parse } from 'csv-parse'

/** A line of a subscribers' file: its number as an editor program shows it, and its cells by column. */
export type CsvRow = { row: number; cells: Record<string, string> }

/** The file can't be read as a table at all. The message is for a person. */
export class CsvError extends Error {
  override name = 'CsvError'
}

/**
 * Reads CSV (RFC 4180; comma, semicolon or tab, told by the first line; UTF-8 with or without BOM) row by row, without
 * holding the file. The first row names the columns, in lower case. Throws `CsvError` with row and reason.
 */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): AsyncGenerator<CsvRow> {
  const parser = Readable.from(chunks, { objectMode: false }).pipe(
    parse({
      bom: true,
      delimiter: [',', ';', '\t'],
      columns: names => {
        named = true
        return checkColumns(names)
      },
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 100_000,
      info: true,
    }),
  )
  let named = false
  try {
    for await (const { record, info } of parser) yield { row: info.lines, cells: unguarded(record) }
  } catch (error) {
    if (error instanceof CsvError) throw error
    throw new CsvError(
      `the file can’t be read as CSV: ${error instanceof Error ? error.message : 'unknown reason'}`,
      { cause: error },
    )
  }
  if (!named)
    throw new CsvError('the file is empty; its first row must name the columns, one of them “email”')
}

// What `csvLine` did to keep a spreadsheet from running a cell is undone, so that an export can be imported again.
const unguarded = (cells: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [name, /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell]),
  )

function checkColumns(names: string[]): string[] {
  const columns = names.map(name => name.trim().toLowerCase())
  if (!columns.includes('email'))
    throw new CsvError(
      `the first row must name the columns, one of them “email”; it has: ${columns.slice(0, 10).join(', ') || 'nothing'}`,
    )
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice) throw new CsvError(`the column “${twice}” is there twice`)
  return columns
}

/** One row of CSV (RFC 4180). A cell that a spreadsheet would run as a formula is kept from it by an apostrophe. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map(cell => quote(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)).join(',')}\r\n`

const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
