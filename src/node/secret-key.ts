import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ConfigError } from '../config.ts'
import { parseSecretKeys, type SecretKey } from '../domain/keys.ts'
import { belongToFolderAbove, makeFolder } from '../store/embedded/layout.ts'

/**
 * The key that was made at the first start, kept in DATA_DIR for its owner's eyes alone; made now where there is none.
 * Of several processes that make it at once all get the same. Throws `ConfigError`.
 */
export function keptSecretKeys(dataDir: string): { keys: SecretKey[]; path: string } {
  const path = join(resolve(dataDir), 'secret-key')
  const reading = parseSecretKeys((read(path) ?? make(path)).trim())
  if ('fault' in reading) throw new ConfigError([`SECRET_KEY: the one kept in ${path}: ${reading.fault}`])
  return { keys: reading.keys, path }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw unkept(path, error)
  }
}

/** It comes into being with its content, and never replaces another's. */
function make(path: string): string {
  const draft = `${path}.${process.pid}`
  try {
    makeFolder(join(path, '..'))
    writeFileSync(draft, `1:${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true })
    belongToFolderAbove(draft)
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unkept(path, error)
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(path, 'utf8')
}

const unkept = (path: string, error: unknown) =>
  new ConfigError([
    `SECRET_KEY: it is not set, and one can’t be kept in ${path} (${(error as NodeJS.ErrnoException).code}); set it (openssl rand -hex 32), or choose another folder with DATA_DIR`,
  ])
