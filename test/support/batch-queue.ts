import { type BatchOutcome, deliverBatch } from '../../src/actions/deliver/deliver-batch.ts'
import { tendDispatches } from '../../src/actions/deliver/tend-dispatches.ts'
import type { Config } from '../../src/config.ts'
import type { RetryPolicy } from '../../src/domain/retry-policy.ts'
import type { Log } from '../../src/log.ts'
import { smtpWires } from '../../src/mail/smtp/smtp-wire.ts'
import { openDatabase, openRaw } from '../../src/store/client.ts'
import { finishDispatches } from '../../src/store/dispatches.ts'
import { offerBatches } from '../../src/store/offers.ts'
import type { Newsroom } from './sending.ts'

// Knows nothing of the test runner: processes of their own use it too.

type Options = {
  connections?: number
  time?: number
  retry?: RetryPolicy
  config?: Partial<Config>
  log?: Log
}

/** Delivers one batch as an invocation of the Worker does: with one connection each for the database and its ledger. */
export async function deliverAlone(
  room: Newsroom,
  id: number,
  { connections = 4, time = 60_000, retry, config, log }: Options = {},
): Promise<BatchOutcome> {
  const { db, close } = openDatabase(room.databaseUrl, { connections: 1 })
  const raw = openRaw(room.databaseUrl, { connections: 1, name: 'broadsheet sender' })
  const services = { ...room.services, db, config: { ...room.services.config, ...config } }
  try {
    return await deliverBatch(
      {
        services: { ...services, ...(log && { log }) },
        raw,
        openWire: smtpWires(room.smtpUrl),
        connections,
        time,
        ...(retry && { retry }),
      },
      id,
    )
  } finally {
    await Promise.all([raw.end({ timeout: 1 }), close(1)])
  }
}

/** What is offered now, where so many batches may be in hands. */
export const offer = ({ services: { db, config } }: Newsroom, most = 100): Promise<number[]> =>
  offerBatches(db, { transport: config.transport.kind, most })

/** What a round does for dispatches. */
export const tend = ({ services, raw }: Newsroom): Promise<void> => tendDispatches({ services, raw })

/** Delivers all that is due, batch after batch, as consumers that nothing befalls; answers what came of each. */
export async function deliverDue(room: Newsroom, options: Options = {}): Promise<BatchOutcome[]> {
  const outcomes: BatchOutcome[] = []
  for (let ids = await offer(room); ids.length; ids = await offer(room))
    for (const id of ids) outcomes.push(await deliverAlone(room, id, options))
  await finishDispatches(room.services.db, room.services.config.transport.kind)
  return outcomes
}
