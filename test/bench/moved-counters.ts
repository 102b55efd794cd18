import { openRaw } from '../../src/store/client.ts'
import type { Newsroom } from '../support/sending.ts'

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
