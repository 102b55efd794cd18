import { parseEmailAddress } from '../domain/email-address.ts'
import { addressHashes, type Keyring } from '../domain/keys.ts'
import { parseName } from '../domain/reader-name.ts'
import { type CsvRow, notAttributes } from '../domain/subscriber-csv.ts'
import { parseTags } from '../domain/tags.ts'
import type { Db, Tx } from '../store/client.ts'
import type { Newsletter } from '../store/newsletters.ts'
import {
  clearStage,
  makeStage,
  mergeStage,
  type StagedRow,
  stageRows,
  suppressedHashes,
} from '../store/subscriber-import.ts'

export type ImportRequest = {
  newsletter: Newsletter
  /** Where the consent came from, in the publication's own words: kept as the proof. */
  consent: string
  /** Where the rows came from, such as the file's name. */
  source: string
  rows: AsyncIterable<CsvRow> | Iterable<CsvRow>
  /** `add` only adds; `update` also takes names, attributes and tags of those who are there. */
  mode: 'add' | 'update'
  /** `nothing`: the report alone, as it would have been. */
  write: 'all' | 'nothing'
}

export type ImportReport = {
  rows: number
  /** Newly subscribed. */
  added: number
  /** Subscribed before. */
  already: number
  updated: number
  refused: { row: number; reason: string }[]
}

type Deps = { db: Db; keys: Keyring }

class NothingIsWritten extends Error {}

const chunkSize = 5000

/**
 * Adds subscribers in one transaction. It revives nobody who left this newsletter and nobody who is suppressed; those
 * rows, and the ones that can't be read, are reported with number and reason. Consent is one event for the import, also
 * for one that comes in parts within an hour, each with the same newsletter, words and source.
 */
export async function importSubscribers({ db, keys }: Deps, request: ImportRequest): Promise<ImportReport> {
  const report: ImportReport = { rows: 0, added: 0, already: 0, updated: 0, refused: [] }
  try {
    await db.transaction(async tx => {
      await makeStage(tx)
      await stageAll(tx, keys, request.rows, report)
      const outcome = await mergeStage(tx, request)
      report.added = outcome.added
      report.already = outcome.already
      report.updated = outcome.updated
      report.refused.push(...outcome.refused.map(({ row, cause }) => ({ row, reason: reasonOf(cause) })))
      report.refused.sort((a, b) => a.row - b.row)
      await clearStage(tx)
      if (request.write === 'nothing') throw new NothingIsWritten()
    })
  } catch (error) {
    if (!(error instanceof NothingIsWritten)) throw error
  }
  return report
}

async function stageAll(tx: Tx, keys: Keyring, rows: ImportRequest['rows'], report: ImportReport) {
  const erased = await suppressedHashes(tx)
  let chunk: StagedRow[] = []
  let staging: Promise<unknown> = Promise.resolve()
  // The database takes a chunk while the next one is read.
  const stage = async () => {
    await staging
    // A query runs each time that somebody waits for it; a promise of it, once.
    staging = Promise.resolve(stageRows(tx, chunk))
    staging.catch(() => {})
    chunk = []
  }
  for await (const row of rows) {
    report.rows++
    const staged = stagedRow(row)
    if ('reason' in staged) report.refused.push({ row: row.row, reason: staged.reason })
    else {
      const cause = erased.size ? erasedCause(erased, keys, staged.addressKey) : undefined
      if (cause) report.refused.push({ row: row.row, reason: reasonOf(cause) })
      else chunk.push(staged)
    }
    if (chunk.length === chunkSize) await stage()
  }
  await stage()
  await staging
}

function stagedRow({ row, cells, surplus }: CsvRow): StagedRow | { reason: string } {
  if (surplus) return { reason: 'the row has more cells than there are columns' }
  const { email = '', name = '', tags = '' } = cells
  const reading = parseEmailAddress(email)
  if (reading.kind === 'refused') return { reason: addressReasons[reading.reason] }
  const called = parseName(name)
  if (called.kind === 'refused') return { reason: nameReasons[called.reason] }
  const filed = parseTags(tags)
  if (filed.kind === 'refused') return { reason: tagReasons[filed.reason] }
  const attributes: Record<string, string> = Object.create(null)
  for (const column in cells) {
    const value = cells[column]!
    if (value === '' || notAttributes.has(column)) continue
    if (/\p{Cc}/u.test(value) || /\p{Cc}/u.test(column)) return { reason: nameReasons['not-one-line'] }
    if (value.length > 1000) return { reason: 'a cell is longer than 1,000 characters' }
    attributes[column] = value
  }
  return {
    row,
    address: reading.address.address,
    addressKey: reading.address.key,
    name: called.name,
    attributes,
    tags: filed.tags.join(','),
  }
}

function erasedCause(erased: Map<string, string>, keys: Keyring, addressKey: string): string | undefined {
  for (const hash of addressHashes(keys, addressKey)) {
    const cause = erased.get(Buffer.from(hash).toString('hex'))
    if (cause) return cause
  }
  return undefined
}

const addressReasons = {
  empty: 'there is no address',
  'too-long': 'the address is too long',
  'no-at': 'the address has no @',
  malformed: 'the address is malformed',
  domain: 'the part after the @ is no domain',
} as const

const nameReasons = {
  'too-long': 'the name is longer than 100 characters',
  'not-one-line': 'a cell has a line break or a control character',
} as const

const tagReasons = {
  'too-long': 'a tag is longer than 60 characters',
  'too-many': 'there are more than 50 tags',
  'not-one-line': nameReasons['not-one-line'],
} as const

const causes: Record<string, string> = {
  twice: 'the address stands in the file before',
  left: 'the reader left; only they can join again',
  bounced: 'suppressed: mail to it bounced',
  complained: 'suppressed: the reader complained of spam',
  objected: 'suppressed: the reader asked never to be written to',
  erased: 'suppressed: the reader had their data erased',
  manual: 'suppressed by hand',
}

const reasonOf = (cause: string) => causes[cause] ?? `suppressed: ${cause}`
