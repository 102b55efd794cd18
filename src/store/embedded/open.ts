import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Access, answers, newPassword, readAccess, urlOf, writeAccess } from './access.ts'
import { findBinaries } from './binaries.ts'
import { EmbeddedDatabaseError, EmbeddedDatabaseLost } from './error.ts'
import { type Layout, prepareLayout } from './layout.ts'
import { hasCluster, makeCluster, setPassword } from './make-cluster.ts'
import { findPostmaster, stopPostmaster } from './postmaster.ts'
import { refusal } from './refusal.ts'
import { chooseRunAs } from './run-as.ts'
import { clearTheWay, startPostmaster } from './start.ts'
import { inTurn } from './turn.ts'
import { clearDead, leaveLast, register } from './users.ts'

export type EmbeddedDatabase = {
  /** With the password: not for logs. */
  url: string
  /** DATA_DIR, absolute. */
  dataFolder: string
  /**
   * Starts PostgreSQL again where it ended under us, and says whether it had. Asked every second it costs nothing.
   * Throws `EmbeddedDatabaseLost` where what we have a URL for can't come back.
   */
  revive(): Promise<boolean>
  /** Ends the use of the database; the last user stops it and waits for that. A second call does nothing. */
  close(): Promise<void>
}

type Options = { dataDir: string; onNotice?: (text: string) => void }

/**
 * Opens the PostgreSQL that lives in `dataDir`: makes it in an empty folder, starts it if it does not run,
 * and shares it with every other process that has it open. It runs in a session of its own and outlives
 * `kill -9` of all its users, to be found by the next. `onNotice` is told what takes longer than one expects.
 * Throws `EmbeddedDatabaseError`, whose message is for a person. Linux and macOS.
 */
export async function openEmbedded({ dataDir, onNotice = () => {} }: Options): Promise<EmbeddedDatabase> {
  const layout = prepareLayout(dataDir)
  try {
    return await inTurn(layout.turns, () => open(layout, onNotice), onNotice)
  } catch (error) {
    throw refusal(layout.folder, error)
  }
}

async function open(layout: Layout, onNotice: (text: string) => void): Promise<EmbeddedDatabase> {
  const access = await reach(layout, onNotice)
  clearDead(layout.users)
  const note = register(layout.users)
  let closing: Promise<void> | undefined
  return {
    url: urlOf(access),
    dataFolder: layout.folder,
    revive: async () => {
      if (closing || findPostmaster(layout.data)) return false
      return revive(layout, access, onNotice)
    },
    close: () => {
      closing ??= leave(layout, note, onNotice)
      return closing
    },
  }
}

/** The server of this folder, running. */
async function reach(layout: Layout, onNotice: (text: string) => void): Promise<Access> {
  const made = hasCluster(layout)
  const known = readAccess(layout.access)
  if (made && known) {
    const port = await portOfRunning(layout)
    if (port) return keep(layout, known, { ...known, port })
  }
  const binaries = findBinaries()
  const runAs = await chooseRunAs(layout.folder, binaries.initdb, made ? layout.data : undefined)
  const password = known?.password ?? newPassword()
  if (made && !known) await stopPostmaster(layout.data)
  if (made) await clearTheWay(layout, runAs)
  else await makeCluster(layout, binaries, runAs, password)
  if (made && !known) await setPassword(layout, binaries, runAs, password)
  const port = await startPostmaster(layout, binaries, runAs, known?.port, onNotice)
  return keep(layout, known, { port, password })
}

function keep(layout: Layout, known: Access | undefined, access: Access): Access {
  if (known?.port !== access.port || known.password !== access.password) writeAccess(layout.access, access)
  return access
}

/**
 * Who started it may have died before it was ready, or somebody may be stopping it: its state settles soon.
 * One that was killed just now still seems to run, but nobody answers at its port.
 */
async function portOfRunning(layout: Layout): Promise<number | undefined> {
  const asked = Date.now()
  for (;;) {
    const server = findPostmaster(layout.data)
    if (!server) return undefined
    if (server.state === 'ready' && (await answers(server.port))) return server.port
    if (Date.now() - asked > 120_000)
      throw new EmbeddedDatabaseError(
        `PostgreSQL (process ${server.pid}) in ${layout.folder} has been ${server.state} for two minutes without taking connections. Look into ${layout.log}, or end it (kill -INT ${server.pid}) and start again.`,
      )
    await pause(15)
  }
}

async function revive(layout: Layout, before: Access, onNotice: (text: string) => void): Promise<boolean> {
  if (!existsSync(layout.turns) || !hasCluster(layout))
    throw new EmbeddedDatabaseLost(
      `The database in ${layout.folder} is gone: the folder was removed or moved.`,
    )
  const access = await inTurn(layout.turns, () => reach(layout, onNotice), onNotice)
  if (access.port !== before.port)
    throw new EmbeddedDatabaseLost(
      `PostgreSQL in ${layout.folder} ended and runs again at another port, since ${before.port} was taken meanwhile. Start Broadsheet again.`,
    )
  return true
}

async function leave(layout: Layout, note: string, onNotice: (text: string) => void) {
  if (!existsSync(layout.turns)) return // the folder was removed: PostgreSQL sees that, and ends by itself
  const stopWhenLast = async () => {
    if (leaveLast(layout.users, note)) await stopPostmaster(layout.data)
  }
  await inTurn(layout.turns, stopWhenLast, onNotice)
}
