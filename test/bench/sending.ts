import { generateKeyPairSync } from 'node:crypto'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { renderDigest } from '../../src/actions/render-digest.ts'
import { prepareMessage } from '../../src/mail/message.ts'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest, findDigest } from '../../src/store/digests.ts'
import { listNewsletters } from '../../src/store/newsletters.ts'
import { forkSender } from '../support/fork-sender.ts'
import { addReaders, ended, type Newsroom, openNewsletters, openNewsroom } from '../support/sending.ts'
import { startSink } from '../support/sink.ts'
import { openBenchDatabase } from './bench-database.ts'
import { runPeer } from './peer.ts'

type Wish = { recipients: number; sizes: number[]; connections: number[]; dkim: boolean }

/** Sending with the ledger on and every message personalised, beside a peer that sends ready bytes to the same sink. */
export async function* benchSending({ recipients, sizes, connections, dkim }: Wish) {
  const database = await openBenchDatabase()
  const sink = await startSink()
  const room = openNewsroom({ databaseUrl: database.url, smtpUrl: sink.url })
  try {
    const [newsletter] = await openNewsletters(room, 'bench')
    await addReaders(room.raw, recipients, [newsletter!])
    const [durability] = await room.raw`
      select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
        current_setting('full_page_writes') as full_page_writes`
    for (const size of sizes)
      for (const count of connections) {
        const digest = await digestOfSize(room, newsletter!, size * 1024)
        const ours = await sendOnce(room, digest.id, count, dkim)
        const span = await sink.span()
        const sent = await sink.count()
        await sink.clear()
        const { peer, perSecond } = await runPeer(sink, {
          messages: recipients,
          bytes: digest.bytes,
          connections: count,
        })
        await sink.clear()
        const rate = (sent / span) * 1000
        yield {
          figure: `sending${dkim ? ' with DKIM' : ''}, ${size} KB, ${count} connections`,
          unit: 'messages/s',
          ours: Math.round(rate),
          peer,
          theirs: Math.round(perSecond),
          ratio: Number((rate / perSecond).toFixed(2)),
          bytes: digest.bytes,
          cpuMsPerMessage: Number((ours.cpu / recipients).toFixed(3)),
          peakMB: Math.round(ours.peak / 1e6),
          startMs: ours.startMs,
          recipients,
          ...durability,
        }
      }
  } finally {
    await room.close()
    await sink.close()
    await database.close()
  }
}

async function sendOnce(room: Newsroom, digestId: number, connections: number, dkim: boolean) {
  const { databaseUrl, smtpUrl } = room
  const config = { smtpConnections: connections, ...(dkim && { dkim: benchKey() }) }
  const sender = await forkSender({ databaseUrl, smtpUrl, config })
  const before = await sender.usage()
  await dispatchDigest(room.services, digestId)
  sender.wake()
  const balance = await ended(room, digestId, 600_000)
  if (balance.sent !== balance.intended) throw new Error(`not all was sent: ${JSON.stringify(balance)}`)
  const { cpu, peak } = await sender.usage()
  await sender.stop()
  const [row] = await room.raw`
    select extract(epoch from b.made - d.started_at)::float8 * 1000 as ms from dispatches d,
      lateral (select min(due_at) as made from batches where dispatch_id = d.id) as b where d.digest_id = ${digestId}`
  return { cpu: cpu - before.cpu, peak, startMs: Math.round(Number(row?.ms)) }
}

const benchKey = () => ({
  domain: 'bulletin.example',
  selector: 'bench',
  privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string,
})

const sentence =
  'The company tells Congress that it will no longer sell the technology to anybody, it says today. '

/** A digest whose messages are about so large, by one story and as much text as it takes. */
async function digestOfSize(room: Newsroom, newsletterId: number, bytes: number) {
  const { db } = room.services
  const article = await addArticle(db, {
    title: 'IBM leaves facial recognition',
    url: 'https://news.example/ibm',
  })
  const [newsletter] = await listNewsletters(db)
  const measure = async (sentences: number) => {
    const text = (count: number) => ({ type: 'text' as const, markdown: sentence.repeat(count) })
    const full = Math.floor(sentences / 150)
    const blocks = [
      { type: 'article' as const, articleId: article.id },
      ...Array.from({ length: full }, () => text(150)),
      ...(sentences % 150 ? [text(sentences % 150)] : []),
    ]
    const id = await addDigest(db, {
      subject: 'Bench',
      preheader: 'x',
      blocks,
      newsletterIds: [newsletterId],
    })
    const outcome = await renderDigest(room.services, (await findDigest(db, id))!, newsletter!)
    if (outcome.kind !== 'rendered') throw new Error('the digest could not be compiled')
    const chunks = await prepareMessage(outcome.rendering.message).for({
      address: 'reader1@one.example',
      name: 'Reader 1',
      unsubscribeUrl: 'http://localhost:3000/unsubscribe/1.u.1.1.1.aaaaaaaaaaaaaaaaaaaaaa',
      preferencesUrl: 'http://localhost:3000/preferences/1.m.1.1.aaaaaaaaaaaaaaaaaaaaaa',
      messageId: '<d1.1.abcdefgh@bulletin.example>',
      delivery: '1.1',
      date: new Date(),
    })
    return { id, bytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0) }
  }
  const least = await measure(0)
  const some = await measure(20)
  const sentences = Math.max(0, Math.round(((bytes - least.bytes) / (some.bytes - least.bytes)) * 20))
  return sentences === 0 ? least : measure(sentences)
}
