import { decideLinkRequests } from '../actions/decide-link-requests.ts'
import { decideSignUps } from '../actions/decide-sign-ups.ts'
import { tendDispatches } from '../actions/deliver/tend-dispatches.ts'
import { deliverNotices } from '../actions/deliver-notices.ts'
import { maySend } from '../actions/home.ts'
import { runPlans } from '../actions/run-plans.ts'
import { recheckApprovals } from '../actions/void-approval.ts'
import { dialByName } from '../mail/smtp/dial.ts'
import { mailerTo } from '../mail/transport.ts'
import { openRaw } from '../store/client.ts'
import { nextMoment } from '../store/next-moment.ts'
import type { Env } from './bindings.ts'
import type { Invocation } from './invocation.ts'
import { offerMore } from './offer.ts'
import { each } from './pieces.ts'
import { wake } from './wakes.ts'

/**
 * Of the six sockets that an invocation may have, those of a round go to the database, one to its ledger, and to the mail
 * server; the last is for messages to the queues.
 */
export const roundConnections = 2
const noticesAtOnce = 2

/** Notices that are not under way by then are left to the next round, in milliseconds. */
const timeForNotices = 20_000
/** What is due within a minute asks for a round of its own: the clock brings one each minute. */
export const horizon = 60_000

/**
 * One round of what readers and editors wait for: decides about sign-ups, hands over notices, starts dispatches, and offers
 * batches for delivery. Asks for the next one where something is due before the clock would bring it.
 */
export async function sendingRound(env: Env, invocation: Invocation): Promise<void> {
  const { services } = invocation
  const { db, config, log } = services
  const { transport } = config
  if (transport.kind !== 'smtp' || !(await maySend(services))) return
  const raw = openRaw(env.HYPERDRIVE.connectionString, { connections: 1, name: 'broadsheet sender' })
  const mailer = mailerTo(transport.server, { connections: noticesAtOnce, dial: dialByName })
  const timeUp = AbortSignal.timeout(timeForNotices)
  // What these write is seen to in this round.
  const first = { ...services, wake: () => {} }
  try {
    await each(log, {
      'sign-ups': async () => {
        while (await decideSignUps(first));
      },
      'link requests': async () => {
        while (await decideLinkRequests(first));
      },
      approvals: () => recheckApprovals(first),
      plans: () => runPlans(first),
    })
    await Promise.all([
      each(log, { notices: () => deliverNotices(services, mailer, timeUp, noticesAtOnce) }),
      each(log, {
        dispatches: () => tendDispatches({ services, raw }),
        offers: () => offerMore(env, services),
      }),
    ])
    const wait = timeUp.aborted ? 0 : await nextMoment(db, { transport: transport.kind, within: horizon })
    if (wait !== undefined) await wake(env, wait)
  } finally {
    mailer.close()
    await raw.end({ timeout: 1 })
  }
}
