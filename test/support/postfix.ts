import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, globSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Debian's Postfix, unpacked into a folder and not installed. */
export type Postfix = {
  root: string
  /** The environment in which its programs find their libraries. */
  env: Record<string, string>
}

const folder = join(tmpdir(), 'broadsheet-postfix')

/** Fetches and unpacks it once per machine. Answers why not where that is impossible. */
export function fetchPostfix(): Postfix | { missing: string } {
  const root = join(folder, 'root')
  if (!existsSync(join(root, 'usr/sbin/smtp-source'))) {
    const fault = unpack('postfix', root)
    if (fault) return { missing: fault }
  }
  const postfix = { root, env: { LD_LIBRARY_PATH: libraries(root) } }
  const lacking = missingLibraries(postfix)
  if (!lacking.length) return postfix
  for (const name of dependencies()) unpack(name, root)
  const complete = { root, env: { LD_LIBRARY_PATH: libraries(root) } }
  const still = missingLibraries(complete)
  return still.length ? { missing: `Postfix lacks ${still.join(', ')}` } : complete
}

function unpack(name: string, root: string): string | undefined {
  const debs = join(folder, 'debs')
  mkdirSync(debs, { recursive: true })
  // apt fetches as a user of its own where root asks it to.
  chmodSync(debs, 0o777)
  const found = () => globSync(join(debs, `${name}_*.deb`))[0]
  if (!found()) download(name, debs)
  const deb = found()
  if (!deb)
    return `apt-get download ${name} brought nothing: it needs Debian or Ubuntu, and a way to its packages`
  const { status, error, stderr } = spawnSync('dpkg', ['-x', deb, root], { encoding: 'utf8' })
  return status === 0 ? undefined : `dpkg -x ${deb}: ${error?.message ?? stderr}`
}

/** By the machine's lists of packages; where it has none, by lists in our own folder, which need no root. */
function download(name: string, cwd: string) {
  const apt = (...args: string[]) => spawnSync('apt-get', args, { cwd, stdio: 'ignore' }).status === 0
  if (apt('download', name)) return
  const [lists, cache] = [join(folder, 'lists'), join(folder, 'cache')]
  for (const path of [lists, cache]) mkdirSync(join(path, 'partial'), { recursive: true })
  const own = ['-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${cache}`]
  if (apt(...own, 'update')) apt(...own, 'download', name)
}

const libraries = (root: string) =>
  [join(root, 'usr/lib/postfix'), ...globSync(join(root, '{usr/lib,lib}/*-linux-gnu'))].join(':')

const missingLibraries = ({ root, env }: Postfix): string[] =>
  ['usr/sbin/smtp-source', 'usr/lib/postfix/sbin/master', 'usr/lib/postfix/sbin/smtpd'].flatMap(file => {
    const { stdout } = spawnSync('ldd', [join(root, file)], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    })
    return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(match => match[1]!)
  })

/** The libraries that the package names, without the C library, which must be the machine's. */
function dependencies(): string[] {
  const deb = globSync(join(folder, 'debs/postfix_*.deb'))[0]
  const { stdout } = spawnSync('dpkg-deb', ['-f', deb ?? '', 'Depends'], { encoding: 'utf8' })
  const names = (stdout ?? '').split(',').map(part => part.trim().split(/[ |(]/)[0]!)
  return names.filter(name => name.startsWith('lib') && name !== 'libc6')
}
