import { chownSync, existsSync, mkdirSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { refusal } from './refusal.ts'

/** The major version of the binaries that we bring; a data folder belongs to one for life. */
export const majorVersion = '18'

/** Where each thing lies in DATA_DIR. */
export type Layout = ReturnType<typeof layoutOf>

const layoutOf = (folder: string) => ({
  folder,
  /** PostgreSQL's own data. */
  data: join(folder, `pg${majorVersion}`),
  /** Port and password, 0600. */
  access: join(folder, 'database.json'),
  /** What PostgreSQL writes to stderr. */
  log: join(folder, 'postgres.log'),
  /** One file per opening of the database by a running process. */
  users: join(folder, 'users'),
  /** Whose turn it is to make, start or stop the database. */
  turns: join(folder, 'turns'),
})

/** Makes DATA_DIR and its inner folders where absent. Throws `EmbeddedDatabaseError` if that is forbidden. */
export function prepareLayout(dataDir: string): Layout {
  const wanted = resolve(dataDir)
  try {
    makeFolder(wanted)
    const layout = layoutOf(realpathSync(wanted))
    for (const inner of [layout.users, layout.turns]) makeFolder(inner, 0o700)
    return layout
  } catch (error) {
    throw refusal(wanted, error)
  }
}

/** Makes a folder and those above it. Not with `recursive`: on file systems such as /proc Node’s never ends. */
export function makeFolder(path: string, mode = 0o777) {
  if (isFolder(path)) return
  if (!existsSync(dirname(path))) makeFolder(dirname(path))
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    if (isFolder(path)) return // another process was faster
    throw error
  }
  belongToFolderAbove(path)
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** Writes a file that only its owner can read, whole or not at all. */
export function writePrivately(path: string, text: string) {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  belongToFolderAbove(draft)
  renameSync(draft, path)
}

/**
 * Who ran `sudo npm start` once can go on without sudo: what root makes belongs to the owner of the folder
 * that it lies in.
 */
export function belongToFolderAbove(path: string) {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dirname(path))
  if (uid !== 0) chownSync(path, uid, gid)
}
