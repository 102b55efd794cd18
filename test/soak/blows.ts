import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { EmbeddedDatabase } from '../../src/store/embedded/open.ts'
import { postmasterPid } from '../support/opener.ts'
import { endLeases, type Newsroom } from '../support/sending.ts'
import type { RunningProcess } from '../support/server.ts'
import { until } from '../support/until.ts'

export type Scene = {
  room: Newsroom
  /** Only where PostgreSQL itself may be struck. */
  database?: EmbeddedDatabase
  sender: RunningProcess
  startSender(): Promise<RunningProcess>
  /** Waits for a dead sender's leases to end (15 s), rather than to end them. */
  patient: boolean
}

/** Strikes, and answers with the senders that live on. */
type Blow = (scene: Scene) => Promise<RunningProcess[]>

export const blows = {
  /** SIGKILL of the sender's process. */
  async sender(scene) {
    await scene.sender.stop('SIGKILL')
    return replaceDead(scene)
  },
  /** SIGKILL of its whole process group. */
  async group(scene) {
    await scene.sender.stopGroup('SIGKILL')
    return replaceDead(scene)
  },
  /** PostgreSQL ends at once, as by `pg_ctl stop -m immediate`, and is away for up to 2 s while the sender lives. */
  async postgres({ database, sender }) {
    if (!database) throw new Error('there is no PostgreSQL of our own to strike')
    process.kill(postmasterPid(database.dataFolder), 'SIGQUIT')
    await pause(2000 * Math.random())
    await until('PostgreSQL to be started again', () => database.revive())
    return [sender]
  },
  /** The sender is frozen past its leases, and wakes up to half a second after another has taken over. */
  async freeze({ room, sender, startSender }) {
    sender.child.kill('SIGSTOP')
    const second = await startSender()
    const held = await room.raw`select distinct holder from batches where holder is not null`
    const holders = held.map(row => row.holder)
    await until(
      'the second sender to take over',
      async () => {
        const left = await room.raw`select from batches where holder = any(${holders}::uuid[])`
        return left.length === 0
      },
      60_000,
    )
    await pause(500 * Math.random())
    sender.child.kill('SIGCONT')
    return [sender, second]
  },
  /** SIGTERM, which drains. */
  async term({ sender, startSender }) {
    const code = await sender.stop('SIGTERM')
    if (code !== 0) throw new Error(`SIGTERM ended the sender with ${code}`)
    return [await startSender()]
  },
  /** The database's disk is full for up to 4 s. Only where it is a small one, of which nobody else has need. */
  async full({ room, database, sender }) {
    if (!database) throw new Error('there is no PostgreSQL of our own to strike')
    const ballast = join(database.dataFolder, 'ballast')
    fillDisk(ballast)
    // PostgreSQL has room in its present log segment; the next one has to be made.
    await room.raw`select pg_switch_wal()`.catch(() => {})
    await pause(4000 * Math.random())
    rmSync(ballast)
    await until('PostgreSQL to write again', async () => {
      await database.revive()
      return room.raw`select pg_current_wal_insert_lsn()`.catch(() => undefined)
    })
    return [sender]
  },
} satisfies Record<string, Blow>

export type Kind = keyof typeof blows
export const kinds = Object.keys(blows) as Kind[]
/** What can be struck on any machine. */
export const usualKinds = kinds.filter(kind => kind !== 'full')

const smallDisk = 2 ** 31

function fillDisk(file: string) {
  const { blocks, bsize } = statfsSync(join(file, '..'))
  if (blocks * bsize > smallDisk) throw new Error('the disk is too large to be filled: TMPDIR names another')
  const ballast = openSync(file, 'w')
  for (const size of [2 ** 24, 2 ** 12]) {
    const bytes = Buffer.alloc(size)
    while (hasRoom(ballast, bytes));
  }
  closeSync(ballast)
}

function hasRoom(file: number, bytes: Buffer): boolean {
  try {
    return writeSync(file, bytes) === bytes.length
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw error
  }
}

async function replaceDead({ room, startSender, patient }: Scene): Promise<RunningProcess[]> {
  if (!patient) await endLeases(room.raw)
  return [await startSender()]
}
