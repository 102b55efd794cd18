import { csvLine } from '../domain/subscriber-csv.ts'
import type { Db } from '../store/client.ts'
import { anyTag, attributeNames, type ExportRow, exportPage } from '../store/subscriber-export.ts'

const pageSize = 5000

/**
 * The subscribers as CSV, line by line, in constant memory: those who are active in `newsletter`, or all. Columns are
 * email, name, newsletters (slugs of the active ones, separated by spaces), tags where there are any
 * (separated by commas) and every attribute that any of them has.
 */
export async function* exportSubscribers(db: Db, newsletter?: { id: number }): AsyncGenerator<string> {
  const names = await attributeNames(db)
  const tagged = await anyTag(db)
  yield csvLine(['email', 'name', 'newsletters', ...(tagged ? ['tags'] : []), ...names])
  for await (const rows of pages(db, newsletter))
    yield rows
      .map(row =>
        csvLine([
          row.address,
          row.name,
          row.newsletters,
          ...(tagged ? [row.tags.join(', ')] : []),
          // Without one called `constructor` a reader still has what every object inherits.
          ...names.map(name => (Object.hasOwn(row.attributes, name) ? row.attributes[name]! : '')),
        ]),
      )
      .join('')
}

/** The same as one JSON array of `{email, name, newsletters: [slug], tags, attributes}`. */
export async function* exportAsJson(db: Db, newsletter?: { id: number }): AsyncGenerator<string> {
  let before = '[\n'
  for await (const rows of pages(db, newsletter)) {
    yield before + rows.map(row => JSON.stringify(asObject(row))).join(',\n')
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

const asObject = ({ address, name, newsletters, tags, attributes }: ExportRow) => ({
  email: address,
  name,
  newsletters: newsletters.split(' ').filter(Boolean),
  tags,
  attributes,
})

async function* pages(db: Db, newsletter?: { id: number }): AsyncGenerator<ExportRow[]> {
  for (let after = 0; ; ) {
    const rows = await exportPage(db, { after, limit: pageSize, newsletterId: newsletter?.id })
    if (rows.length) yield rows
    if (rows.length < pageSize) return
    after = rows.at(-1)!.id
  }
}
