import { startLoop } from '../../domain/loop.ts'
import { domainOfBatch, leaseBatch, renewLeases } from '../../store/batches.ts'
import { postponeOffer } from '../../store/offers.ts'
import { tallyOf } from '../../store/tallies.ts'
import { maySend } from '../home.ts'
import { Crew, type CrewDeps } from './crew.ts'

export type BatchOutcome =
  /** Nothing of it is left to do now, or it gave way. */
  | 'done'
  /** Finished before, in other hands, or not to be sent now. */
  | 'not-to-be-had'
  /** The mail server could not be reached, or would not have us: it was given back, and is offered again in 30 s. */
  | 'no-server'
  /** Its time was up: the rest was given back. */
  | 'time-up'

type Deps = Pick<CrewDeps, 'services' | 'raw' | 'openWire' | 'connections' | 'retry'> & {
  /** Milliseconds for all of it; what is on the wire then is still finished. */
  time: number
}

/** What is on the wire has so long to be finished when the time is up, in milliseconds. */
const grace = 30_000

/**
 * Delivers one batch as a sender does, and ends with it. Harmless to repeat, and to do twice at once: who gets the lease
 * delivers. Throws where the database is away.
 */
export async function deliverBatch({ time, ...deps }: Deps, id: number): Promise<BatchOutcome> {
  const { services, raw } = deps
  const transport = services.config.transport.kind
  const domain = await domainOfBatch(raw, id)
  if (domain === undefined || !(await maySend(services))) return 'not-to-be-had'
  let asked: 'not-yet' | 'had' | 'not-to-be-had' = 'not-yet'
  const crew = new Crew({
    ...deps,
    domain,
    countsIn: tallyOf(id),
    async lease(holder, { domains }) {
      if (asked !== 'not-yet') return []
      const lease = await leaseBatch(raw, { holder, transport }, domains, id)
      asked = lease ? 'had' : 'not-to-be-had'
      return lease ? [lease] : []
    },
    // A sender of many batches sends what is breaking first; who has one makes room for it.
    renew: (holder, ids) => renewLeases(raw, holder, ids, 'giving-way'),
    idle: () => work.wake(),
  })
  const outcome = Promise.withResolvers<BatchOutcome>()
  const timer = setTimeout(() => outcome.resolve('time-up'), time)
  const work = startLoop(
    async () => {
      const tended = await crew.tend()
      if (tended === 'no-server') outcome.resolve('no-server')
      else if (!crew.held) outcome.resolve(asked === 'had' ? 'done' : 'not-to-be-had')
      return 1000
    },
    error => (crew.held ? services.log.error({ err: error }, 'a sender met a fault') : outcome.reject(error)),
  )
  const came = await outcome.promise.finally(async () => {
    clearTimeout(timer)
    const stopped = work.stop()
    await crew.drain(grace)
    await stopped
  })
  if (came === 'no-server') await postponeOffer(services.db, id)
  return came
}
