import { deliverBatch } from '../../src/actions/deliver/deliver-batch.ts'
import { smtpWires } from '../../src/mail/smtp/smtp-wire.ts'
import { openDatabase, openRaw } from '../../src/store/client.ts'
import { finishDispatches } from '../../src/store/dispatches.ts'
import { sharesOf } from '../../src/worker/shares.ts'
import { readBalance, startNow } from '../support/sending.ts'
import type { BenchRoom } from './bench-room.ts'
import { readDatabaseWork, workEach } from './database-work.ts'

type Wish = { digestId: number; recipients: number; connections: number }

/**
 * Delivers many batches at once as many invocations do, each with connections of its own to the database. In this
 * process, since the queue of `wrangler dev` hands out one message after the other.
 */
export async function sendByCrowd({ room, sink }: BenchRoom, { digestId, recipients, connections }: Wish) {
  const shares = sharesOf({ smtpConnections: connections, sendRate: undefined })
  await sink.clear()
  const dispatch = await startNow(room, digestId)
  const rows = await room.raw`select id::int from batches where dispatch_id = ${dispatch} order by id`
  const ids = rows.map(row => row.id as number)
  const before = await readDatabaseWork(room.raw)
  await Promise.all(
    Array.from({ length: shares.batches }, async () => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift())
        await deliver(room, id, shares.connections)
    }),
  )
  const work = workEach(before, await readDatabaseWork(room.raw), recipients)
  await finishDispatches(room.services.db, 'smtp')
  const figures = await sink.figures()
  const { sent, state } = await readBalance(room, digestId)
  if (figures.count !== recipients || sent !== recipients || state !== 'finished')
    throw new Error(`of ${recipients} messages ${figures.count} arrived, ${sent} are noted, it is ${state}`)
  return { batchesAtOnce: shares.batches, perSecond: (recipients / figures.span) * 1000, work }
}

async function deliver(
  { services, databaseUrl, smtpUrl }: BenchRoom['room'],
  id: number,
  connections: number,
) {
  const raw = openRaw(databaseUrl, { connections: 1, name: 'broadsheet sender' })
  const { db, close } = openDatabase(databaseUrl, { connections: 1 })
  const deps = {
    services: { ...services, db },
    raw,
    openWire: smtpWires(smtpUrl),
    connections,
    time: 600_000,
  }
  try {
    await deliverBatch(deps, id)
  } finally {
    await Promise.all([raw.end({ timeout: 1 }), close()])
  }
}
