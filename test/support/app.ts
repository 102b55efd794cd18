import { readFileSync } from 'node:fs'
import type { Services } from '../../src/actions/services.ts'
import { type Config, parseConfig } from '../../src/config.ts'
import { createKeyring } from '../../src/domain/keys.ts'
import { createLog } from '../../src/log.ts'
import { type Templates, templateNames } from '../../src/mail/templates.ts'
import { readAssets } from '../../src/node/assets.ts'
import { recentPictures } from '../../src/node/recent-pictures.ts'
import type { Recode } from '../../src/pictures/recode.ts'
import type { Fetcher } from '../../src/reading/fetcher.ts'
import type { TxtResolver } from '../../src/reading/resolver.ts'
import { openDatabase, openRaw, type Raw } from '../../src/store/client.ts'
import { pendingMigrations } from '../../src/store/migrate.ts'
import { createApp } from '../../src/web/app.ts'
import { atEnd } from './at-end.ts'
import { freshDatabase } from './database.ts'

type Options = {
  /** As in the environment: PUBLIC_URL, SIGNUP_LIMIT and so on. */
  env?: Record<string, string>
  /** Over the parsed configuration. */
  config?: Partial<Config>
  fetcher?: Fetcher
  /** Absent: in the test's own thread, since a thread for each picture takes 0.4 s to start from the sources. */
  recode?: Recode
  /** Absent: the DNS does not answer. */
  resolveTxt?: TxtResolver
  /** Aborted: answers that go on for minutes end. */
  stopping?: AbortSignal
}

export type TestApp = {
  app: ReturnType<typeof createApp>
  services: Services
  raw: Raw
  databaseUrl: string
  /** A request over no socket. `network` pretends a peer's address. */
  request(path: string, init?: RequestInit & { peer?: string }): Promise<Response>
  /** Posts a form as a browser does on a page of this site. */
  post(
    path: string,
    fields: Record<string, string | string[]>,
    headers?: Record<string, string>,
  ): Promise<Response>
  close(): Promise<void>
}

const noFetching: Fetcher = () => {
  throw new Error('this test fetches nothing: give openTestApp a fetcher')
}

const inThisThread: Recode = async octets => {
  const { codecs } = await import('./picture-files.ts')
  const { recode } = await import('../../src/pictures/recode.ts')
  return recode(octets, codecs, { megapixels: 40 })
}

/** The app on a database of its own, with everything real but the sockets. Closes by itself after the test file. */
export async function openTestApp(options: Options = {}): Promise<TestApp> {
  const database = await freshDatabase()
  const { db, close } = openDatabase(database.url, { connections: 5 })
  const raw = openRaw(database.url, { connections: 5 })
  const services: Services = {
    config: {
      ...parseConfig({
        DATABASE_URL: database.url,
        SMTP_URL: 'mailbox:',
        PUBLIC_URL: 'http://localhost:3000',
        SEND_HOLD: '0',
        ...options.env,
      }),
      ...options.config,
    },
    db,
    keys: createKeyring([{ version: 1, secret: 'a secret for tests only' }]),
    log: createLog('silent'),
    templates: readTemplates(),
    fetcher: options.fetcher ?? noFetching,
    recode: options.recode ?? inThisThread,
    recentPictures: recentPictures(),
    resolveTxt: options.resolveTxt ?? (async () => ({ kind: 'unknown' })),
    assets: readAssets(),
    pendingMigrations: () => pendingMigrations(db),
    live: { kind: 'stream', stopping: options.stopping ?? new AbortController().signal },
    wake: () => {},
  }
  const app = createApp(() => services)
  const request: TestApp['request'] = async (path, { peer = '127.0.0.1', ...init } = {}) =>
    app.request(path, init, { incoming: { socket: { remoteAddress: peer } } })
  let closed = false
  const test: TestApp = {
    app,
    services,
    raw,
    databaseUrl: database.url,
    request,
    post: (path, fields, headers) =>
      request(path, {
        method: 'POST',
        body: form(fields),
        headers: { 'sec-fetch-site': 'same-origin', ...headers },
      }),
    async close() {
      if (closed) return
      closed = true
      await Promise.all([close(), raw.end({ timeout: 5 })])
      await database.drop()
    },
  }
  atEnd(() => test.close())
  return test
}

function form(fields: Record<string, string | string[]>): URLSearchParams {
  const entries = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map(one => [name, one] as [string, string]),
  )
  return new URLSearchParams(entries)
}

const readTemplates = (): Templates =>
  Object.fromEntries(
    templateNames.map(name => [
      name,
      readFileSync(new URL(`../../emails/${name}.mjml`, import.meta.url), 'utf8'),
    ]),
  ) as Templates
