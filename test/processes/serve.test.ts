import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import {
  broadsheet,
  type RunningServer,
  runBroadsheet,
  startProcess,
  startServer,
} from '../support/server.ts'
import { until } from '../support/until.ts'

// One folder, from empty on, and what happens to it in a day: each test goes on where the one before ended.

const dataDir = mkdtempSync(join(inject('runFolder'), 'serve-'))
const postmaster = join(dataDir, 'pg18', 'postmaster.pid')
let [first, second]: RunningServer[] = []

const frontPage = async (server?: RunningServer) => (await fetch(`${server!.url}/`)).text()

test('two at once in an empty folder: one database, one key, one sample', async () => {
  ;[first, second] = await Promise.all([startServer({ dataDir }), startServer({ dataDir })])
  const greetings = [first, second].map(server => server.output())
  expect(
    greetings.filter(text => text.includes('A sample publication, “The Ledger”, is set up')),
  ).toHaveLength(1)
  expect((await frontPage(first)).match(/name="newsletter"/g)).toHaveLength(3)
  expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600)
  for (const server of [first, second]) {
    for (const line of [`${server.url}/`, `${server.url}/admin`, `${server.url}/mailbox`, dataDir, 'Ctrl-C'])
      expect(server.output()).toContain(line)
    expect(server.output()).not.toMatch(/"level":(40|50)|^\s+at /m)
  }
})

test('a command finds the database of the server that runs', async () => {
  const added = await runBroadsheet(['newsletters', 'add', 'weekend', '--name', 'The Weekend', '--json'], {
    DATA_DIR: dataDir,
  })
  expect(added).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(added.stdout)).toMatchObject({ slug: 'weekend', name: 'The Weekend' })
  expect(await frontPage(second)).toContain('The Weekend')
})

test('Ctrl-C, heard by the whole group, twice within a moment as npm hands it on: drained, and the other goes on', async () => {
  const ended = first!.stopGroup('SIGINT')
  first!.child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(first!.output()).toContain('Stopped.')
  expect(await frontPage(second)).toContain('The Weekend')
})

test('killed with all its group, it starts again with all that was there', async () => {
  expect(await second!.stopGroup('SIGKILL')).toBe('SIGKILL')
  first = await startServer({ dataDir })
  expect(first.output()).not.toContain('A sample publication')
  expect(await frontPage(first)).toContain('The Weekend')
})

test('SIGTERM ends it with 0, and PostgreSQL with it', async () => {
  expect(await first!.stop()).toBe(0)
  expect(existsSync(postmaster)).toBe(false)
  expect(readdirSync(join(dataDir, 'users'))).toEqual([])
})

test('told to stop while it makes the database, it ends in order', async () => {
  const empty = mkdtempSync(join(inject('runFolder'), 'serve-'))
  const child = broadsheet(['serve'], { DATA_DIR: empty, PORT: '0' })
  await until('the database to be made', () => readdirSync(empty).some(name => name.startsWith('making-')))
  child.kill('SIGTERM')
  expect(await once(child, 'close')).toEqual([0, null])
  expect(readdirSync(join(empty, 'users'))).toEqual([])
  expect(existsSync(join(empty, 'pg18', 'postmaster.pid'))).toBe(false)
})

test('a sender that holds the database is joined by a server, which keeps it when the sender goes', async () => {
  const sender = await startProcess(['deliver', '--json'], { DATA_DIR: dataDir }, '{')
  expect(JSON.parse(sender.output())).toEqual({ transport: 'mailbox' })
  first = await startServer({ dataDir })
  expect(await sender.stop('SIGINT')).toBe(0)
  expect(sender.output().trim().split('\n')).toHaveLength(1)
  expect(await frontPage(first)).toContain('The Weekend')
  expect(await first.stop()).toBe(0)
  expect(existsSync(postmaster)).toBe(false)
})
