import { sql } from 'drizzle-orm'
import { homeOf } from './home.ts'
import type { Services } from './services.ts'

/** What `doctor` looked at: `look` is worth a look, `fault` is wrong. */
export type Finding = { subject: string; state: 'good' | 'look' | 'fault'; text: string }

type Count = {
  dispatch_id: string
  digest_id: string
  intended: number
  sent: number
  failed: number
  suppressed: number
  unknown: number
  pending: number
}

/** Compares counters with rows, and looks for what is stuck. Reads only. */
export async function examine(services: Services): Promise<Finding[]> {
  return [await pending(services), await home(services), await ledgers(services), await outbox(services)]
}

async function pending({ pendingMigrations }: Services): Promise<Finding> {
  const count = await pendingMigrations()
  return count
    ? {
        subject: 'database',
        state: 'fault',
        text: `${count} migrations are pending; broadsheet migrate applies them`,
      }
    : { subject: 'database', state: 'good', text: 'up to date' }
}

async function home(services: Services): Promise<Finding> {
  const standing = await homeOf(services)
  return standing.kind === 'home'
    ? { subject: 'home', state: 'good', text: services.config.publicUrl }
    : {
        subject: 'home',
        state: 'look',
        text: `this is a copy of ${standing.of} and sends nothing by SMTP; broadsheet home --claim makes it the original`,
      }
}

async function ledgers({ db }: Services): Promise<Finding> {
  const wrong = await db.execute<Count>(sql`
    with rows as (
      select dispatch_id, count(*)::int as intended,
        (count(*) filter (where state = 'sent'))::int as sent, (count(*) filter (where state = 'failed'))::int as failed,
        (count(*) filter (where state = 'suppressed'))::int as suppressed, (count(*) filter (where state = 'unknown'))::int as unknown,
        (count(*) filter (where state = 'pending'))::int as pending
      from deliveries group by dispatch_id
    )
    select rows.dispatch_id, dispatches.digest_id, rows.intended, rows.sent, rows.failed, rows.suppressed, rows.unknown, rows.pending
    from rows join dispatches on dispatches.id = rows.dispatch_id
    where (rows.intended, rows.sent, rows.failed, rows.suppressed, rows.unknown, rows.pending)
      <> (dispatches.intended, dispatches.sent, dispatches.failed, dispatches.suppressed, dispatches.unknown, dispatches.pending)`)
  if (!wrong.length) return { subject: 'ledger', state: 'good', text: 'counters and rows agree' }
  const digests = wrong.map(row => row.digest_id).join(', ')
  return { subject: 'ledger', state: 'fault', text: `counters and rows differ for digest ${digests}` }
}

async function outbox({ db }: Services): Promise<Finding> {
  const [row] = await db.execute<{ waiting: number; stuck: number }>(sql`
    select (count(*))::int as waiting, (count(*) filter (where created_at < now() - interval '10 minutes' and due_at < now() + interval '1 hour'))::int as stuck
    from notices where state = 'waiting'`)
  return row!.stuck
    ? {
        subject: 'outbox',
        state: 'look',
        text: `${row!.stuck} mails have waited for over 10 minutes: does the mail server answer, and does serve or deliver run?`,
      }
    : { subject: 'outbox', state: 'good', text: row!.waiting ? `${row!.waiting} mails wait` : 'empty' }
}
