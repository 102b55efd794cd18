import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Db, openDatabase, openRaw, type Queryable, type Raw } from '../../src/store/client.ts'
import { emptyDatabase, type FreshDatabase } from '../support/database.ts'

// A transaction's connection breaks at each moment at which it can. Vitest fails where an error is met by nobody.

let database: FreshDatabase
let [executioner, raw]: Raw[] = []
let db: Db
let close: () => Promise<void>

beforeAll(async () => {
  database = await emptyDatabase()
  executioner = openRaw(database.url, { connections: 1 })
  await executioner`create table notes (text text)`
  raw = openRaw(database.url, { connections: 1 })
  ;({ db, close } = openDatabase(database.url, { connections: 1 }))
})
afterAll(async () => {
  await Promise.all([close(), raw!.end(), executioner!.end()])
  await database.drop()
})

async function breakConnection(tx: Queryable) {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  await executioner!`select pg_terminate_backend(${row!.pid}, 5000)`
}

const write = (on: Queryable, text: string) => on.execute(sql`insert into notes values (${text})`)
const written = async () => (await executioner!`select text from notes order by text`).map(row => row.text)

test('under a query: the transaction rejects, and the next one works', async () => {
  const broken = db.transaction(async tx => {
    const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    const waiting = tx.execute(sql`select pg_sleep(20)`)
    await executioner!`select pg_terminate_backend(${row!.pid}, 5000)`
    await waiting
  })
  await expect(broken).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  await db.transaction(tx => write(tx, 'a: after it'))
  expect(await written()).toEqual(['a: after it'])
})

test('between two queries, while another takes a new connection: the second runs nowhere', async () => {
  const { promise: second, resolve } = Promise.withResolvers<Error>()
  const broken = db.transaction(async tx => {
    await write(tx, 'b: lost')
    await breakConnection(tx)
    await write(db, 'b: of another')
    await write(tx, 'b: never').catch(resolve)
  })
  await expect(broken).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  expect((await second).cause).toMatchObject({ code: 'CONNECTION_CLOSED' })
  expect(await written()).toEqual(['a: after it', 'b: of another'])
})

test('before its end, while another is in its own transaction: the other is not committed by it', async () => {
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const broken = db.transaction(async tx => {
    await write(tx, 'c: lost')
    await breakConnection(tx)
    resolve()
  })
  await expect(broken).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  await ended
  await db
    .transaction(async tx => {
      await write(tx, 'c: of another')
      throw new Error('thought better of it')
    })
    .catch(() => {})
  expect((await written()).filter(text => text.startsWith('c'))).toEqual([])
})

test('within an inner transaction', async () => {
  const broken = db.transaction(tx =>
    tx.transaction(async inner => {
      await breakConnection(inner)
      await write(inner, 'd: never')
    }),
  )
  await expect(broken).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  expect(await written()).not.toContain('d: never')
})

test('under the statements of a raw client that were sent together', async () => {
  const broken = raw!.begin(tx => [
    tx`insert into notes values ('e: lost')`,
    tx`select pg_terminate_backend(pg_backend_pid())`,
    tx`insert into notes values ('e: never')`,
  ])
  await expect(broken).rejects.toThrow()
  // postgres.js gives the server's last words to the first query of the next connection as well.
  await raw!`select 1`.catch(() => {})
  await raw!`insert into notes values ('e: after it')`
  expect((await written()).filter(text => text.startsWith('e'))).toEqual(['e: after it'])
})

test('what fails for another reason is rolled back, and says its own reason', async () => {
  const refused = Object.assign(new Error('no such page'), { code: 'ECONNREFUSED' })
  const failed = db.transaction(async tx => {
    await write(tx, 'f: rolled back')
    throw refused
  })
  await expect(failed).rejects.toBe(refused)
  const inner = db.transaction(async tx => {
    await tx.transaction(() => Promise.reject(refused)).catch(() => {})
    await write(tx, 'g: kept')
  })
  await inner
  expect((await written()).filter(text => /^[fg]/.test(text))).toEqual(['g: kept'])
})
