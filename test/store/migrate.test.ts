import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/client.ts'
import { migrate, pendingMigrations } from '../../src/store/migrate.ts'
import { emptyDatabase, type FreshDatabase, freshDatabase } from '../support/database.ts'
import { privateFolder } from '../support/folder.ts'

const ours = fileURLToPath(new URL('../../migrations', import.meta.url))
const journalOf = (folder: string) => join(folder, 'meta', '_journal.json')
const known = JSON.parse(readFileSync(journalOf(ours), 'utf8')).entries.length

let database: FreshDatabase
beforeEach(async () => {
  database = await emptyDatabase()
})
afterEach(() => database.drop())

const pendingAt = async (url: string, folder?: string) => {
  const { db, close } = openDatabase(url)
  try {
    return await pendingMigrations(db, folder)
  } finally {
    await close()
  }
}

test('an empty database lacks every migration, gets them once, and then lacks none', async () => {
  expect(known).toBeGreaterThan(0)
  expect(await pendingAt(database.url)).toBe(known)
  expect(await migrate(database.url)).toEqual({ applied: known })
  expect(await pendingAt(database.url)).toBe(0)
  expect(await migrate(database.url)).toEqual({ applied: 0 })
})

test('of several processes that migrate at once, one does it and the others wait', async () => {
  const results = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url)))
  expect(results.map(({ applied }) => applied).sort()).toEqual([0, 0, 0, known])
})

test('a fresh database for a test lacks none', async () => {
  const fresh = await freshDatabase()
  expect(await pendingAt(fresh.url)).toBe(0)
  await fresh.drop()
})

test('a later release brings one more, which counts until it is applied', async () => {
  await migrate(database.url)
  const folder = withOneMore('create table later (id int)')
  expect(await pendingAt(database.url, folder)).toBe(1)
  expect(await migrate(database.url, folder)).toEqual({ applied: 1 })
  expect(await pendingAt(database.url, folder)).toBe(0)
})

test('a migration that fails leaves nothing of itself, and is still pending', async () => {
  await migrate(database.url)
  const folder = withOneMore('create table later (id int);--> statement-breakpoint\nselect 1 / 0')
  await expect(migrate(database.url, folder)).rejects.toThrow()
  expect(await pendingAt(database.url, folder)).toBe(1)
  const sql = postgres(database.url, { max: 1 })
  expect(await sql`select to_regclass('later') as later`).toEqual([{ later: null }])
  await sql.end()
})

test('counting what is pending writes nothing', async () => {
  const readOnly = `${database.url}?default_transaction_read_only=on`
  expect(await pendingAt(readOnly)).toBe(known)
  await migrate(database.url)
  expect(await pendingAt(readOnly)).toBe(0)
})

function withOneMore(statement: string): string {
  const folder = privateFolder()
  cpSync(ours, folder, { recursive: true })
  const journal = JSON.parse(readFileSync(journalOf(folder), 'utf8'))
  const last = journal.entries.at(-1)
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_later' })
  writeFileSync(journalOf(folder), JSON.stringify(journal))
  writeFileSync(join(folder, '9999_later.sql'), statement)
  return folder
}
