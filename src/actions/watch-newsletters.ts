import { lastExpected, overdueEdition } from '../domain/expected-edition.ts'
import type { Queryable } from '../store/client.ts'
import { databaseClock } from '../store/clock.ts'
import { notedMissing, noteMissingEdition, wentOutSince } from '../store/missing-editions.ts'
import { listNewsletters, type Newsletter } from '../store/newsletters.ts'
import type { Services } from './services.ts'
import { tellEditors } from './tell-editors.ts'

/**
 * Tells the editors of each newsletter whose edition should have gone out 15 minutes ago (by the database's clock where
 * none is given) and has not, once. Call every half minute, from any number of processes.
 */
export async function watchNewsletters(
  { config, db, wake }: Pick<Services, 'config' | 'db' | 'wake'>,
  given?: Date,
): Promise<void> {
  const now = given ?? (await databaseClock(db))
  const overdue = (await listNewsletters(db)).flatMap(newsletter => {
    const edition = overdueEdition(newsletter, now)
    return edition ? [{ newsletterId: newsletter.id, ...edition }] : []
  })
  const noted = await notedMissing(
    db,
    overdue.map(({ newsletterId }) => newsletterId),
  )
  for (const { newsletterId, day, since } of overdue) {
    if (noted.has(`${newsletterId} ${day}`) || (await wentOutSince(db, newsletterId, { since, now })))
      continue
    await db.transaction(async tx => {
      if (await noteMissingEdition(tx, newsletterId, day, true))
        await tellEditors(config, tx, { kind: 'alarm', content: { newsletterId, day } })
    })
    wake()
  }
}

/** An edition whose time was past when it came to be expected is missed by nobody. */
export async function expectFromNow(db: Queryable, newsletter: Newsletter): Promise<void> {
  const last = lastExpected(newsletter, await databaseClock(db))
  if (last) await noteMissingEdition(db, newsletter.id, last.day, false)
}
