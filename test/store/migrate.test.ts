import { expect, test } from 'vitest'
import { openDatabase } from '../../src/store/client.ts'
import { pendingMigrations } from '../../src/store/migrate.ts'
import { freshDatabase } from '../support/database.ts'

test('a fresh database lacks no migration', async () => {
  const database = await freshDatabase()
  const { db, close } = openDatabase(database.url)
  expect(await pendingMigrations(db)).toBe(0)
  await close()
  await database.drop()
})
