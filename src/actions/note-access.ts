import { type AccessEvent, type Acting, oftenRepeated } from '../domain/access-event.ts'
import { addAccessEntry, wasDoneLately } from '../store/access-log.ts'
import type { Tx } from '../store/client.ts'
import { type Editor, ownersAnd } from '../store/editors.ts'
import { queueNotice } from '../store/notices.ts'
import { readPublication } from '../store/publication.ts'
import type { Services } from './services.ts'

/**
 * Adds to the log of access, in the transaction of the act, and queues a mail to every owner, to whoever did it, and to
 * `about`, whom it is about, even if that editor is gone by now. Wake the outbox after the commit.
 */
export async function noteAccess(
  tx: Tx,
  { config }: Pick<Services, 'config'>,
  event: AccessEvent,
  acting: Acting,
  about: readonly Editor[] = [],
): Promise<void> {
  const { by } = acting
  const quiet = oftenRepeated.has(event.kind) && (await wasDoneLately(tx, event.kind, by))
  const entryId = await addAccessEntry(tx, event, acting)
  if (quiet) return
  const { language } = await readPublication(tx)
  const here = await ownersAnd(tx, by.kind === 'editor' ? [by.id] : [])
  for (const editor of [...here, ...about.filter(one => !here.some(({ id }) => id === one.id))])
    await queueNotice(tx, {
      kind: 'access',
      content: { entryId },
      recipient: editor.address,
      language: editor.language ?? language,
      transport: config.transport.kind,
    })
}

/** The same where the act itself writes nothing, such as an export: before the first line of it is given away. */
export async function noteUse(
  services: Pick<Services, 'db' | 'config' | 'wake'>,
  event: AccessEvent,
  acting: Acting,
): Promise<void> {
  await services.db.transaction(tx => noteAccess(tx, services, event, acting))
  services.wake()
}
