import { mailLimits, nextMailAt, sameRequestMs } from '../domain/mail-limits.ts'
import { blocksConfirmation } from '../domain/suppression.ts'
import { tryLock } from '../store/advisory-locks.ts'
import type { Tx } from '../store/client.ts'
import { databaseTime } from '../store/clock.ts'
import { queueNotice } from '../store/notices.ts'
import {
  type Asked,
  confirmationsFor,
  confirmationsInLastSecond,
  dueAddresses,
  lockSignUpsOf,
  type SignUp,
  updateSignUps,
} from '../store/sign-ups.ts'
import { suppressionCauses } from '../store/suppressions.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'keys' | 'config' | 'wake'>

/**
 * Decides about the sign-ups that are due and came in by this process's transport, oldest first: one confirmation per
 * address for all newsletters asked for, at most one in 10 minutes and three in 24 hours, at most 20 a second in total,
 * none to an address that only an owner may write to again. What a limit holds back stays waiting. One process at a time decides; another answers 0 at once.
 * Answers how many addresses it looked at; 0 means that there is nothing to do now, or nothing is left of this second.
 */
export async function decideSignUps(deps: Deps, { limit = 500 } = {}): Promise<number> {
  const decided = await deps.db.transaction(async tx => {
    if (!(await tryLock(tx, 'decide-sign-ups'))) return 0
    const budget = mailLimits.perSecond - (await confirmationsInLastSecond(tx))
    if (budget <= 0) return 0
    const keys = (await dueAddresses(tx, deps.config.transport.kind, limit)).slice(0, budget)
    if (!keys.length) return 0
    const rows = await lockSignUpsOf(tx, keys)
    const waiting = Map.groupBy(
      rows.filter(row => row.state === 'waiting' && row.transport === deps.config.transport.kind),
      row => row.addressKey,
    )
    const asked = await confirmationsFor(tx, [...new Set(rows.map(row => row.limitKey))])
    const now = await databaseTime(tx)
    for (const [key, theirs] of waiting)
      await decideAddress(tx, deps, { key, waiting: theirs, rows, asked, now })
    return keys.length
  })
  if (decided) deps.wake()
  return decided
}

type Case = { key: string; waiting: SignUp[]; rows: SignUp[]; asked: Asked[]; now: Date }

async function decideAddress(tx: Tx, { keys, config }: Deps, { key, waiting, rows, asked, now }: Case) {
  if (blocksConfirmation(await suppressionCauses(tx, keys, key))) {
    await updateSignUps(tx, idsOf(waiting), { state: 'refused' })
    return
  }
  const before = rows.filter(row => row.addressKey === key && row.state !== 'waiting')
  const underway = before.findLast(
    row => row.state === 'asked' && asked.some(one => one.signUpId === row.id && one.unsent),
  )
  if (underway) {
    // Its mail has not gone out yet, and is written when it does: it speaks for these too.
    await updateSignUps(tx, [underway.id], {
      newsletterIds: newslettersOf([underway, ...waiting]),
      name: waiting.at(-1)!.name,
    })
    await mergeInto(tx, underway, waiting)
    return
  }
  const fresh: SignUp[] = []
  for (const row of waiting) {
    const covering = before.findLast(one => covers(one, row))
    if (covering) await mergeInto(tx, covering, [row])
    else fresh.push(row)
  }
  const head = fresh.at(-1)
  if (!head) return
  const former = asked.filter(one => one.limitKey === head.limitKey).map(one => one.at)
  const next = nextMailAt(former, now)
  if (next) {
    await updateSignUps(tx, idsOf(fresh), { dueAt: next })
    return
  }
  const noticeId = await queueNotice(tx, {
    kind: 'confirmation',
    recipient: head.address,
    language: head.language,
    transport: config.transport.kind,
    content: { signUpId: head.id },
  })
  await updateSignUps(tx, [head.id], { state: 'asked', noticeId, newsletterIds: newslettersOf(fresh) })
  await mergeInto(tx, head, fresh.slice(0, -1))
  asked.push({ signUpId: head.id, limitKey: head.limitKey, at: now, unsent: true })
}

const idsOf = (rows: readonly SignUp[]) => rows.map(row => row.id)

/** All newsletters asked for, in the order in which they were first asked for. */
const newslettersOf = (rows: readonly SignUp[]) => [...new Set(rows.flatMap(row => row.newsletterIds))]

const mergeInto = (tx: Tx, head: SignUp, rows: readonly SignUp[]) =>
  updateSignUps(tx, idsOf(rows), { state: 'merged', mergedInto: head.id })

/** The same request, made at the same moment or answered since: a second mail would say nothing new. */
function covers(earlier: SignUp, row: SignUp): boolean {
  if (!row.newsletterIds.every(id => earlier.newsletterIds.includes(id))) return false
  const answered = earlier.confirmedAt !== null && row.createdAt <= earlier.confirmedAt
  return (
    answered ||
    (earlier.state === 'asked' && row.createdAt.getTime() - earlier.createdAt.getTime() < sameRequestMs)
  )
}
