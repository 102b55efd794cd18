import type { Config } from '../config.ts'
import type { Keyring } from '../domain/keys.ts'
import type { Log } from '../log.ts'
import type { Templates } from '../mail/templates.ts'
import type { Recode } from '../pictures/recode.ts'
import type { Fetcher } from '../reading/fetcher.ts'
import type { TxtResolver } from '../reading/resolver.ts'
import type { Db } from '../store/client.ts'

/** Static files by the name they are served under, each with its type and the hash that its address carries. */
export type Assets = Map<string, { type: string; body: Uint8Array<ArrayBuffer>; hash: string }>

/** The octets of pictures that were asked for last, by the names they are served under. */
export type RecentPictures = {
  get(name: string): Uint8Array<ArrayBuffer> | undefined
  set(name: string, body: Uint8Array<ArrayBuffer>): void
}

/** What an entry file puts together, and everything above `store` and `mail` is given. */
export type Services = {
  config: Config
  db: Db
  keys: Keyring
  log: Log
  /** Sources of emails/*.mjml, by name. */
  templates: Templates
  fetcher: Fetcher
  /** Makes a picture to keep of a file; beside the process's other work where the runtime has threads. */
  recode: Recode
  /** Remembers nothing where requests may not share memory. */
  recentPictures: RecentPictures
  resolveTxt: TxtResolver
  /** Static files; empty where the platform serves them. */
  assets: Assets
  /** How many migrations the database still lacks. */
  pendingMigrations(): Promise<number>
  /**
   * Whether an answer may go on for minutes, until the process stops. Where it may not, as on Workers, what follows
   * a send asks again each second.
   */
  live: { kind: 'stream'; stopping: AbortSignal } | { kind: 'poll' }
  /** Wakes the loops of this process (outbox, sign-ups, sender); a no-op where there are none. */
  wake(): void
}
