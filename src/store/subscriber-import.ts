import { type SQL, sql } from 'drizzle-orm'
import type { Queryable, Tx } from './client.ts'
import { holdNewsletters, type Newsletter } from './newsletters.ts'
import { noteImportedTerms } from './reader-terms.ts'

export type StagedRow = {
  row: number
  address: string
  addressKey: string
  name: string
  attributes: Record<string, string>
  /** In lower case, each once, separated by commas: no array of arrays can be sent of unequal lengths. */
  tags: string
}

/** A table of this transaction alone, for the rows of an import. */
export const makeStage = (tx: Tx) =>
  tx.execute(sql`
    create temporary table import_rows (
      row integer not null, address text not null, address_key text not null, name text not null, attributes jsonb not null,
      tags text[] not null, cause text
    ) on commit drop`)

export const clearStage = (tx: Tx) => tx.execute(sql`drop table import_rows`)

/** `unnest` takes 104,000 rows a second, rows in VALUES 23,000, and both need no client of their own as COPY does. */
export const stageRows = (tx: Tx, rows: readonly StagedRow[]) =>
  tx.execute(sql`
    insert into import_rows (row, address, address_key, name, attributes, tags)
    select row, address, address_key, name, attributes, case when tags = '' then '{}' else string_to_array(tags, ',') end
    from unnest(
      ${sql.param(rows.map(row => row.row))}::integer[],
      ${sql.param(rows.map(row => row.address))}::text[],
      ${sql.param(rows.map(row => row.addressKey))}::text[],
      ${sql.param(rows.map(row => row.name))}::text[],
      ${sql.param(rows.map(row => JSON.stringify(row.attributes)))}::jsonb[],
      ${sql.param(rows.map(row => row.tags))}::text[]) as rows(row, address, address_key, name, attributes, tags)`)

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
  if (!(await holdNewsletters(tx, [newsletter.id])).length) throw new Error('the newsletter was removed')
  await tx.execute(sql`analyze import_rows (address_key)`)
  await tx.execute(sql`
    update import_rows set cause = 'twice' from (
      select address_key, min(row) as first from import_rows group by address_key having count(*) > 1
    ) again where again.address_key = import_rows.address_key and import_rows.row > again.first`)
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
  const proof = { newsletterId: newsletter.id, consentId: await proofOf(tx, newsletter, consent, source) }
  const fitting = await countOf(tx, sql`select count(*) from import_rows where cause is null`)
  const fresh = await addNewReaders(tx, { ...proof, language: newsletter.language })
  await noteImportedTerms(tx)
  const added = fresh === fitting ? fresh : fresh + (await subscribeReaders(tx, proof))
  const refused = await tx.execute<{ row: number; cause: string }>(
    sql`select row, cause from import_rows where cause is not null`,
  )
  return { added, already: fitting - added, updated: updated.length, refused: [...refused] }
}

/**
 * The event that proves the consent: one of the last hour with the same newsletter, words and source is that of the same
 * import, whose rows come in parts. Two first parts at the same moment leave one each.
 */
async function proofOf(tx: Tx, newsletter: Newsletter, consent: string, source: string): Promise<string> {
  const [event] = await tx.execute<{ id: string }>(sql`
    with same as (
      select id from consents
      where subscriber_id is null and at > now() - interval '1 hour' and kind = 'imported'
        and newsletter_ids = array[${newsletter.id}]::bigint[] and wording = ${consent} and origin = ${source}
      order by id desc limit 1
    ), made as (
      insert into consents (kind, newsletter_ids, wording, wording_version, form, origin)
      select 'imported', array[${newsletter.id}]::bigint[], ${consent}::text, 'import', 'import', ${source}::text
      where not exists (select from same) returning id
    )
    select id from same union all select id from made`)
  return event!.id
}

type Proof = { newsletterId: number; consentId: string }

/**
 * Adds and subscribes those who are not there yet. Nobody else can see their rows, or remove them, and the newsletter
 * is held: where the role may, as the embedded database's, nothing is checked row by row, which takes 1.7 s of 3.7 for
 * 200,000.
 */
async function addNewReaders(tx: Tx, { newsletterId, consentId, language }: Proof & { language: string }) {
  const [role] = await tx.execute<{ may: boolean }>(
    sql`select has_parameter_privilege('session_replication_role', 'set') as may`,
  )
  if (role!.may) await tx.execute(sql`set local session_replication_role = replica`)
  const count = await countOf(
    tx,
    sql`
    with made as (
      insert into subscribers (address, address_key, name, locale, attributes, tags)
      select address, address_key, name, ${language}::language, attributes, tags from import_rows where cause is null
      order by address_key
      on conflict (address_key) do nothing returning id
    ), joined as (
      insert into subscriptions (subscriber_id, newsletter_id, consent_id)
      select id, ${newsletterId}, ${consentId}::bigint from made returning 1
    ), due as (
      -- What a trigger does where rows are checked.
      insert into reader_search_due (first, last) select min(id), max(id) from made having min(id) is not null
    )
    select count(*) from joined`,
  )
  if (role!.may) await tx.execute(sql`set local session_replication_role = origin`)
  return count
}

/** Subscribes those who were there before. */
const subscribeReaders = (tx: Tx, { newsletterId, consentId }: Proof): Promise<number> =>
  countOf(
    tx,
    sql`
    with joined as (
      insert into subscriptions (subscriber_id, newsletter_id, consent_id)
      select subscribers.id, ${newsletterId}, ${consentId}::bigint
      from import_rows join subscribers using (address_key)
      where cause is null and not exists (
        select from subscriptions had where had.subscriber_id = subscribers.id and had.newsletter_id = ${newsletterId})
      on conflict do nothing returning 1
    )
    select count(*) from joined`,
  )

async function countOf(tx: Tx, query: SQL): Promise<number> {
  const [row] = await tx.execute<{ count: string }>(query)
  return Number(row!.count)
}

/**
 * Takes name and attributes of those who are there, where the file says something else, and adds its tags. Their rows are
 * held in one order first: two imports of the same readers would wait for each other in a ring.
 */
async function updateThose(tx: Tx) {
  await tx.execute(sql`
    select count(*) from (
      select from subscribers, import_rows where ${saysOther} order by subscribers.id for no key update of subscribers
    ) as held`)
  return tx.execute(sql`
    update subscribers set
      name = case when import_rows.name = '' then subscribers.name else import_rows.name end,
      attributes = subscribers.attributes || import_rows.attributes,
      tags = array(select distinct unnest(subscribers.tags || import_rows.tags) order by 1),
      updated_at = now()
    from import_rows where ${saysOther} returning 1`)
}

const saysOther = sql`
  import_rows.address_key = subscribers.address_key and import_rows.cause is null
    and (import_rows.name not in ('', subscribers.name) or not subscribers.attributes @> import_rows.attributes
      or not subscribers.tags @> import_rows.tags)`
