import { and, eq, isNull } from 'drizzle-orm'
import type { Config } from '../config.ts'
import { isLoopback } from '../domain/network.ts'
import type { Db } from '../store/client.ts'
import { moveLogo, readPublication, updatePublication } from '../store/publication.ts'
import { publication } from '../store/schema/publication.ts'

/** Whether this process speaks for the publication, or runs on a copy of its database. */
export type Home = { kind: 'home' } | { kind: 'copy'; of: string }

type Deps = { db: Db; config: Pick<Config, 'publicUrl' | 'transport'> }

/** Compares PUBLIC_URL with the address that the database belongs to, if it belongs to one already. */
export const standingOf = (home: string | null, publicUrl: string): Home =>
  home === null || home === publicUrl ? { kind: 'home' } : { kind: 'copy', of: home }

/** The same, asked of the database. A copy sends nothing by SMTP; into the built-in mailbox it may. Reads only. */
export const homeOf = async ({ db, config }: Deps): Promise<Home> =>
  standingOf((await readPublication(db)).home, config.publicUrl)

/** For the start of a process that sends: the first under an address that is not loopback makes the database its own. */
export async function settleHome(deps: Deps): Promise<Home> {
  const home = await firstHome(deps)
  if (home.kind === 'home') await moveLogo(deps.db, deps.config.publicUrl)
  return home
}

async function firstHome({ db, config }: Deps): Promise<Home> {
  const { home } = await readPublication(db)
  if (home !== null || isHere(config)) return standingOf(home, config.publicUrl)
  await db
    .update(publication)
    .set({ home: config.publicUrl })
    .where(and(eq(publication.id, 1), isNull(publication.home)))
  return homeOf({ db, config })
}

/** Whether this process may hand mail to a server: a copy may not, except into the mailbox. */
export async function maySend(deps: Deps): Promise<boolean> {
  return deps.config.transport.kind === 'mailbox' || (await homeOf(deps)).kind === 'home'
}

/**
 * Makes the database this process's own: from now on it sends from here, and the former home is the copy. Refused
 * under an address that only this machine knows.
 */
export async function makeHome({ db, config }: Deps): Promise<'made' | 'loopback'> {
  if (isHere(config)) return 'loopback'
  await updatePublication(db, { home: config.publicUrl })
  await moveLogo(db, config.publicUrl)
  return 'made'
}

const isHere = ({ publicUrl }: Pick<Config, 'publicUrl'>) => isLoopback(new URL(publicUrl).hostname)
