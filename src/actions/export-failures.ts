import { listedAddress, listedWords, type Sight } from '../domain/sight.ts'
import { csvLine } from '../domain/subscriber-csv.ts'
import type { Db } from '../store/client.ts'
import { type Chosen, listMissed } from '../store/failures.ts'

const pageSize = 5000

/**
 * The chosen deliveries of a dispatch as CSV, line by line, in constant memory, with as much of the addresses as `sight`
 * lets lists show. Columns: email, state, reply, tries, at, suppressed.
 */
export async function* exportFailures(
  db: Db,
  dispatchId: number,
  chosen: Chosen,
  sight: Sight,
): AsyncGenerator<string> {
  yield csvLine(['email', 'state', 'reply', 'tries', 'at', 'suppressed'])
  for (let after = 0; ; ) {
    const rows = await listMissed(db, dispatchId, chosen, { after, limit: pageSize })
    yield rows
      .map(({ address, state, reply, attempts, at, suppressed }) =>
        csvLine([
          (address && listedAddress(sight, address)) ?? '',
          state,
          listedWords(sight, reply ?? ''),
          String(attempts),
          at?.toISOString() ?? '',
          suppressed ? 'yes' : '',
        ]),
      )
      .join('')
    if (rows.length < pageSize) return
    after = rows.at(-1)!.id
  }
}
