import { expect } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import type { PauseReason } from '../../src/domain/dispatch.ts'
import { smtpTimeouts } from '../../src/mail/smtp/timeouts.ts'
import {
  type MisbehavingServer,
  type Script,
  type ServerOptions,
  startMisbehavingServer,
} from '../support/misbehaving-smtp.ts'
import { ended, type Newsroom } from '../support/sending.ts'
import { withSenders } from '../support/sending-story.ts'
import { type Filled, withVacantRoom } from './vacant-rooms.ts'

/** What becomes of a reader, or of the whole dispatch. */
export type Outcome =
  | 'sent'
  | 'sent over another connection'
  | 'sent at the second try'
  | 'failed'
  | 'failed and suppressed'
  | 'unknown'
  | 'unknown, then sent again'
  | `paused: ${PauseReason}`

export type Room = Filled & { server: MisbehavingServer }
export type Wish = {
  script: Script
  readers: readonly string[]
  server?: ServerOptions
  connections?: number
  url?: (url: string) => string
  /** How large the message is; Linux takes 4 of them before the server has read any. */
  megabytes?: number
}

/** A publication whose mail server follows the script. Both are empty again after the story. */
export async function withRoom<T>(wish: Wish, story: (room: Room) => Promise<T>): Promise<T> {
  const { script, readers, connections = 1, url = (same: string) => same } = wish
  const server = await startMisbehavingServer(script, wish.server)
  const env = { SMTP_URL: url(server.url), SMTP_CONNECTIONS: String(connections) }
  return withVacantRoom({ env, readers }, async ({ room, digest }) => {
    try {
      if (wish.megabytes) await makeLarge(room, wish.megabytes)
      return await story({ room, server, digest })
    } finally {
      await server.close()
      if (wish.megabytes) await room.raw`drop trigger pad on renderings`
    }
  })
}

/** No digest may be as large as this: the database makes it so. */
async function makeLarge({ raw }: Newsroom, megabytes: number) {
  await raw.unsafe(`
    create or replace function pad() returns trigger language plpgsql as $$ begin
      new.message = jsonb_set(new.message, '{body,0}',
        to_jsonb(new.message #>> '{body,0}' || repeat(repeat('x', 70) || E'\\r\\n', ${megabytes * 14_000})));
      return new;
    end $$`)
  await raw`create trigger pad before insert on renderings for each row execute function pad()`
}

export type Sending = Parameters<typeof withSenders>[1][number] & {
  policy?: 'hold' | 'retry'
  /** What to wait for; absent: the end, or a pause. */
  until?: () => Promise<unknown>
}

/** Sends the digest, until nothing more comes of it. */
export async function send({ room, digest }: Filled, { policy = 'retry', until, ...sender }: Sending = {}) {
  const outcome = await dispatchDigest(room.services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  await room.raw`update dispatches set unknown_policy = ${policy}`
  await withSenders(room, [{ retry: soon, ...sender }], until ?? (() => ended(room, digest)))
}

const soon = { pauses: [100], jitter: 0 }
/** Longer than this process is ever busy with something else. */
export const impatient = {
  ...smtpTimeouts,
  greeting: 1000,
  mail: 1000,
  rcpt: 1000,
  data: 1000,
  body: 1000,
  dot: 1000,
}

export type Seen = SeenLedger &
  Pick<MisbehavingServer, 'accepted' | 'received' | 'heard'> & { sessions: number; inClear: string }

export const observe = async ({ room, server }: Room): Promise<Seen> => ({
  ...(await observeLedger(room)),
  accepted: server.accepted,
  received: server.received,
  heard: server.heard,
  sessions: server.sessions(),
  inClear: server.inClear(),
})

type SeenLedger = {
  state: string
  ledger: Map<string, { state: string; attempts: number; reply: string | null }>
  /** Addresses, with the reply that suppressed them. */
  suppressed: Map<string, string>
  pauseReason: PauseReason | null
  /** Who was told that the dispatch is paused. */
  reports: string[]
}

export async function observeLedger({ raw }: Newsroom): Promise<SeenLedger> {
  const ledger = await raw`select r.address, d.state, d.attempts, d.reply
    from deliveries d join subscribers r on r.id = d.subscriber_id`
  const suppressed = await raw`select address_key, evidence from suppressions`
  const [dispatch] = await raw`select state, pause_reason from dispatches`
  const reports = await raw`select recipient from notices where kind = 'report'`
  return {
    ledger: new Map(ledger.map(row => [row.address, row as never])),
    suppressed: new Map(suppressed.map(row => [row.address_key, row.evidence.reply])),
    state: dispatch!.state,
    pauseReason: dispatch!.pause_reason,
    reports: reports.map(row => row.recipient),
  }
}

/** What each outcome looks like in the ledger, and at the server. */
export function expectOutcome(
  seen: Omit<Seen, 'inClear'>,
  address: string,
  outcome: Outcome,
  reply?: string,
) {
  const { state, attempts, reply: written } = seen.ledger.get(address)!
  const suppressed = seen.suppressed.get(address)
  const taken = seen.accepted.filter(({ to }) => to === address).length
  const named = seen.heard.filter(line => line === `RCPT TO:<${address}>`).length
  const ids = seen.received.filter(({ to }) => to === address).map(({ messageId }) => messageId)
  const delivery = { state, attempts, taken }
  switch (outcome) {
    case 'sent':
      expect({ ...delivery, named }).toEqual({ state: 'sent', attempts: 1, taken: 1, named: 1 })
      break
    case 'sent over another connection':
      expect(delivery).toEqual({ state: 'sent', attempts: 1, taken: 1 })
      expect(seen.sessions).toBeGreaterThan(1)
      break
    case 'sent at the second try':
      expect(delivery).toEqual({ state: 'sent', attempts: 2, taken: 1 })
      break
    case 'failed':
    case 'failed and suppressed':
      expect(delivery).toEqual({ state: 'failed', attempts: 1, taken: 0 })
      break
    case 'unknown':
      expect(delivery).toMatchObject({ state: 'unknown', attempts: 1 })
      break
    case 'unknown, then sent again':
      expect(delivery).toMatchObject({ state: 'sent', attempts: 2 })
      expect(ids).toEqual([ids[0], ids[0]])
      break
    default:
      expect(delivery).toMatchObject({ state: 'pending', taken: 0 })
      expect(outcome).toBe(`paused: ${seen.pauseReason}`)
  }
  expect(suppressed).toBe(outcome === 'failed and suppressed' ? written : undefined)
  if (reply !== undefined) expect(written).toBe(reply)
}
