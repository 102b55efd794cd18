import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
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
const killServer = (dataDir: string) => process.kill(postmasterPid(dataDir), 'SIGKILL')

test('a server whose users were all killed is found by the next, and stopped by it', async () => {
  const dataDir = await copies.folder()
  const victim = startOpener(dataDir)
  const begun = await startOf(await victim.opened())
  await victim.kill()

  const next = await openEmbedded({ dataDir })
  expect(await startOf(next.url)).toBe(begun)
  expect(readdirSync(join(dataDir, 'users'))).toHaveLength(1)
  await next.close()
  expect(runs(dataDir)).toBe(false)
})

test('after a kill of everything, server too, what was committed is there', async () => {
  const dataDir = await copies.folder()
  const victim = startOpener(dataDir)
  const url = await victim.opened()
  await ask(url, 'create table sent (id int)')
  await ask(url, 'insert into sent select generate_series(1, 1000)')
  killServer(dataDir)
  await victim.kill()

  const next = await openEmbedded({ dataDir })
  expect(await ask(next.url, 'select count(*)::int as value from sent')).toEqual([1000])
  await next.close()
})

test('a backend that outlives its server deep in a query is ended, and the server starts again', async () => {
  const dataDir = await copies.folder()
  const { url } = await openEmbedded({ dataDir })
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const [row] = await sql`select pg_backend_pid() as pid`
  const endless = sql`select count(*) from generate_series(1, 100000000000) n where n % 2 = 0`.catch(() => {})
  await expect
    .poll(() => ask(url, `select state as value from pg_stat_activity where pid = ${row?.pid}`))
    .toEqual(['active'])
  killServer(dataDir)

  const next = await openEmbedded({ dataDir })
  expect(await ask(next.url, 'select 1 as value')).toEqual([1])
  await endless
  await sql.end({ timeout: 0 })
  await next.close()
})

const flock = spawnSync('flock', ['--version']).status === 0

test.runIf(flock)(
  'a server in another container, whose processes we do not see, is not disturbed',
  async () => {
    const dataDir = await copies.folder()
    // Such a server holds this lock, and its pid means nothing here.
    const pidFile = join(dataDir, 'pg18', 'postmaster.pid')
    writeFileSync(pidFile, '999999999\n')
    const holder = spawn('flock', [join(dataDir, 'pg18', 'PG_VERSION'), 'sh', '-c', 'echo held; read line'])
    await once(holder.stdout, 'data')
    await expect(openEmbedded({ dataDir })).rejects.toThrow(
      /in use by another container or machine.*DATABASE_URL/,
    )
    expect(readFileSync(pidFile, 'utf8')).toBe('999999999\n')

    holder.stdin.end('\n')
    await once(holder, 'exit')
    const next = await openEmbedded({ dataDir })
    await next.close()
  },
)

test('a database half made is made anew', async () => {
  const dataDir = privateFolder()
  const victim = startOpener(dataDir)
  await filesBeingMade(dataDir)
  await victim.kill()
  expect(existsSync(join(dataDir, 'pg18'))).toBe(false)

  const next = await openEmbedded({ dataDir })
  expect(await ask(next.url, 'select 1 as value')).toEqual([1])
  await next.close()
  expect(readdirSync(dataDir).filter(name => name.startsWith('making-'))).toEqual([])
})

async function filesBeingMade(dataDir: string) {
  const workshop = () => readdirSync(dataDir).find(name => name.startsWith('making-'))
  await expect
    .poll(() => existsSync(join(dataDir, workshop() ?? 'none', 'data', 'base')), { interval: 5 })
    .toBe(true)
}

test('when a stranger has its port, it takes another', async () => {
  const dataDir = await copies.folder()
  const first = await openEmbedded({ dataDir })
  await first.close()
  const port = Number(new URL(first.url).port)
  const stranger = createServer().listen(port, '127.0.0.1')
  await once(stranger, 'listening')

  const next = await openEmbedded({ dataDir })
  expect(new URL(next.url).port).not.toBe(String(port))
  expect(await ask(next.url, 'select 1 as value')).toEqual([1])
  await next.close()
  stranger.close()
  const kept = await openEmbedded({ dataDir })
  expect(kept.url).toBe(next.url)
  await kept.close()
})

test('dead holders, dead users and a pid that now is a stranger’s are all seen through', async () => {
  const dataDir = await copies.folder()
  const first = await openEmbedded({ dataDir })
  killServer(dataDir)
  const stranger = spawn('sleep', ['60'])
  const pidFile = join(dataDir, 'pg18', 'postmaster.pid')
  writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(stranger.pid)))
  const reused = `${stranger.pid}.1.${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)}`
  symlinkSync(reused, join(dataDir, 'turns', '1000'))
  writeFileSync(join(dataDir, 'users', `${reused}.1`), '')

  const next = await openEmbedded({ dataDir })
  expect(await ask(next.url, 'select 1 as value')).toEqual([1])
  await first.close()
  await next.close()
  expect(runs(dataDir)).toBe(false)
  expect(stranger.exitCode).toBe(null)
  stranger.kill()
})

test('a lost password file costs nothing', async () => {
  const dataDir = await copies.folder()
  const first = await openEmbedded({ dataDir })
  await ask(first.url, 'create table kept (id int)')
  await first.close()
  rmSync(join(dataDir, 'database.json'))

  const next = await openEmbedded({ dataDir })
  expect(await ask(next.url, 'select count(*)::int as value from kept')).toEqual([0])
  expect(new URL(next.url).password).not.toBe(new URL(first.url).password)
  await next.close()
})
