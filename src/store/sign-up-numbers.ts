import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/** Sign-ups in numbers. What went into one mail with another is not counted twice. */
export type SignUpCounts = {
  asked: number
  confirmed: number
  waiting: number
  refused: number
  objected: number
}
export type SignUpNumbers = {
  all: SignUpCounts & {
    /** From the request to the button, in the middle, in seconds; null where nobody has confirmed. */
    secondsToConfirm: number | null
  }
  byDay: (SignUpCounts & { day: string })[]
  byNewsletter: (SignUpCounts & { newsletterId: number })[]
  /** There were more: the numbers are of the newest 50,000. */
  more: boolean
}

/** Under an attack a page must still come: 50,000 take 60 ms. */
const most = 50_000

/** The sign-ups of the last 30 days by state, by day of that zone (the newest first) and by newsletter. */
export async function signUpNumbers(db: Queryable, zone: string): Promise<SignUpNumbers> {
  const rows = await db.execute<
    SignUpCounts & {
      day: string | null
      id: number | null
      seconds: number | null
      seen: number
      kind: number
    }
  >(sql`
    with newest as materialized (
      select newsletter_ids, state, created_at, confirmed_at from sign_ups
      where created_at > now() - interval '30 days' order by created_at desc limit ${most + 1}
    ), counted as (
      select 0 as kind, null::date as day, null::bigint as id, state, created_at, confirmed_at from newest
      union all select 1, (created_at at time zone ${zone})::date, null, state, created_at, confirmed_at from newest
      union all select 2, null, unnest(newsletter_ids), state, created_at, confirmed_at from newest
    )
    select kind, day::text as day, id::int as id,
      count(*) filter (where state <> 'merged')::int as asked,
      count(*) filter (where state = 'confirmed')::int as confirmed,
      count(*) filter (where state in ('waiting', 'asked'))::int as waiting,
      count(*) filter (where state = 'refused')::int as refused,
      count(*) filter (where state = 'objected')::int as objected,
      percentile_cont(0.5) within group (order by extract(epoch from confirmed_at - created_at)) filter (where kind = 0)::float as seconds,
      count(*)::int as seen
    from counted group by kind, day, id order by kind, day desc, asked desc, id`)
  const [all] = rows.filter(row => row.kind === 0)
  const none = { asked: 0, confirmed: 0, waiting: 0, refused: 0, objected: 0, seconds: null, seen: 0 }
  const { seconds, seen, ...counts } = all ?? none
  return {
    all: { ...counts, secondsToConfirm: seconds },
    byDay: rows.flatMap(row => (row.day === null ? [] : [{ ...row, day: row.day }])),
    byNewsletter: rows.flatMap(row => (row.id === null ? [] : [{ ...row, newsletterId: row.id }])),
    more: seen > most,
  }
}
