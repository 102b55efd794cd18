import { readFileSync } from 'node:fs'
import { createSender, type Sender } from '../../src/actions/deliver/sender.ts'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import type { Services } from '../../src/actions/services.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { type Config, parseConfig } from '../../src/config.ts'
import { createKeyring } from '../../src/domain/keys.ts'
import type { RetryPolicy } from '../../src/domain/retry-policy.ts'
import { createLog, type Log } from '../../src/log.ts'
import { sesWires } from '../../src/mail/ses/ses-wire.ts'
import { smtpWires } from '../../src/mail/smtp/smtp-wire.ts'
import type { SmtpTimeouts } from '../../src/mail/smtp/timeouts.ts'
import { type Templates, templateNames } from '../../src/mail/templates.ts'
import type { OpenWire } from '../../src/mail/wire.ts'
import { addArticle } from '../../src/store/articles.ts'
import { openDatabase, openLedger, openRaw, type Raw } from '../../src/store/client.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { balanceOf, type DigestBalance } from '../../src/store/dispatches.ts'
import { addNewsletter, findNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { until } from './until.ts'

// Knows nothing of the test runner: benchmarks and processes of their own use it too.

export type Newsroom = {
  services: SendingServices
  raw: Raw
  databaseUrl: string
  smtpUrl: string
  close(): Promise<void>
}
type SendingServices = Pick<Services, 'config' | 'db' | 'keys' | 'log' | 'templates' | 'wake'>

export type NewsroomOptions = {
  databaseUrl: string
  smtpUrl: string
  env?: Record<string, string>
  config?: Partial<Config>
  log?: Log
}

/** What a process needs to dispatch and to send, on a database that is migrated already. */
export function openNewsroom({ databaseUrl, smtpUrl, env, config, log }: NewsroomOptions): Newsroom {
  const { db, close } = openDatabase(databaseUrl, { connections: 4 })
  const raw = openRaw(databaseUrl, { connections: 2 })
  const services = {
    config: {
      ...parseConfig({
        DATABASE_URL: databaseUrl,
        SMTP_URL: smtpUrl,
        PUBLIC_URL: 'http://localhost:3000',
        ...env,
      }),
      ...config,
    },
    db,
    keys: createKeyring([{ version: 1, secret: 'a secret for tests only' }]),
    log: log ?? createLog('silent'),
    templates: readTemplates(),
    wake: () => {},
  }
  return {
    services,
    raw,
    databaseUrl,
    smtpUrl,
    async close() {
      await Promise.all([close(), raw.end({ timeout: 5 })])
    },
  }
}

const readTemplates = (): Templates =>
  Object.fromEntries(
    templateNames.map(name => [
      name,
      readFileSync(new URL(`../../emails/${name}.mjml`, import.meta.url), 'utf8'),
    ]),
  ) as Templates

/** Opens newsletters of a publication that has a sender; answers their ids, in order. */
export async function openNewsletters({ services }: Newsroom, ...slugs: string[]): Promise<number[]> {
  await updatePublication(services.db, { name: 'The Bulletin', senderAddress: 'news@bulletin.example' })
  for (const slug of slugs) await addNewsletter(services.db, { slug, name: `The ${slug} brief` })
  const rows = await Promise.all(slugs.map(slug => findNewsletter(services.db, slug)))
  return rows.map(row => row!.id)
}

/** Adds readers `reader1@…` and so on, of three domains, to newsletters; answers nothing. Fast for a million too. */
export async function addReaders(
  raw: Raw,
  count: number,
  newsletterIds: readonly number[],
  { from = 1, domains = ['one.example', 'two.example', 'three.example'] } = {},
) {
  const [consent] = await raw`
    insert into consents (kind, newsletter_ids, wording, wording_version, form)
    values ('imported', ${newsletterIds as number[]}, 'imported by a test', '1', 'import') returning id`
  await raw`
    with made as (
      insert into subscribers (address, address_key, name)
      select a, a, 'Reader ' || n from generate_series(${from}::int, ${from + count - 1}::int) as n,
        lateral (select 'reader' || n || '@' || (${domains}::text[])[1 + n % ${domains.length}::int] as a) as x
      returning id
    )
    insert into subscriptions (newsletter_id, subscriber_id, consent_id)
    select n, made.id, ${consent!.id} from made, unnest(${newsletterIds as number[]}::bigint[]) as n`
  await raw`analyze subscribers, subscriptions`
}

/** A digest that is fit to be sent, with one story. */
export async function draftDigest(
  { services }: Pick<Newsroom, 'services'>,
  newsletterIds: readonly number[],
  subject = 'IBM leaves facial recognition',
): Promise<number> {
  const article = await addArticle(services.db, {
    title: 'IBM leaves facial recognition',
    standfirst: 'The company tells Congress that it no longer sells the technology.',
    url: 'https://news.example/ibm',
  })
  return addDigest(services.db, {
    subject,
    preheader: 'And what it means',
    blocks: [{ type: 'article', articleId: article.id }],
    newsletterIds: [...newsletterIds],
  })
}

type SenderOptions = {
  retry?: RetryPolicy
  timeouts?: SmtpTimeouts
  config?: Partial<Config>
  services?: Partial<SendingServices>
  /** Hears of each time that the ledger is asked for turns, whatever comes of it. */
  asks?(): void
}

/** A sender as `serve` runs one, within this process. */
export function openSender(
  room: Newsroom,
  { retry, timeouts, config, services, asks }: SenderOptions = {},
): Sender {
  const ledger = openLedger(room.databaseUrl)
  const raw = asks ? heardBy(asks, ledger) : ledger
  const sender = createSender({
    services: { ...room.services, ...services, config: { ...room.services.config, ...config } },
    raw,
    openWire: wiresOf(room, timeouts),
    retry,
  })
  let drained: Promise<void> | undefined
  return {
    wake: sender.wake,
    drain(grace) {
      drained ??= sender.drain(grace).finally(() => raw.end({ timeout: 1 }))
      return drained
    },
  }
}

function wiresOf({ services, smtpUrl }: Newsroom, timeouts?: SmtpTimeouts): OpenWire {
  const { transport } = services.config
  return transport.kind === 'smtp' && transport.server.by === 'ses'
    ? sesWires(transport.server, { patience: timeouts?.dot })
    : smtpWires(smtpUrl, { timeouts })
}

/** The turns are the sender's only statement that goes by `unsafe`. */
const heardBy = (asks: () => void, ledger: Raw): Raw =>
  new Proxy(ledger, {
    get(target, key) {
      if (key === 'unsafe') asks()
      return Reflect.get(target, key)
    },
  })

/** Fixes what a digest says and who gets it, before any sender looks; answers the dispatch's id. */
export async function startNow({ services }: Newsroom, digestId: number): Promise<number> {
  const outcome = await dispatchDigest(services, digestId)
  if (outcome.kind !== 'created') throw new Error(`dispatch was ${JSON.stringify(outcome)}`)
  const start = await startDispatch(services, outcome.dispatch.id)
  if (start.kind !== 'started') throw new Error(`start was ${JSON.stringify(start)}`)
  return outcome.dispatch.id
}

/** Ends every lease, as 15 s would. */
export const endLeases = (raw: Raw) =>
  raw`update batches set leased_until = now() - interval '1 millisecond' where holder is not null`

/** Sends a digest now and answers when it is done: finished, cancelled or paused. */
export async function sendNow(room: Newsroom, digestId: number, sender?: Sender): Promise<DigestBalance> {
  const outcome = await dispatchDigest(room.services, digestId)
  if (outcome.kind !== 'created') throw new Error(`dispatch was ${JSON.stringify(outcome)}`)
  sender?.wake()
  return ended(room, digestId)
}

/** Polls the balance, which must hold each time, until the dispatch has ended or paused. */
export const ended = (room: Newsroom, digestId: number, ms = 30_000): Promise<DigestBalance> =>
  until(
    'the dispatch to end',
    async () => {
      const balance = await readBalance(room, digestId)
      return ['finished', 'cancelled', 'paused'].includes(balance.state) && balance
    },
    ms,
  )

export async function readBalance(room: Newsroom, digestId: number): Promise<DigestBalance> {
  const balance = await balanceOf(room.services.db, digestId)
  if (!balance) throw new Error('there is no dispatch')
  const { intended, sent, failed, suppressed, unknown, pending } = balance
  if (intended !== sent + failed + suppressed + unknown + pending)
    throw new Error(`the balance does not hold: ${JSON.stringify(balance)}`)
  return balance
}

/** The ledger's own count of its rows, by state: what the counters must agree with. */
export async function countRows(raw: Raw, digestId: number): Promise<Record<string, number>> {
  const rows = await raw`
    select l.state, count(*)::int as n from deliveries l join dispatches d on d.id = l.dispatch_id
    where d.digest_id = ${digestId} group by 1`
  return Object.fromEntries(rows.map(row => [row.state, row.n]))
}
