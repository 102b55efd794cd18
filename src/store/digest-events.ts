import { asc, eq, sql } from 'drizzle-orm'
import type { By } from '../domain/by.ts'
import type { DigestEvent } from '../domain/digest-event.ts'
import type { Queryable } from './client.ts'
import { digestEvents } from './schema/newsroom.ts'

/** What was done, by whom and when. */
export type NotedEvent = { id: number; event: DigestEvent; by: By; at: Date }

/** Adds a step to the history of a digest, in the transaction that takes it. */
export async function noteDigestEvent(
  tx: Queryable,
  digestId: number,
  { kind, ...detail }: DigestEvent,
  by: By,
): Promise<void> {
  await tx.insert(digestEvents).values({
    digestId,
    kind,
    detail,
    byKind: by.kind,
    byId: by.kind === 'editor' ? by.id : null,
    byName: 'name' in by ? by.name : '',
  })
}

/** Editing that goes on is one event for as long as the same person does nothing but edit, with pauses under 10 minutes. */
export async function noteEdited(tx: Queryable, digestId: number, by: By): Promise<void> {
  const byId = by.kind === 'editor' ? by.id : null
  const rows = await tx.execute(sql`
    update digest_events set at = now() where id = (select max(id) from digest_events where digest_id = ${digestId})
      and kind = 'edited' and by_kind = ${by.kind} and by_id is not distinct from ${byId}::bigint
      and at > now() - interval '10 minutes'
    returning id`)
  if (!rows.length) await noteDigestEvent(tx, digestId, { kind: 'edited' }, by)
}

/** The history of a digest, from its beginning. */
export async function listDigestEvents(db: Queryable, digestId: number): Promise<NotedEvent[]> {
  const rows = await db
    .select()
    .from(digestEvents)
    .where(eq(digestEvents.digestId, digestId))
    .orderBy(asc(digestEvents.id))
  return rows.map(({ id, kind, detail, byKind, byId, byName, at }) => ({
    id,
    event: { kind, ...detail } as DigestEvent,
    by: { kind: byKind, name: byName, id: byId } as By,
    at,
  }))
}
