import { isLoopback } from '../domain/network.ts'
import {
  digestsOutOfBalance,
  digestsWithoutSender,
  serverVersion,
  waitingByTransport,
} from '../store/examination.ts'
import { homeOf } from './home.ts'
import type { Services } from './services.ts'

type State = 'good' | 'look' | 'fault'

/** What `doctor` looked at: `look` is worth a look, `fault` is wrong. */
export type Finding = { subject: string; state: State; text: string }

/** Compares counters with rows, and looks for what is stuck. Reads only. */
export const examine = async (services: Services): Promise<Finding[]> => [
  await database(services),
  await home(services),
  mail(services),
  await ledgers(services),
  ...(await dispatches(services)),
  ...(await outbox(services)),
]

async function database({ db, pendingMigrations }: Services): Promise<Finding> {
  const [version, pending] = [await serverVersion(db), await pendingMigrations()]
  return pending
    ? finding('database', 'fault', `${count(pending, 'migration')} pending; broadsheet migrate applies them`)
    : finding('database', 'good', `PostgreSQL ${version}, up to date`)
}

async function home(services: Services): Promise<Finding> {
  const { publicUrl } = services.config
  const standing = await homeOf(services)
  if (standing.kind === 'home') return finding('home', 'good', publicUrl)
  const remedy = isLoopback(new URL(publicUrl).hostname)
    ? 'and stays one while PUBLIC_URL is this machine alone'
    : 'broadsheet home --claim makes it the original'
  return finding('home', 'look', `this is a copy of ${standing.of} and sends nothing by SMTP; ${remedy}`)
}

function mail({ config: { transport, dkim } }: Services): Finding {
  if (transport.kind === 'mailbox') return finding('mail', 'good', 'caught by the mailbox of this machine')
  const way = `by ${transport.host}`
  if (dkim) return finding('mail', 'good', `${way}, signed as ${dkim.selector}._domainkey.${dkim.domain}`)
  if (transport.local) return finding('mail', 'good', `${way}, which is this machine`)
  const unsigned =
    transport.server.by === 'ses'
      ? 'not signed by us: large providers refuse that unless Amazon SES signs for the sender’s domain (Easy DKIM)'
      : 'not signed: large providers refuse that'
  return finding('mail', 'look', `${way}, ${unsigned}; set DKIM_DOMAIN and its like`)
}

async function ledgers({ db }: Services): Promise<Finding> {
  const wrong = await digestsOutOfBalance(db)
  return wrong.length
    ? finding('ledger', 'fault', `counters and rows differ for ${digests(wrong)}`)
    : finding('ledger', 'good', 'counters and rows agree')
}

const senderOf = {
  smtp: 'a serve or deliver with SMTP_URL',
  mailbox: 'a serve or deliver without SMTP_URL',
}

async function dispatches({ db }: Services): Promise<Finding[]> {
  const stuck = Map.groupBy(await digestsWithoutSender(db), one => one.transport)
  if (!stuck.size) return [finding('sending', 'good', 'no digest waits for a sender')]
  return [...stuck].map(([transport, list]) =>
    finding(
      'sending',
      'look',
      `${digests(list.map(one => one.digestId))} should be on the way; does ${senderOf[transport]} run?`,
    ),
  )
}

async function outbox({ db }: Services): Promise<Finding[]> {
  const all = await waitingByTransport(db)
  const stuck = all.filter(one => one.stuck)
  const waiting = all.reduce((sum, one) => sum + one.waiting, 0)
  if (!stuck.length)
    return [finding('outbox', 'good', waiting ? `${count(waiting, 'mail')} waiting` : 'empty')]
  return stuck.map(one =>
    finding(
      'outbox',
      'look',
      `${count(one.stuck, 'mail')} waiting for over 10 minutes; does ${senderOf[one.transport]} run, and does its mail server answer?`,
    ),
  )
}

const finding = (subject: string, state: State, text: string): Finding => ({ subject, state, text })

const count = (number: number, noun: string) => `${number} ${number === 1 ? noun : `${noun}s`}`

const digests = (ids: readonly number[]) => `${ids.length === 1 ? 'digest' : 'digests'} ${ids.join(', ')}`
