import { interruptedAfter } from '../../domain/dispatch.ts'
import type { Raw } from '../../store/client.ts'
import { finishDispatches, listDue, listInterrupted } from '../../store/dispatches.ts'
import { reclaimExpired } from '../../store/in-flight.ts'
import { freeForgotten } from '../../store/mail-domains.ts'
import { pauseForFault } from '../pause-for-fault.ts'
import type { Services } from '../services.ts'
import { startDispatch } from '../start-dispatch.ts'

type Deps = {
  services: Pick<Services, 'config' | 'db' | 'keys' | 'log' | 'templates' | 'wake'>
  raw: Raw
}

/**
 * Does once what dispatches need beside their delivery: starts those that are due, frees what a sender that ended had in
 * hand and what waits for a limit that is gone, and ends what is done. Many may do it at once.
 */
export async function tendDispatches({ services, raw }: Deps): Promise<void> {
  const { config, db, log } = services
  const transport = config.transport.kind
  for (const id of await listDue(db, transport)) await start(services, id)
  await freeForgotten(raw)
  const unknown = await reclaimExpired(raw)
  if (unknown) log.warn({ unknown }, 'a sender ended with deliveries in flight')
  for (const id of await finishDispatches(db, transport)) log.info({ dispatch: id }, 'a dispatch is finished')
}

/** One that can't be started must not keep the others from their readers. */
async function start(services: Deps['services'], id: number) {
  try {
    const outcome = await startDispatch(services, id)
    if (outcome.kind !== 'not-due') services.log.info({ dispatch: id, ...outcome }, 'a dispatch was due')
    if (outcome.kind === 'paused') services.wake()
  } catch (error) {
    services.log.error({ err: error, dispatch: id }, 'a dispatch could not be started')
  }
}

/** Pauses what no sender had in hand for hours. To be asked at most once in 30 s, and at least once in those hours. */
export async function pauseInterrupted({ services }: Pick<Deps, 'services'>): Promise<void> {
  const { config, db, log } = services
  for (const id of await listInterrupted(db, config.transport.kind, interruptedAfter)) {
    await db.transaction(tx => pauseForFault(config, tx, id, 'interrupted', {}))
    log.warn({ dispatch: id, reason: 'interrupted' }, 'a dispatch is paused')
    services.wake()
  }
}
