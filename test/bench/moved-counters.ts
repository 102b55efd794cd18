import { openRaw } from '../../src/store/client.ts'
import type { Newsroom } from '../support/sending.ts'
import { until } from '../support/until.ts'

/** How many times a second so many sessions together move the counters of one dispatch, each time durably. */
export async function countMoves({ databaseUrl }: Newsroom, sessions: number, ms: number): Promise<number> {
  const raw = openRaw(databaseUrl, { connections: sessions })
  const [dispatch] = await raw`select max(id)::int as id from dispatches`
  const move = () => raw`update dispatches set active_at = clock_timestamp() where id = ${dispatch!.id}`
  await Promise.all(Array.from({ length: sessions }, move))
  let moves = 0
  const began = performance.now()
  const until = began + ms
  await Promise.all(
    Array.from({ length: sessions }, async () => {
      for (; performance.now() < until; moves++) await move()
    }),
  )
  const took = performance.now() - began
  await raw.end()
  return (moves / took) * 1000
}

/** From now on a commit takes so many milliseconds more, as on a disk behind a network. */
export async function slowCommits({ raw }: Newsroom, ms: number): Promise<void> {
  if (!ms) return
  // `commit_delay` is in microseconds; without `commit_siblings` it holds for a session that is alone too.
  await raw.unsafe(`alter system set commit_delay = ${ms * 1000}`)
  await raw`alter system set commit_siblings = 0`
  await raw`select pg_reload_conf()`
  await until('slower commits', async () => {
    const [row] = await raw`select current_setting('commit_delay') = ${`${ms * 1000}`} as slow`
    return row!.slow
  })
}
