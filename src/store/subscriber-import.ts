import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from './client.ts'
import type { Newsletter } from './newsletters.ts'

export type StagedRow = {
  row: number
  address: string
  addressKey: string
  name: string
  attributes: Record<string, string>
}

/** A table of this transaction alone, for the rows of an import. */
export const makeStage = (tx: Tx) =>
  tx.execute(sql`
    create temporary table import_rows (
      row integer not null, address text not null, address_key text not null, name text not null, attributes jsonb not null,
      cause text
    ) on commit drop`)

export const clearStage = (tx: Tx) => tx.execute(sql`drop table import_rows`)

/** `unnest` takes 104,000 rows a second, rows in VALUES 23,000, and both need no client of their own as COPY does. */
export const stageRows = (tx: Tx, rows: readonly StagedRow[]) =>
  tx.execute(sql`
    insert into import_rows (row, address, address_key, name, attributes)
    select * from unnest(
      ${sql.param(rows.map(row => row.row))}::integer[],
      ${sql.param(rows.map(row => row.address))}::text[],
      ${sql.param(rows.map(row => row.addressKey))}::text[],
      ${sql.param(rows.map(row => row.name))}::text[],
      ${sql.param(rows.map(row => JSON.stringify(row.attributes)))}::jsonb[])`)

/** The suppressions of which only the hash is left: cause by hash in hex. */
export async function suppressedHashes(db: Queryable): Promise<Map<string, string>> {
  const rows = await db.execute<{ hash: string; cause: string }>(
    sql`select encode(address_hash, 'hex') as hash, cause from suppressions where address_key is null`,
  )
  return new Map(rows.map(row => [row.hash, row.cause]))
}

type Merge = { newsletter: Newsletter; consent: string; source: string; mode: 'add' | 'update' }

/** Turns the staged rows into subscribers and subscriptions; answers what became of them. */
export async function mergeStage(tx: Tx, { newsletter, consent, source, mode }: Merge) {
  await tx.execute(sql`
    update import_rows set cause = 'twice' from (
      select ctid as place, row_number() over (partition by address_key order by row) as nth from import_rows
    ) numbered where numbered.place = import_rows.ctid and nth > 1`)
  await tx.execute(sql`
    update import_rows set cause = suppressions.cause::text from suppressions
    where suppressions.address_key = import_rows.address_key and import_rows.cause is null`)
  await tx.execute(sql`
    update import_rows set cause = 'left' from subscribers
    join lateral (
      select bool_or(state = 'ended' and newsletter_id = ${newsletter.id}) as this_one, bool_or(state = 'ended') as any_one,
        bool_or(state = 'active') as reads
      from subscriptions where subscriber_id = subscribers.id
    ) had on had.this_one or (had.any_one and not had.reads)
    where subscribers.address_key = import_rows.address_key and import_rows.cause is null`)
  const updated = mode === 'update' ? await updateThose(tx) : []
  await tx.execute(sql`
    insert into subscribers (address, address_key, name, locale, attributes)
    select address, address_key, name, ${newsletter.language}, attributes from import_rows where cause is null
    on conflict (address_key) do nothing`)
  const [event] = await tx.execute<{ id: string }>(sql`
    insert into consents (kind, newsletter_ids, wording, wording_version, form, origin)
    values ('imported', array[${newsletter.id}]::bigint[], ${consent}, 'import', 'import', ${source}) returning id`)
  const [counts] = await tx.execute<{ fitting: string; added: string }>(sql`
    with added as (
      insert into subscriptions (subscriber_id, newsletter_id, consent_id)
      select subscribers.id, ${newsletter.id}, ${event!.id}::bigint
      from import_rows join subscribers using (address_key) where cause is null
      on conflict do nothing returning 1
    )
    select (select count(*) from import_rows where cause is null) as fitting, (select count(*) from added) as added`)
  const refused = await tx.execute<{ row: number; cause: string }>(
    sql`select row, cause from import_rows where cause is not null`,
  )
  const added = Number(counts!.added)
  return { added, already: Number(counts!.fitting) - added, updated: updated.length, refused: [...refused] }
}

/** Takes name and attributes of those who are there, where the file says something else. */
const updateThose = (tx: Tx) =>
  tx.execute(sql`
    update subscribers set
      name = case when import_rows.name = '' then subscribers.name else import_rows.name end,
      attributes = subscribers.attributes || import_rows.attributes,
      updated_at = now()
    from import_rows
    where import_rows.address_key = subscribers.address_key and import_rows.cause is null
      and (import_rows.name not in ('', subscribers.name) or not subscribers.attributes @> import_rows.attributes)
    returning 1`)
