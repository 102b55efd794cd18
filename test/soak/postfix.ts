import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { openBenchDatabase } from '../bench/bench-database.ts'
import { startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import { fetchPostfix, type Postfix } from '../support/postfix.ts'
import { startPostfix } from '../support/postfix-server.ts'
import { scriptArguments } from '../support/script-arguments.ts'
import { addReaders, draftDigest, ended, openNewsletters, openNewsroom } from '../support/sending.ts'
import { startProcess } from '../support/server.ts'
import { until } from '../support/until.ts'
import { readPassages } from './postfix-log.ts'

const usage = `npm run soak:postfix -- --recipients 200
A dispatch through a real Postfix to a next hop that takes most readers, says "later" to some and "never" to others.
Postfix must log the right outcome for each reader and see each Message-ID once. Ends with 1 when it did not.`

const { values } = scriptArguments(usage, { options: { recipients: { type: 'string', default: '200' } } })
const recipients = Number(values.recipients)

const replies = { deferred: '450 4.2.1 the mailbox is busy', bounced: '550 5.1.1 nobody of that name' }

/** What is to become of a reader, by the number in the address. */
function expectedOf(address: string): 'sent' | 'deferred' | 'bounced' {
  const number = Number(/^reader(\d+)@/.exec(address)?.[1] ?? 1)
  return number % 10 === 0 ? 'deferred' : number % 10 === 5 ? 'bounced' : 'sent'
}

const postfix = readyPostfix()
if ('missing' in postfix) {
  console.error(`Postfix can’t be tried: ${postfix.missing}.`)
  process.exitCode = 1
} else {
  const faults = await sendThrough(postfix)
  console.log(faults.length ? faults.join('\n') : `all ${recipients} went as they should`)
  process.exitCode = faults.length ? 1 : 0
}

function readyPostfix(): Postfix | { missing: string } {
  if (process.getuid?.() !== 0) return { missing: 'its master process runs only as root' }
  return fetchPostfix()
}

async function sendThrough(postfix: Postfix): Promise<string[]> {
  await using opened = new AsyncDisposableStack()
  const nextHop = await startMisbehavingServer(({ moment, to }) => {
    const expected = expectedOf(to)
    if (expected === 'sent') return undefined
    if (moment === 'rcpt') return replies[expected]
    return moment === 'data' ? '554 5.5.1 no valid recipients' : undefined
  })
  opened.defer(nextHop.close)
  const relay = await startPostfix(postfix, Number(new URL(nextHop.url).port))
  opened.defer(relay.close)
  const database = await openBenchDatabase()
  opened.defer(database.close)
  const room = openNewsroom({ databaseUrl: database.url, smtpUrl: relay.url })
  opened.defer(room.close)
  const newsletters = await openNewsletters(room, 'relayed')
  await addReaders(room.raw, recipients, newsletters)
  const digest = await draftDigest(room, newsletters)

  const env = {
    DATABASE_URL: database.url,
    SMTP_URL: relay.url,
    PUBLIC_URL: 'http://localhost:3000',
    SECRET_KEY: '1:a secret for tests only',
  }
  const sender = await startProcess(['deliver'], env, 'Delivering')
  opened.defer(async () => void (await sender.stop()))
  await dispatchDigest(room.services, digest)
  const balance = await ended(room, digest, 60_000 + recipients * 50)
  const ofReaders = () => readPassages(relay.log()).filter(({ messageId }) => messageId.startsWith('<d'))
  const decided = () => ofReaders().filter(({ outcomes }) => outcomes.length).length
  await until('Postfix to try each reader', () => decided() >= recipients, 60_000 + recipients * 50, 200)

  const readers = await room.raw`select id::int, address from subscribers order by id`
  const passages = ofReaders()
  const faults = readers.flatMap(({ id, address }) => {
    const own = passages.filter(({ messageId }) => messageId.split('.')[1] === `${id}`)
    const outcomes = own.flatMap(passage => passage.outcomes)
    const expected = expectedOf(address)
    if (own.length !== 1) return [`${address} passed ${own.length} times`]
    const wrong = outcomes.some(({ to, status }) => to !== address || status !== expected)
    return outcomes.length !== 1 || wrong
      ? [`${address} should have been ${expected}: ${JSON.stringify(own)}`]
      : []
  })
  const taken = nextHop.accepted.filter(({ to }) => to.startsWith('reader')).map(({ to }) => to)
  const due = readers.filter(({ address }) => expectedOf(address) === 'sent').length
  if (taken.length !== due || new Set(taken).size !== due)
    faults.push(`the next hop took ${taken.length} messages for ${new Set(taken).size} readers, not ${due}`)
  if (balance.sent !== recipients) faults.push(`the ledger says ${JSON.stringify(balance)}`)
  const counts = Object.groupBy(
    passages.flatMap(passage => passage.outcomes),
    ({ status }) => status,
  )
  console.table(Object.entries(counts).map(([status, list]) => ({ status, readers: list.length })))
  return faults
}
