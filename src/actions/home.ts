import { and, eq, isNull } from 'drizzle-orm'
import { type Config, isLoopback } from '../config.ts'
import type { Db } from '../store/client.ts'
import { readPublication, updatePublication } from '../store/publication.ts'
import { publication } from '../store/schema/publication.ts'

/** Whether this process speaks for the publication, or runs on a copy of its database. */
export type Home = { kind: 'home' } | { kind: 'copy'; of: string }

type Deps = { db: Db; config: Pick<Config, 'publicUrl' | 'transport'> }

/**
 * Compares PUBLIC_URL with the address that the database belongs to, which the first start under an address that is
 * not loopback writes down. A copy sends nothing by SMTP; into the built-in mailbox it may.
 */
export async function homeOf({ db, config }: Deps): Promise<Home> {
  const { home } = await readPublication(db)
  if (home === null && !isLoopback(new URL(config.publicUrl).hostname)) {
    await db
      .update(publication)
      .set({ home: config.publicUrl })
      .where(and(eq(publication.id, 1), isNull(publication.home)))
    return homeOf({ db, config })
  }
  return home === null || home === config.publicUrl ? { kind: 'home' } : { kind: 'copy', of: home }
}

/** Whether this process may hand mail to a server: a copy may not, except into the mailbox. */
export async function maySend(deps: Deps): Promise<boolean> {
  return deps.config.transport.kind === 'mailbox' || (await homeOf(deps)).kind === 'home'
}

/** Makes the database this process's own: from now on it sends from here, and the former home is the copy. */
export const makeHome = ({ db, config }: Deps) => updatePublication(db, { home: config.publicUrl })
