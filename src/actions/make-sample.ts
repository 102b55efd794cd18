import { sql } from 'drizzle-orm'
import type { Db } from '../store/client.ts'
import type { Services } from './services.ts'

/** Whether nobody has begun anything here: no newsletter, article, digest, reader or editor. */
export async function isUntouched(db: Db): Promise<boolean> {
  const [row] = await db.execute<{ touched: boolean }>(sql`
    select exists (select from newsletters) or exists (select from articles) or exists (select from digests)
      or exists (select from subscribers) or exists (select from editors) as touched`)
  return !row!.touched
}

export async function makeSample(_services: Services): Promise<void> {
  throw new Error('no sample yet')
}
