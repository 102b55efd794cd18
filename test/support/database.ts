import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'

export type FreshDatabase = { url: string; drop(): Promise<unknown> }

/** Databases of this process that are as new again: emptying one takes 20 ms, cloning the template 50. */
const vacant: string[] = []

/** A migrated database of one's own without rows. Copied as files: block by block it would take 300 ms. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = vacant.pop() ?? (await create(`template ${inject('databaseTemplate')} strategy file_copy`))
  return { url: urlOf(name), drop: () => vacate(name) }
}

/** A database of one's own without tables. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  const name = await create('template template0')
  return { url: urlOf(name), drop: () => remove(name) }
}

async function create(from: string): Promise<string> {
  // The run's name is in it, so that the run removes at its end what a test forgot.
  const name = `${inject('databaseTemplate')}_${randomBytes(6).toString('hex')}`
  await within(inject('databaseServer'), sql => sql.unsafe(`create database ${name} ${from}`))
  return name
}

const remove = (name: string) =>
  within(inject('databaseServer'), sql => sql.unsafe(`drop database if exists ${name} with (force)`))

/** Empties a database for the next who wants one; where its tables, or what may be done to them, changed, it goes. */
async function vacate(name: string): Promise<unknown> {
  try {
    await within(inject('databaseServer'), sql => sql.unsafe(endOthers(name)))
    const { shape } = await within(urlOf(name), async sql => {
      await sql.unsafe(emptying)
      await sql`insert into mail_domains
        select * from jsonb_populate_recordset(null::mail_domains, ${inject('defaultDomains')}::text::jsonb)`
      return (await sql.unsafe(shapeOf))[0]!
    })
    if (shape === inject('databaseShape')) return vacant.push(name)
  } catch {
    // Gone, renamed, or not ours to empty.
  }
  return remove(name)
}

const endOthers = (name: string) => `
  alter database ${name} with allow_connections true;
  select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`

/** What a database is emptied with: truncating would make and remove a file for each table and index. */
export const emptying = `do $$
declare one record;
begin
  set local session_replication_role = replica;
  for one in select inhrelid::regclass as name from pg_inherits where inhparent = 'deliveries'::regclass loop
    execute format('drop table %s', one.name);
  end loop;
  for one in select oid::regclass as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace loop
    execute format('delete from %s', one.name);
  end loop;
  for one in select oid::regclass as name from pg_class
    where relkind = 'S' and relnamespace = 'public'::regnamespace loop
    perform setval(one.name, 1, false);
  end loop;
end $$`

/** What a migrated database has, and whose it is. */
export const shapeOf = `select md5(concat(
  (select string_agg(nspname, ' ' order by nspname) from pg_namespace where nspname !~ '^pg_'),
  (select string_agg(concat(relname, relkind, relowner), ' ' order by relname) from pg_class where relnamespace = 'public'::regnamespace),
  (select string_agg(proname, ' ' order by proname) from pg_proc where pronamespace = 'public'::regnamespace),
  (select string_agg(tgname, ' ' order by tgname) from pg_trigger where not tgisinternal),
  (select datdba from pg_database where datname = current_database()),
  (select count(*) from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = current_database()))
)) as shape`

function urlOf(name: string): string {
  const url = new URL(inject('databaseServer'))
  url.pathname = `/${name}`
  return url.href
}

async function within<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
