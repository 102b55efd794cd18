import { expect, test } from 'vitest'
import { openRaw } from '../../src/store/client.ts'
import { freshDatabase } from '../support/database.ts'
import { startMailServer } from '../support/mail-server.ts'
import { until } from '../support/until.ts'
import { startWorker } from '../support/worker.ts'

test('a Worker whose database lacks a migration answers nobody, says what to do, and begins when it is done', async () => {
  const database = await freshDatabase()
  const raw = openRaw(database.url, { connections: 1 })
  const server = await startMailServer()
  const [last] = await raw`
    delete from drizzle.__drizzle_migrations
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations) returning hash, created_at`
  const lives = '/assets/icon.svg'
  const worker = await startWorker(
    database.url,
    { SECRET_KEY: 'a secret for the stories', SMTP_URL: server.url },
    { lives },
  )
  try {
    const page = await fetch(worker.url)
    expect([page.status, await page.text()]).toEqual([
      503,
      'Broadsheet is not set up yet. Its log says what is missing.\n',
    ])
    // wrangler prints a log after the answer that it belongs to.
    await until('the reason in the log', () =>
      worker.output().includes('migrations: 1 are pending, and are of Node alone'),
    )
    await worker.tick('* * * * *')
    await raw`insert into drizzle.__drizzle_migrations ${raw(last!)}`
    expect((await fetch(worker.url)).status).toBe(200)
  } finally {
    await worker.stop()
    await raw.end()
    await database.drop()
  }
})
