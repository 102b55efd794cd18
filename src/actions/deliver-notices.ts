import { randomUUID } from 'node:crypto'
import { outcomeOf } from '../domain/notice-outcome.ts'
import { plainReply } from '../domain/smtp-reply.ts'
import { identityAt } from '../mail/dkim.ts'
import type { Handover, Mailer } from '../mail/mailer.ts'
import { noticeMessage } from '../mail/notice-message.ts'
import type { Notice } from '../store/notices.ts'
import {
  closeLateNotices,
  closeNotice,
  deferNotice,
  holdNoticesOff,
  leaseNotice,
  noteNoticeSent,
  releaseNotice,
} from '../store/outbox.ts'
import { reserve } from '../store/send-rate.ts'
import { composeNotice } from './compose-notice.ts'
import { holdNotice } from './hold-notice.ts'
import { maySend } from './home.ts'
import type { Services } from './services.ts'

/** How many notices are under way at once on Node: 20 a second over a server 40 ms away. Connections are made as needed. */
export const noticeLanes = 4

/** Milliseconds between two looks at the outbox, where nobody wakes it: other processes write to it too. */
const [rest, restOfCopy] = [1000, 30_000]
/** The same while something is under way, perhaps for minutes. */
const lookAgain = 500

/** How long what is under way may take when the process is asked to end. */
const drainTime = 10_000

type Deps = Pick<Services, 'config' | 'db' | 'keys' | 'log' | 'templates'>

type Run = {
  services: Deps
  mailer: Mailer
  holder: string
  signal: AbortSignal
  hardStop: AbortSignal
  lanes: number
}

/**
 * Hands over every notice that is due and goes by this process's transport, and answers the milliseconds after which
 * to look again; `lanes` at once. Several processes may run it at once. Where the server is in trouble all of them hold off. When
 * `signal` aborts, what is under way has ten seconds.
 */
export async function deliverNotices(
  services: Deps,
  mailer: Mailer,
  signal: AbortSignal = new AbortController().signal,
  lanes = noticeLanes,
): Promise<number> {
  if (!(await maySend(services))) return restOfCopy
  await closeLateNotices(services.db)
  const hardStop = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const drain = () => {
    timer = setTimeout(() => hardStop.abort(), drainTime)
  }
  signal.addEventListener('abort', drain, { once: true })
  const run: Run = { services, mailer, holder: randomUUID(), signal, hardStop: hardStop.signal, lanes }
  try {
    await empty(run)
    return rest
  } finally {
    signal.removeEventListener('abort', drain)
    clearTimeout(timer)
  }
}

/** Goes on until nothing is due and nothing is under way: one slow server must not hold up what comes meanwhile. */
async function empty(run: Run): Promise<void> {
  const underWay = new Set<Promise<void>>()
  const failures: unknown[] = []
  while (!run.signal.aborted && !failures.length) {
    const notice = underWay.size < run.lanes ? await nextNotice(run) : undefined
    if (notice) {
      const delivery = deliver(run, notice)
        .catch(error => void failures.push(error))
        .finally(() => underWay.delete(delivery))
      underWay.add(delivery)
    } else if (underWay.size) await Promise.race([...underWay, pauseUnless(run.signal, lookAgain)])
    else return
  }
  await Promise.all(underWay)
  if (failures.length) throw failures[0]
}

const nextNotice = ({ services, holder }: Run): Promise<Notice | undefined> =>
  leaseNotice(services.db, services.config.transport.kind, holder)

async function deliver(run: Run, notice: Notice): Promise<void> {
  const { db } = run.services
  const hold = holdNotice(db, notice)
  const abort = AbortSignal.any([hold.lost, run.hardStop])
  try {
    const handover = await handOver(run, notice, abort)
    if (handover === 'obsolete') await closeNotice(db, notice, 'obsolete')
    else if (handover === 'not-now') await releaseNotice(db, notice)
    else if (abort.aborted && handover.kind === 'unreachable')
      await deferNotice(db, notice, 0, plainReply(handover.reply, 1000))
    else await settle(run.services, notice, handover)
  } finally {
    hold.release()
  }
}

/** A notice that can't be made is put aside for a while, so that it holds up no other. */
async function handOver(
  run: Run,
  notice: Notice,
  abort: AbortSignal,
): Promise<Handover | 'obsolete' | 'not-now'> {
  try {
    return await makeAndSend(run, notice, abort)
  } catch (error) {
    run.services.log.error({ err: error, notice: notice.id, kind: notice.kind }, 'a notice could not be made')
    return { kind: 'refused', by: 'message', reply: '450 4.3.0 it could not be made' }
  }
}

async function makeAndSend(
  { services, mailer, signal }: Run,
  notice: Notice,
  abort: AbortSignal,
): Promise<Handover | 'obsolete' | 'not-now'> {
  const mail = await composeNotice(services, notice)
  if (mail === 'obsolete') return mail
  const { sendRate, bounceAddress, transport, dkim } = services.config
  // Out of the same allowance as dispatches, of which no sender reserves more than a moment ahead.
  const turn = { scope: 'mail', perSecond: sendRate ?? 0, count: 1 }
  const wait = sendRate ? await reserve(services.db, turn) : 0
  if (!(await pauseUnless(signal, wait))) return 'not-now'
  const { from, ...letter } = mail
  const content = await noticeMessage({
    ...letter,
    from,
    to: notice.recipient,
    messageId: notice.messageId,
    ...(from.replyTo && { replyTo: from.replyTo }),
    ...(dkim && { dkim: { ...dkim, identity: identityAt(transport) } }),
  })
  return mailer.send({ from: bounceAddress ?? from.address, to: notice.recipient, content }, abort)
}

/** Waits; false where the signal came first. */
const pauseUnless = (signal: AbortSignal, ms: number): Promise<boolean> =>
  new Promise(resolve => {
    if (signal.aborted || ms === 0) return resolve(!signal.aborted)
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve(!signal.aborted)
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })

async function settle({ db, log, config }: Deps, notice: Notice, handover: Handover): Promise<void> {
  const outcome = outcomeOf(handover, notice.attempts, Math.random())
  const reply = plainReply(handover.reply, 1000)
  const fields = { notice: notice.id, kind: notice.kind, reply: masked(reply) }
  switch (outcome.kind) {
    case 'sent':
      await noteNoticeSent(db, notice, reply)
      return
    case 'failed':
      log.warn(fields, 'a notice was refused')
      await closeNotice(db, notice, reply)
      return
    case 'again':
      if (outcome.holdOff) await holdNoticesOff(db, config.transport.kind, outcome.holdOff)
      if (notice.attempts === 1) log.warn(fields, 'a notice has to wait')
      await deferNotice(db, notice, outcome.pause, reply)
  }
}

/** A server's reply often names the address. */
const masked = (reply: string) => reply.replace(/[^\s<>@]+@[^\s<>@]+/g, '…@…')
