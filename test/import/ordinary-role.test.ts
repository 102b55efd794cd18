import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { importSubscribers } from '../../src/actions/import-subscribers.ts'
import { createKeyring } from '../../src/domain/keys.ts'
import { readCsv } from '../../src/domain/subscriber-csv.ts'
import { type Db, openDatabase } from '../../src/store/client.ts'
import { migrate } from '../../src/store/migrate.ts'
import { addNewsletter, type Newsletter } from '../../src/store/newsletters.ts'
import { emptyDatabase, type FreshDatabase } from '../support/database.ts'

// A server that somebody else runs: the role owns its database and may nothing else.

const role = `publisher_${randomBytes(5).toString('hex')}`
let database: FreshDatabase
let server: postgres.Sql
let db: Db
let close: () => Promise<void>

beforeAll(async () => {
  database = await emptyDatabase()
  server = postgres(inject('databaseServer'), { max: 1, onnotice: () => {} })
  await server.unsafe(`create role ${role} login password 'ordinary'`)
  const url = new URL(database.url)
  await server.unsafe(`alter database ${url.pathname.slice(1)} owner to ${role}`)
  url.username = role
  url.password = 'ordinary'
  expect(await migrate(url.href)).toEqual({ applied: expect.toSatisfy(count => count > 0) })
  ;({ db, close } = openDatabase(url.href, { connections: 2 }))
})
afterAll(async () => {
  await close()
  await database.drop()
  await server.unsafe(`drop role ${role}`)
  await server.end()
})

const add = (newsletter: Newsletter, text: string) =>
  importSubscribers(
    { db, keys: createKeyring([{ version: 1, secret: 'a secret for tests only' }]) },
    { newsletter, consent: 'the fair', source: 'fair.csv', rows: readCsv([text]), mode: 'add', write: 'all' },
  )

test('imports as the embedded database does', async () => {
  const daily = (await addNewsletter(db, { slug: 'daily', name: 'Daily' }))!
  const weekly = (await addNewsletter(db, { slug: 'weekly', name: 'Weekly' }))!
  expect(await add(daily, 'email\na@example.com\nb@example.com\na@example.com\n')).toMatchObject({ added: 2 })
  expect(await add(weekly, 'email\nb@example.com\nc@example.com\n')).toMatchObject({ added: 2, already: 0 })
  expect(await add(weekly, 'email\nb@example.com\nc@example.com\n')).toMatchObject({ added: 0, already: 2 })
  const [row] = await db.execute<{ subscribers: number; subscriptions: number }>(
    `select (select count(*)::int from subscribers) as subscribers, (select count(*)::int from subscriptions) as subscriptions`,
  )
  expect(row).toEqual({ subscribers: 3, subscriptions: 4 })
})

test('a newsletter that was removed meanwhile takes nobody', async () => {
  const gone = (await addNewsletter(db, { slug: 'gone', name: 'Gone' }))!
  await db.execute(`delete from newsletters where slug = 'gone'`)
  await expect(add(gone, 'email\nz@example.com\n')).rejects.toThrow('the newsletter was removed')
  expect(await db.execute(`select from subscribers where address_key = 'z@example.com'`)).toHaveLength(0)
})
