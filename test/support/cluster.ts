import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { migrate } from '../../src/store/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: string
    databaseTemplate: string
  }
}

/**
 * One PostgreSQL for the whole test run, with a migrated database in it that `freshDatabase` clones.
 * TEST_DATABASE_URL names a server to use instead; the run then leaves nothing behind on it.
 */
export default async function startCluster(project: TestProject) {
  const given = process.env.TEST_DATABASE_URL
  const cluster = given ? { url: given, close: async () => {} } : await throwawayCluster()
  const template = `broadsheet_test_${randomBytes(5).toString('hex')}`
  const server = postgres(cluster.url, { max: 1, onnotice: () => {} })
  await server.unsafe(`create database ${template}`)
  await migrate(urlOf(cluster.url, template))
  project.provide('databaseServer', cluster.url)
  project.provide('databaseTemplate', template)

  return async () => {
    const left = await server`select datname from pg_database where starts_with(datname, ${template})`
    for (const { datname } of left) await server.unsafe(`drop database ${datname} with (force)`)
    await server.end()
    await cluster.close()
  }
}

async function throwawayCluster() {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-test-'))
  chmodSync(folder, 0o755)
  const database = await openEmbedded({ dataDir: folder })
  const watchdog = removeWhenWeAreGone(folder)
  await forgetDurability(database.url)
  return {
    url: database.url,
    close: async () => {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
      watchdog.stdin?.end()
    },
  }
}

// A run that is killed cleans nothing up itself: this shell sees the pipe close, stops the server, removes
// the folder. In a session of its own, Ctrl-C does not reach it.
function removeWhenWeAreGone(folder: string) {
  const file = join(folder, 'pg18', 'postmaster.pid')
  const pid = existsSync(file) ? (readFileSync(file, 'utf8').split('\n')[0] ?? '') : ''
  const script =
    'cat; test -d "$1" || exit; kill -INT "$2"; while kill -0 "$2"; do sleep 0.1; done; rm -rf "$1"'
  const child = spawn('sh', ['-c', script, 'sh', folder, pid], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.unref()
  return child
}

// What the tests write need not survive the machine; on a slow disk this halves their time.
async function forgetDurability(url: string) {
  const sql = postgres(url, { max: 1 })
  await sql.unsafe('alter system set fsync = off')
  await sql`select pg_reload_conf()`
  await sql.end()
}

function urlOf(server: string, database: string) {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
