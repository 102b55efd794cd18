import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Postfix } from './postfix.ts'
import { freePort } from './server.ts'
import { until } from './until.ts'

export type PostfixServer = {
  url: string
  /** Postfix's own log, so far. */
  log(): string
  /** Stops it and removes its folder. */
  close(): Promise<void>
}

/** Users and a group that Debian always has, and that have nothing else to do: it wants three of them. */
const users = { owner: 'daemon', group: 'mail', lesser: 'nobody' }

/** The folders of its queue by who owns them (Debian's postfix-files), and their modes where they are not 0700. */
const queue = {
  owners: ['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'private'],
  groups: { maildrop: 0o1730, public: 0o710 },
}

/**
 * Postfix on a free port, relaying everything to one next hop on this machine. Queue, configuration and log are in a
 * folder of its own; nothing is installed. Only root may run it: it starts each of its programs as another user.
 */
export async function startPostfix({ root, env }: Postfix, nextHop: number): Promise<PostfixServer> {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-postfix-'))
  const port = await freePort()
  prepare(folder)
  const configuration = join(folder, 'etc')
  writeFileSync(join(configuration, 'main.cf'), mainCf(folder, root, nextHop))
  writeFileSync(join(configuration, 'master.cf'), masterCf(port))
  // In a group of its own: it ends all of that when it ends.
  const master = spawn(join(root, 'usr/lib/postfix/sbin/master'), ['-d', '-c', configuration], {
    detached: true,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  master.stderr.on('data', chunk => (said += chunk))
  const ended = once(master, 'exit')
  const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '')
  const server = {
    url: `smtp://127.0.0.1:${port}`,
    log,
    async close() {
      if (master.exitCode === null) master.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  try {
    await until('Postfix to start', () => {
      if (master.exitCode !== null) throw new Error(`Postfix ended with ${master.exitCode}: ${said}${log()}`)
      return log().includes('daemon started')
    })
  } catch (error) {
    await server.close()
    throw error
  }
  return server
}

function prepare(folder: string) {
  const make = (name: string, mode: number, owner: string) => {
    const path = join(folder, name)
    mkdirSync(path, { recursive: true })
    const { status, stderr } = spawnSync('chown', [owner, path], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${path} could not be given to ${owner}: ${stderr}`)
    chmodSync(path, mode)
  }
  // Its users have to get in.
  make('', 0o755, 'root')
  make('etc', 0o755, 'root')
  make('queue/pid', 0o755, 'root')
  make('data', 0o700, users.owner)
  for (const name of queue.owners) make(`queue/${name}`, 0o700, users.owner)
  for (const [name, mode] of Object.entries(queue.groups))
    make(`queue/${name}`, mode, `${users.owner}:${users.group}`)
}

const mainCf = (folder: string, root: string, nextHop: number) => `
compatibility_level = 3.6
config_directory = ${folder}/etc
meta_directory = ${folder}/etc
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
command_directory = ${root}/usr/sbin
daemon_directory = ${root}/usr/lib/postfix/sbin
shlib_directory = ${root}/usr/lib/postfix
import_environment = LD_LIBRARY_PATH MAIL_CONFIG TZ LANG=C
mail_owner = ${users.owner}
setgid_group = ${users.group}
default_privs = ${users.lesser}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = relay.bulletin.example
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
local_transport = error:nobody lives here
relayhost = [127.0.0.1]:${nextHop}
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_dns_support_level = disabled
`

const masterCf = (port: number) => `
127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
`
