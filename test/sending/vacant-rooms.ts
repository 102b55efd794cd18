import { parseConfig } from '../../src/config.ts'
import { atEnd } from '../support/at-end.ts'
import { emptying, freshDatabase } from '../support/database.ts'
import { addReaders, draftDigest, type Newsroom, openNewsletters, openNewsroom } from '../support/sending.ts'

/** A publication with a newsletter, its readers, an editor and a digest for them. */
export type Filled = { room: Newsroom; digest: number }
type Wish = {
  /** Of the mail server; the rest is as everywhere. */
  env: Record<string, string> & { SMTP_URL: string }
  readers: readonly string[]
}

/** Tells a story in a room on a database of its own, which is empty again after it, for the next one. */
export async function withVacantRoom<T>(
  { env, readers }: Wish,
  story: (filled: Filled) => Promise<T>,
): Promise<T> {
  const empty = vacant.pop() ?? (await openRoom())
  const { databaseUrl, services } = empty
  const config = parseConfig({ DATABASE_URL: databaseUrl, PUBLIC_URL: services.config.publicUrl, ...env })
  const room = { ...empty, smtpUrl: env.SMTP_URL, services: { ...services, config } }
  try {
    const [morning] = await openNewsletters(room, 'morning')
    await addReaders(room.raw, readers.length, [morning!])
    await room.raw`update subscribers set address = a, address_key = lower(a)
      from unnest(${readers as string[]}::text[]) with ordinality as t(a, n)
      where subscribers.id = (select id from subscribers order by id offset t.n - 1 limit 1)`
    await room.raw`insert into editors (address, address_key, role) values ('ed@b.example', 'ed@b.example', 'editor')`
    return await story({ room, digest: await draftDigest(room, [morning!]) })
  } finally {
    await clear(room)
    vacant.push(empty)
  }
}

/** Rooms whose story is over: with a new database for each, the table took half as long again. */
const vacant: Newsroom[] = []

async function openRoom(): Promise<Newsroom> {
  const database = await freshDatabase()
  const room = openNewsroom({ databaseUrl: database.url, smtpUrl: 'smtp://127.0.0.1' })
  atEnd(async () => {
    vacant.length = 0
    await room.close()
    await database.drop()
  })
  return room
}

async function clear({ raw }: Newsroom) {
  await raw.unsafe(emptying)
}
