import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { database, role } from './access.ts'
import type { Binaries } from './binaries.ts'
import { EmbeddedDatabaseError } from './error.ts'
import { type Layout, majorVersion } from './layout.ts'
import { demandSpace, lastWords } from './refusal.ts'
import { execute, handOver, type RunAs } from './run-as.ts'

/** Is there a data folder to start? Throws `EmbeddedDatabaseError` for one that this PostgreSQL cannot read. */
export function hasCluster({ folder, data }: Layout): boolean {
  if (existsSync(data) && readdirSync(data).length > 0) {
    const file = join(data, 'PG_VERSION')
    if (!existsSync(file))
      throw new EmbeddedDatabaseError(
        `${data} holds files, but no PostgreSQL database. Move them away, or choose another folder with DATA_DIR.`,
      )
    const version = readFileSync(file, 'utf8').trim()
    if (version !== majorVersion) throw otherVersion(data, version)
    return true
  }
  const other = readdirSync(folder).find(
    name => /^pg\d+$/.test(name) && existsSync(join(folder, name, 'PG_VERSION')),
  )
  if (other)
    throw otherVersion(join(folder, other), readFileSync(join(folder, other, 'PG_VERSION'), 'utf8').trim())
  return false
}

const otherVersion = (folder: string, version: string) =>
  new EmbeddedDatabaseError(
    `The database in ${folder} was made by PostgreSQL ${version}; this Broadsheet brings ${majorVersion}, which cannot read it. Use the Broadsheet that made it, or run PostgreSQL ${version} on that folder and name it in DATABASE_URL, or begin anew with another DATA_DIR.`,
  )

/**
 * Makes the data folder, with an empty database that only the password opens. It is made aside and moved
 * into place when complete and on the disk, so that what lies in place is never half made.
 */
export async function makeCluster(layout: Layout, binaries: Binaries, runAs: RunAs, password: string) {
  for (const name of readdirSync(layout.folder))
    if (name.startsWith('making-')) rmSync(join(layout.folder, name), { recursive: true, force: true })
  demandSpace(layout.folder)
  const workshop = mkdtempSync(join(layout.folder, 'making-'))
  const made = join(workshop, 'data')
  const secret = join(workshop, 'password')
  try {
    writeFileSync(secret, password, { mode: 0o600 })
    handOver(workshop, runAs.owner)
    const recipe = [
      ...['-D', made, '-U', role, `--pwfile=${secret}`, '--auth=scram-sha-256', '--no-sync'],
      // The same order and the same letters on every machine, whatever locales it has.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ]
    await must('make', layout, execute(runAs, binaries.initdb, recipe))
    // Written into the file that initdb made, so that its owner stays.
    writeFileSync(join(made, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n')
    await must('make', layout, alone(runAs, binaries, made, `create database ${database};`, ['-F']))
    await must('make', layout, sync(runAs, binaries, made))
    renameSync(made, layout.data)
    syncFolder(layout.folder)
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

/** For a data folder whose password was lost with `database.json`. The server must not be running. */
export const setPassword = (layout: Layout, binaries: Binaries, runAs: RunAs, password: string) =>
  must('start', layout, alone(runAs, binaries, layout.data, `alter role ${role} password '${password}';`))

/** One statement in a PostgreSQL of its own, which asks for no password and listens nowhere. */
const alone = (runAs: RunAs, binaries: Binaries, data: string, statement: string, more: string[] = []) => {
  const args = ['--single', '-j', ...more, '-c', 'exit_on_error=true', '-D', data, 'postgres']
  return execute(runAs, binaries.postgres, args, statement)
}

/** On a busy disk a thousand small fsyncs took 1,300 to 3,500 ms, syncfs(2) 60 to 150; only Linux has that. */
async function sync(runAs: RunAs, binaries: Binaries, made: string) {
  const args = ['-D', made, '--sync-only']
  const quick = await execute(runAs, binaries.initdb, [...args, '--sync-method=syncfs'])
  return quick.code === 0 ? quick : execute(runAs, binaries.initdb, args)
}

async function must(doing: 'make' | 'start', { folder }: Layout, running: ReturnType<typeof execute>) {
  const { code, output } = await running
  if (code !== 0) throw lastWords(doing, folder, output)
}

function syncFolder(path: string) {
  const folder = openSync(path, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
