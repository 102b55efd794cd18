import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { AccessEvent, AccessKind, Acting } from '../domain/access-event.ts'
import type { By } from '../domain/by.ts'
import type { Queryable } from './client.ts'
import { accessLog } from './schema/access.ts'

export type AccessEntry = { id: number; event: AccessEvent; by: By; network: string; at: Date }

const asEntry = ({ id, kind, detail, byKind, byId, byName, network, at }: typeof accessLog.$inferSelect) => ({
  id,
  event: { kind, ...detail } as AccessEvent,
  by: { kind: byKind, name: byName, id: byId } as By,
  network,
  at,
})

/** Adds an entry, in the transaction of the act, and answers its id. No entry is ever changed or removed. */
export async function addAccessEntry(
  tx: Queryable,
  { kind, ...detail }: AccessEvent,
  { by, network }: Acting,
): Promise<number> {
  const [row] = await tx
    .insert(accessLog)
    .values({
      kind,
      detail,
      byKind: by.kind,
      byId: by.kind === 'editor' ? by.id : null,
      byName: 'name' in by ? by.name : '',
      network,
    })
    .returning({ id: accessLog.id })
  return row!.id
}

/** Entries, the newest first; `before` is the last id of the page before. */
export async function listAccess(
  db: Queryable,
  { kind, before, limit }: { kind?: AccessKind; before?: number; limit: number },
): Promise<AccessEntry[]> {
  const rows = await db
    .select()
    .from(accessLog)
    .where(
      and(
        kind ? eq(accessLog.kind, kind) : undefined,
        before === undefined ? undefined : lt(accessLog.id, before),
      ),
    )
    .orderBy(desc(accessLog.id))
    .limit(limit)
  return rows.map(asEntry)
}

export async function findAccessEntry(db: Queryable, id: number): Promise<AccessEntry | undefined> {
  const [row] = await db.select().from(accessLog).where(eq(accessLog.id, id))
  return row && asEntry(row)
}

/** Whether the last of its kind was done by the same within the hour before this moment. */
export async function wasDoneLately(tx: Queryable, kind: AccessKind, by: By): Promise<boolean> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from access_log where id = (select max(id) from access_log where kind = ${kind})
      and at > now() - interval '1 hour' and by_kind = ${by.kind}
      and by_id is not distinct from ${by.kind === 'editor' ? by.id : null}::bigint
      and (by_id is not null or by_name = ${'name' in by ? by.name : ''})`)
  return rows.length > 0
}
