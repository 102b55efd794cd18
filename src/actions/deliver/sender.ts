import { startLoop } from '../../domain/loop.ts'
import { leaseBatches, renewLeases } from '../../store/batches.ts'
import { maySend } from '../home.ts'
import { Crew, type CrewDeps } from './crew.ts'
import { pauseInterrupted, tendDispatches } from './tend-dispatches.ts'

export type SenderDeps = Pick<CrewDeps, 'services' | 'raw' | 'openWire' | 'retry'>

export type Sender = {
  /** Looks for work now rather than within a second. */
  wake(): void
  /**
   * Ends: what is on the wire is finished, results are written, leases given back. What takes longer than `grace`
   * milliseconds (30 s) is dropped where it stands, and unknown.
   */
  drain(grace?: number): Promise<void>
}

/** Starts a sender: it starts what is due and delivers what is leased, until it is drained. Many may run at once. */
export function createSender(deps: SenderDeps): Sender {
  const { services, raw } = deps
  const { config, log } = services
  const transport = config.transport.kind
  const crew = new Crew({
    ...deps,
    connections: config.smtpConnections,
    lease: (holder, ask) => leaseBatches(raw, { holder, transport }, ask),
    renew: (holder, ids) => renewLeases(raw, holder, ids),
    idle: () => work.wake(),
  })
  let lookedForInterrupted = 0
  let silent = false
  const work = startLoop(
    () => crew.ask(look),
    error => log.error({ err: error }, 'a sender met a fault'),
  )

  /** One look at everything; answers the milliseconds until the next. */
  async function look(): Promise<number> {
    if (!(await mayGoOn())) return 10_000
    if (Date.now() - lookedForInterrupted > 30_000) {
      lookedForInterrupted = Date.now()
      await pauseInterrupted(deps)
    }
    await tendDispatches(deps)
    await crew.tend()
    return 1000
  }

  /** A copy of somebody's database sends nothing. */
  async function mayGoOn(): Promise<boolean> {
    const may = await maySend(services)
    if (!may && !silent) log.warn({}, 'this is a copy of another installation: it sends nothing')
    silent = !may
    if (!may) await crew.giveUpAll()
    return may
  }

  return {
    wake: () => work.wake(),
    async drain(grace = 30_000) {
      const stopped = work.stop()
      await crew.drain(grace)
      await stopped
    },
  }
}
