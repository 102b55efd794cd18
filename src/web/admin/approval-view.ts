import type { Context } from 'hono'
import { newslettersThatAsk } from '../../actions/approval-check.ts'
import { hashOf } from '../../actions/proposal.ts'
import { byName } from '../../domain/by.ts'
import type { DigestEvent } from '../../domain/digest-event.ts'
import { mayAct } from '../../domain/roles.ts'
import { type Approval, latestApproval } from '../../store/approvals.ts'
import { listDigestEvents, type NotedEvent } from '../../store/digest-events.ts'
import type { Digest } from '../../store/digests.ts'
import { listEditors } from '../../store/editors.ts'
import type { AppEnv } from '../env.ts'
import { editorOf } from './frame.ts'

/** Where a digest stands between those who write it and those who approve. */
export type ApprovalView = {
  /** The names of its newsletters that demand a second person. */
  newsletters: string[]
  state: 'none' | Approval['state']
  approval?: Approval
  /** Who asked and who decided, by name; empty where nobody did by name. */
  asker: string
  decider: string
  /** What was said to it last: by the asker, by who decided, or as the reason to do without. */
  said: string
  /** Why it is void. */
  why?: Extract<DigestEvent, { kind: 'voided' }>['why']
  /** Who edited, where that made it void. */
  editor: string
  /** Whether the one who looks may decide: an editor, and not who edited last. */
  mayDecide: boolean
  isOwnWork: boolean
  /** Whether anybody but who looks may. */
  othersMay: boolean
}

export async function approvalView(c: Context<AppEnv>, digest: Digest): Promise<ApprovalView> {
  const { config, db } = c.var.services
  const me = editorOf(c)
  const [newsletters, approval, editors] = await Promise.all([
    newslettersThatAsk(db, digest),
    latestApproval(db, digest.id),
    listEditors(db),
  ])
  const events = approval ? await listDigestEvents(db, digest.id) : []
  const isLive = approval?.state === 'asked' || approval?.state === 'approved'
  const isStale = isLive && (await hashOf({ config, db }, digest, approval.proposal.when)) !== approval.hash
  const isEditor = mayAct(me.role, 'editor')
  const isOwnWork = digest.editedBy === me.id
  return {
    newsletters,
    approval,
    ...(isStale
      ? { state: 'void' as const, why: 'changed-around' as const }
      : { state: approval?.state ?? 'none', why: lastOf(events, 'voided')?.event.why }),
    ...namesIn(events, approval),
    mayDecide: isEditor && !isOwnWork,
    isOwnWork: isEditor && isOwnWork,
    othersMay: editors.some(one => one.id !== digest.editedBy && mayAct(one.role, 'editor')),
  }
}

type Of<Kind extends DigestEvent['kind']> = NotedEvent & { event: Extract<DigestEvent, { kind: Kind }> }

const lastOf = <Kind extends DigestEvent['kind']>(events: readonly NotedEvent[], kind: Kind) =>
  events.findLast(({ event }) => event.kind === kind) as Of<Kind> | undefined

function namesIn(events: readonly NotedEvent[], approval: Approval | undefined) {
  const nameOf = (one: NotedEvent | undefined) => (one ? byName(one.by) : '')
  const asked = lastOf(events, 'asked')
  const over = approval?.override ? lastOf(events, 'overridden') : undefined
  const decided =
    over ?? (approval?.state === 'sent_back' ? lastOf(events, 'sent_back') : lastOf(events, 'approved'))
  const comment = approval?.state === 'asked' ? asked?.event.comment : undefined
  const verdict = decided?.event.kind === 'overridden' ? decided.event.reason : decided?.event.comment
  return {
    asker: nameOf(asked),
    decider: nameOf(decided),
    said: comment ?? verdict ?? '',
    editor: nameOf(lastOf(events, 'voided')),
  }
}
