import { spawn } from 'node:child_process'
import { chownSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { EmbeddedDatabaseError } from './error.ts'

type Command = { command: string; args: string[]; uid?: number; gid?: number }

/** A way to run a program as somebody who is not root, which PostgreSQL demands. */
export type RunAs = {
  /** Who owns what such a program writes, as we see it. */
  owner: { uid: number; gid: number }
  wrap(command: string, args: string[]): Command
}

/**
 * Finds a way in which PostgreSQL can run here: its binaries can be started and `folder` written. `data` is
 * the data folder, where there is one: its owner is tried first.
 *
 * An ordinary user runs it directly. Root tries the user `postgres`; a user namespace, in which root's own
 * files stay reachable, for folders that only root can enter; and where a namespace is forbidden (chroot,
 * Docker) another system user, or such a user with the right to read or pass any folder.
 * Throws `EmbeddedDatabaseError` when nothing works.
 */
export async function chooseRunAs(folder: string, initdb: string, data?: string): Promise<RunAs> {
  const candidates = process.getuid?.() === 0 ? forRoot(folder, data) : forUser()
  const [only] = candidates
  if (only && candidates.length === 1) return only
  for (const candidate of candidates) if (await works(candidate, folder, initdb)) return candidate
  throw new EmbeddedDatabaseError(
    `PostgreSQL refuses to run as root, and no other user can be made to reach ${folder} and ${dirname(initdb)}. Start Broadsheet as an ordinary user, or let everybody enter these folders (chmod a+x), or name a PostgreSQL server in DATABASE_URL.`,
  )
}

type Account = { uid: number; gid: number }

const directly = (): RunAs => ({
  owner: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
  wrap: (command, args) => ({ command, args }),
})

const as = (account: Account): RunAs => ({
  owner: account,
  wrap: (command, args) => ({ command, args, ...account }),
})

/** In a user namespace we are called `uid`, which needs a name in /etc/passwd, and still own our files. */
const inNamespace = (uid: number): RunAs => ({
  owner: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
  wrap: (command, args) => ({ command: 'unshare', args: ['--user', `--map-user=${uid}`, command, ...args] }),
})

/** PostgreSQL looks for its files with access(2), which ignores a user's capabilities without that securebit. */
const withCapability = ({ uid, gid }: Account, capability: string): RunAs => ({
  owner: { uid, gid },
  wrap: (command, args) => ({
    command: 'setpriv',
    args: [
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      '--securebits=+no_setuid_fixup',
      `--inh-caps=-all,+${capability}`,
      `--ambient-caps=-all,+${capability}`,
      command,
      ...args,
    ],
  }),
})

function forUser(): RunAs[] {
  try {
    userInfo()
    return [directly()]
  } catch {
    return namespaces() // initdb wants its user to have a name, which a container's random uid has not
  }
}

function forRoot(folder: string, data?: string): RunAs[] {
  const accounts = ['postgres', '_postgres', 'nobody', 'daemon'].flatMap(name => accountOf(name) ?? [])
  const dedicated = [accountOf('postgres') ?? accountOf('_postgres') ?? []].flat().map(as)
  const others = [
    ...accounts.map(as),
    ...accounts.flatMap(one => [withCapability(one, 'dac_read_search'), withCapability(one, 'dac_override')]),
  ]
  const owner = statSync(data ?? folder)
  if (owner.uid !== 0) {
    const same = { uid: owner.uid, gid: owner.gid }
    return [as(same), withCapability(same, 'dac_read_search'), ...dedicated, ...namespaces(), ...others]
  }
  return data ? [...namespaces(), ...others] : [...dedicated, ...namespaces(), ...others]
}

const namespaces = () => [inNamespace(accountOf('nobody')?.uid ?? 65534)]

function accountOf(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(line => line.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

// --show looks for the user's name, the server and its files as the making of a database does.
const trial = 'test "$(id -u)" != 0 && "$1" --show -D "$2/data" && : > "$2/trial"'

async function works(candidate: RunAs, folder: string, initdb: string): Promise<boolean> {
  const scratch = mkdtempSync(join(folder, 'trial-'))
  try {
    chownSync(scratch, candidate.owner.uid, candidate.owner.gid)
    return (await execute(candidate, 'sh', ['-c', trial, 'sh', initdb, scratch])).code === 0
  } catch {
    return false
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Nothing of ours may steer PostgreSQL (PGDATA, PGOPTIONS …), and what it says must be in English. */
export const environment = { PATH: '/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Runs a program to its end, with `input` on stdin. */
export function execute(runAs: RunAs, command: string, args: string[], input = '') {
  const { command: first, args: all, ...account } = runAs.wrap(command, args)
  return new Promise<{ code: number | null; output: string }>(resolve => {
    const child = spawn(first, all, { cwd: '/', env: environment, ...account })
    let output = ''
    const gather = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', gather)
    child.stderr.on('data', gather)
    child.stdin.on('error', () => {}) // it ended without reading: its exit code tells
    child.on('error', error => resolve({ code: null, output: String(error) }))
    child.on('close', code => resolve({ code, output }))
    child.stdin.end(input)
  })
}

/** Gives a data folder to the one who is to run it: the top last, so that half a change is seen and repeated. */
export function handOver(path: string, { uid, gid }: { uid: number; gid: number }) {
  if (process.getuid?.() !== 0) return
  const giveAll = (one: string) => {
    if (lstatSync(one).isDirectory()) for (const name of readdirSync(one)) giveAll(join(one, name))
    chownOrLeave(one)
  }
  const chownOrLeave = (one: string) => {
    const now = lstatSync(one)
    if (now.uid !== uid && !now.isSymbolicLink()) chownSync(one, uid, gid)
  }
  if (statSync(path).uid !== uid) giveAll(path)
}
