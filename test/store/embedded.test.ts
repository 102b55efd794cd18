import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, expect, test, vi } from 'vitest'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { copiesOfOneDatabase, privateFolder } from '../support/folder.ts'
import { ask, postmasterPid, startOf, startOpener } from '../support/opener.ts'

// A new database costs a second of one core, and the cores may be busy.
vi.setConfig({ testTimeout: 60_000 })

const copies = copiesOfOneDatabase()
afterAll(copies.remove)

const runs = (dataDir: string) => existsSync(join(dataDir, 'pg18', 'postmaster.pid'))

test('a folder that does not exist becomes a database, durable and with UTF-8', async () => {
  const dataDir = join(privateFolder(), 'deep', 'data')
  const begun = performance.now()
  const { url, close, dataFolder } = await openEmbedded({ dataDir })
  const made = performance.now()

  const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding', 'TimeZone']
  const settings = await ask(
    url,
    `select current_setting(name) as value from unnest('{${names}}'::text[]) name`,
  )
  expect(settings).toEqual(['on', 'on', 'on', 'UTF8', 'UTC'])
  expect(await ask(url, "select upper('été') as value")).toEqual(['ÉTÉ'])
  expect(dataFolder).toBe(dataDir)
  await close()
  await close()
  expect(runs(dataDir)).toBe(false)

  const again = performance.now()
  const second = await openEmbedded({ dataDir })
  const started = performance.now()
  await second.close()
  console.info(`made in ${Math.round(made - begun)} ms, started in ${Math.round(started - again)} ms`)
})

test('only the password opens it, only on loopback, and only its owner can read that', async () => {
  const dataDir = await copies.folder()
  const { url, close } = await openEmbedded({ dataDir })
  const wrong = new URL(url)
  wrong.password = 'guessed'
  await expect(ask(wrong.href, 'select 1 as value')).rejects.toThrow(/password authentication failed/)
  expect(new URL(url).hostname).toBe('127.0.0.1')
  expect(await ask(url, "select setting as value from pg_settings where name = 'listen_addresses'")).toEqual([
    '127.0.0.1',
  ])
  expect(
    await ask(url, "select setting as value from pg_settings where name = 'unix_socket_directories'"),
  ).toEqual([''])
  for (const file of ['database.json', 'postgres.log'])
    expect(statSync(join(dataDir, file)).mode & 0o777, file).toBe(0o600)
  expect(statSync(join(dataDir, 'pg18')).mode & 0o077).toBe(0)
  await close()
})

test('the log quotes nobody’s data', async () => {
  const dataDir = await copies.folder()
  const { url, close } = await openEmbedded({ dataDir })
  await ask(url, 'create table reader (email text unique)')
  const twice = `insert into reader values ('ana@example.com'), ('ana@example.com')`
  await expect(ask(url, twice)).rejects.toThrow(/duplicate key/)
  await close()
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('ana@example.com')
})

test('two processes on an empty folder at once share one server, and the last one out stops it', async () => {
  const dataDir = privateFolder()
  const one = startOpener(dataDir)
  const two = startOpener(dataDir)
  const urls = await Promise.all([one.opened(), two.opened()])
  expect(urls[0]).toBe(urls[1])

  const begun = await startOf(urls[0])
  await one.close()
  expect(await startOf(urls[1])).toBe(begun)
  await two.close()
  expect(runs(dataDir)).toBe(false)
  await expect(ask(urls[1], 'select 1 as value')).rejects.toThrow(/ECONNREFUSED/)
  expect(readdirSync(join(dataDir, 'users'))).toEqual([])
})

test('one that opens while the last one leaves gets a running server', async () => {
  const dataDir = await copies.folder()
  const first = await openEmbedded({ dataDir })
  for (let round = 0; round < 3; round += 1) {
    const leaving = await openEmbedded({ dataDir })
    if (round === 0) await first.close()
    const [next] = await Promise.all([openEmbedded({ dataDir }), leaving.close()])
    expect(await ask(next.url, 'select 1 as value')).toEqual([1])
    await next.close()
  }
})

test('Ctrl-C on the program does not reach the server', async () => {
  const dataDir = await copies.folder()
  const program = startOpener(dataDir)
  const url = await program.opened()
  const sql = postgres(url, { max: 1 })
  await sql`select 1`
  await program.pressCtrlC()
  expect(await sql`select 'still here' as value`).toEqual([{ value: 'still here' }])
  await sql.end()

  const server = postmasterPid(dataDir)
  const next = await openEmbedded({ dataDir })
  expect(postmasterPid(dataDir)).toBe(server)
  await next.close()
  expect(runs(dataDir)).toBe(false)
})
