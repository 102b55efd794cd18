import { deliverBatch } from '../actions/deliver/deliver-batch.ts'
import { maySend } from '../actions/home.ts'
import type { Services } from '../actions/services.ts'
import { dialByName } from '../mail/smtp/dial.ts'
import { wiresTo } from '../mail/transport.ts'
import { openRaw } from '../store/client.ts'
import { finishDispatches } from '../store/dispatches.ts'
import { nextDeferral } from '../store/next-moment.ts'
import type { BatchMessage, Env, MessageBatch } from './bindings.ts'
import { openInvocation, sayFaults } from './invocation.ts'
import { log } from './log.ts'
import { offerMore } from './offer.ts'
import { each } from './pieces.ts'
import { horizon, roundConnections, sendingRound } from './round.ts'
import { sharesOf } from './shares.ts'
import { wake } from './wakes.ts'

/** What a consumer may take is 15 minutes, with all that comes before and after. */
const timeForBatch = 10 * 60_000
/** After what is no fault of a message, such as a database that is away, in seconds. */
const tryAgain = 15

/** Takes what the queues hand over. The names of wrangler.toml tell them apart. */
export async function consume(given: MessageBatch, env: Env): Promise<void> {
  if (given.queue.endsWith('-dead')) return noteDead(given)
  const isBatches = given.queue.endsWith('-batches')
  const invocation = await openInvocation(env, isBatches ? 1 : roundConnections).catch(sayFaults)
  if (!invocation) return retryAll(given)
  const { services } = invocation
  try {
    if (isBatches) for (const message of given.messages) await deliver(env, services, message)
    else await sendingRound(env, invocation)
    if (invocation.woken()) await wake(env)
  } finally {
    await invocation.close()
  }
}

const retryAll = ({ messages }: MessageBatch) => {
  for (const message of messages) message.retry({ delaySeconds: tryAgain })
}

async function deliver(env: Env, services: Services, message: MessageBatch['messages'][number]) {
  const { batch } = message.body as BatchMessage
  try {
    await deliverOne(env, services, batch)
  } catch (error) {
    log.error({ err: error, batch, attempts: message.attempts }, 'a batch could not be delivered')
    return message.retry({ delaySeconds: tryAgain })
  }
  message.ack()
  await each(log, {
    'finished dispatches': () => finishDispatches(services.db, services.config.transport.kind),
    offers: async () => {
      if (await maySend(services)) await offerMore(env, services)
    },
    'what was put off': async () => {
      const wait = await nextDeferral(services.db, {
        transport: services.config.transport.kind,
        within: horizon,
      })
      if (wait !== undefined) await wake(env, wait)
    },
  })
}

async function deliverOne(env: Env, services: Services, batch: number) {
  const { transport } = services.config
  if (transport.kind !== 'smtp') return
  const { connections } = sharesOf(services.config)
  const raw = openRaw(env.HYPERDRIVE.connectionString, { connections: 1, name: 'broadsheet sender' })
  const openWire = wiresTo(transport.server, { dial: dialByName })
  try {
    const deps = { services, raw, openWire, connections, time: timeForBatch }
    await deliverBatch(deps, batch)
  } finally {
    await raw.end({ timeout: 1 })
  }
}

/** Whose message failed too often. Nothing is lost: what is due in the ledger is offered again. */
function noteDead({ messages }: MessageBatch) {
  for (const message of messages) {
    log.error({ ...(message.body as BatchMessage) }, 'the queue gave a batch up; the ledger offers it again')
    message.ack()
  }
}
