import { existsSync, statfsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { capital } from '../../domain/text.ts'
import { EmbeddedDatabaseError } from './error.ts'

/** An empty database takes 47 MB, and its first work as much again. */
const spaceToBegin = 100_000_000

const elsewhere = 'choose another folder with DATA_DIR, or a PostgreSQL server with DATABASE_URL'

/** What the operating system's refusal to let us use `folder` means for the person who started us. */
export function refusal(folder: string, error: unknown): Error {
  if (error instanceof EmbeddedDatabaseError) return error
  const said = explain(folder, (error as NodeJS.ErrnoException).code)
  if (said) return new EmbeddedDatabaseError(said, { cause: error })
  return error instanceof Error ? error : new Error(String(error))
}

function explain(folder: string, code = ''): string | undefined {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `The database belongs in ${folder}, and the user ${who()} may not read and write there. ${permission(folder)}.`
    case 'EROFS':
      return `The database belongs in ${folder}, which is on a read-only file system. Make it writable, or ${elsewhere}.`
    case 'ENOSPC':
    case 'EDQUOT':
      return fullDisk(folder)
    case 'ENOTDIR':
    case 'EEXIST':
      return `The database belongs in the folder ${folder}, but a file stands in its way. Move the file, or ${elsewhere}.`
    case 'ENOENT':
    case 'ELOOP':
    case 'ENAMETOOLONG':
    case 'EIO':
      return `The database belongs in ${folder}, and that folder cannot be made or read (${code}). Put that right, or ${elsewhere}.`
    default:
      return undefined
  }
}

function permission(folder: string) {
  if (process.getuid?.() === 0) return capital(elsewhere)
  const chown = `chown -R ${who()} ${folder}`
  return existsSync(folder)
    ? `Give the folder to that user (${chown}), or ${elsewhere}`
    : `Make the folder for that user (mkdir -p ${folder}; ${chown}), or ${elsewhere}`
}

/** Throws `EmbeddedDatabaseError` where there is no room to make a database. */
export function demandSpace(folder: string) {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < spaceToBegin) throw new EmbeddedDatabaseError(fullDisk(folder))
}

/** A full disk has no room for the server's complaint about it either. */
const isFull = (folder: string) => statfsSync(folder).bavail === 0

const fullDisk = (folder: string) =>
  `The disk with ${folder} is full. The database needs 100 MB to begin with, and room to grow. Free some space, or ${elsewhere}.`

/** What PostgreSQL's last words mean for the person who started us. `doing` completes "could not …". */
export function lastWords(doing: 'make' | 'start', folder: string, output: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(interpret(doing, folder, output), { cause: output })
}

const damage = /could not (access|open|locate)|invalid (checkpoint|data)|incorrect checksum|PANIC/i

function interpret(doing: 'make' | 'start', folder: string, output: string) {
  if (/No space left on device|Disk quota exceeded|wrote only \d+ of/.test(output) || isFull(folder))
    return fullDisk(folder)
  if (/Read-only file system/.test(output)) return explain(folder, 'EROFS')
  if (/wrong ownership|Permission denied/.test(output)) return explain(folder, 'EACCES')
  if (/could not (map anonymous|create) shared memory|Cannot allocate memory|out of memory/i.test(output))
    return `PostgreSQL could not ${doing} the database in ${folder}: the machine has too little memory left. It needs about 200 MB.`
  if (/error while loading shared libraries/.test(output))
    return `PostgreSQL could not run: ${lastLine(output)}. Run "npm rebuild" where Broadsheet is installed, or use a PostgreSQL server with DATABASE_URL.`
  if (doing === 'start' && damage.test(output))
    return `PostgreSQL could not ${doing} the database in ${folder}, which seems damaged: ${lastLine(output)}. Put the folder back from a backup, or ${elsewhere}.`
  return `PostgreSQL could not ${doing} the database in ${folder}: ${lastLine(output)}. Set that right, or ${elsewhere}.`
}

const lastLine = (output: string) => {
  const lines = output.split('\n').filter(line => line.trim() !== '')
  const fault = lines.findLast(line => /FATAL|PANIC|error:/i.test(line)) ?? lines.at(-1) ?? 'it said nothing'
  return fault.replace(/^.*?(FATAL|PANIC|error):\s*/i, '').replace(/\.$/, '')
}

function who() {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.())
  }
}
