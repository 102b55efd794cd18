import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { migrate } from '../../src/store/migrate.ts'
import { shapeOf } from './database.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: string
    databaseTemplate: string
    /** What the template has, by `shapeOf`, and its only rows. */
    databaseShape: string
    defaultDomains: string
    /** Goes with the run, however that ends, and so do the PostgreSQL servers in it. */
    runFolder: string
  }
}

/**
 * One PostgreSQL for the whole test run, with a migrated database in it that `freshDatabase` clones.
 * TEST_DATABASE_URL names a server to use instead; the run then leaves nothing behind on it.
 */
export default async function startCluster(project: TestProject) {
  const folder = mkdtempSync(join(inMemory() ?? tmpdir(), 'broadsheet-test-'))
  chmodSync(folder, 0o755)
  const watchdog = removeWhenWeAreGone(folder)
  const cluster = await serverFor(folder)
  const template = `broadsheet_test_${randomBytes(5).toString('hex')}`
  const server = postgres(cluster.url, { max: 1, onnotice: () => {} })
  await server.unsafe(`create database ${template} template template0`)
  await migrate(urlOf(cluster.url, template))
  const { shape, domains } = await describe(urlOf(cluster.url, template))
  project.provide('databaseServer', cluster.url)
  project.provide('databaseTemplate', template)
  project.provide('databaseShape', shape)
  project.provide('defaultDomains', domains)
  project.provide('runFolder', folder)

  return async () => {
    const left = await server`select datname from pg_database where starts_with(datname, ${template})`
    for (const { datname } of left) await server.unsafe(`drop database ${datname} with (force)`)
    await server.end()
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
    watchdog.stdin?.end()
  }
}

async function describe(url: string): Promise<{ shape: string; domains: string }> {
  const sql = postgres(url, { max: 1 })
  const [row] = await sql.unsafe(shapeOf)
  const [rows] = await sql`select jsonb_agg(m)::text as domains from mail_domains m`
  await sql.end()
  return { shape: row!.shape, domains: rows!.domains }
}

// A run that is killed cleans nothing up itself: this shell sees the pipe close, ends the servers, removes
// the folder. In a session of its own, Ctrl-C does not reach it.
function removeWhenWeAreGone(folder: string) {
  const script = `
    cat
    test -d "$1" || exit
    find "$1" -name postmaster.pid -exec head -n 1 {} ';' | while read pid; do kill -QUIT "$pid"; done
    until rm -rf "$1"; do sleep 0.2; done`
  const child = spawn('sh', ['-c', script, 'sh', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.unref()
  return child
}

async function serverFor(folder: string): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, close: async () => {} }
  const database = await openEmbedded({ dataDir: join(folder, 'cluster') })
  await forgetDurability(database.url)
  return database
}

/** Memory that is a folder, where there is plenty: on a disk, a third of the server's work is making and removing files. */
function inMemory(): string | undefined {
  const folder = '/dev/shm'
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > 8 * 2 ** 30 ? folder : undefined
  } catch {
    return undefined
  }
}

// What the tests write need not survive the machine; on a slow disk this halves their time.
async function forgetDurability(url: string) {
  const sql = postgres(url, { max: 1 })
  for (const setting of ['fsync', 'full_page_writes', 'autovacuum'])
    await sql.unsafe(`alter system set ${setting} = off`)
  await sql`select pg_reload_conf()`
  await sql.end()
}

function urlOf(server: string, database: string) {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
