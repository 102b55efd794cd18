import { makeSample } from '../../src/actions/make-sample.ts'
import { openLedger } from '../../src/store/client.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { addReaders, type Newsroom, openNewsroom } from '../support/sending.ts'
import { type Sink, startSink } from '../support/sink.ts'
import type { SinkOptions } from '../support/smtp-sink.ts'
import { type BenchDatabase, type BenchDatabaseOptions, openBenchDatabase } from './bench-database.ts'
import { type MessageSize, replaceMessages } from './message-of-size.ts'

/** The sample publication on a durable database, with a sink that takes its mail. */
export type BenchRoom = {
  room: Newsroom
  database: BenchDatabase
  sink: Sink
  durability: Record<string, string>
  close(): Promise<void>
}

export async function openBenchRoom(
  options: SinkOptions = {},
  ofDatabase: BenchDatabaseOptions = {},
): Promise<BenchRoom> {
  await using opened = new AsyncDisposableStack()
  const database = await openBenchDatabase(ofDatabase)
  opened.defer(database.close)
  const sink = await startSink(options)
  opened.defer(sink.close)
  const room = openNewsroom({ databaseUrl: database.url, smtpUrl: sink.url })
  opened.defer(room.close)
  await makeSample(room.services)
  await updatePublication(room.services.db, { senderAddress: 'news@bulletin.example' })
  const durability = await durabilityOf(database.url)
  const held = opened.move()
  return { room, database, sink, durability, close: () => held.disposeAsync() }
}

/** What the ledger's own sessions see, whoever set it. */
async function durabilityOf(databaseUrl: string): Promise<Record<string, string>> {
  const ledger = openLedger(databaseUrl, { connections: 1 })
  const [row] = await ledger`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
      current_setting('full_page_writes') as full_page_writes`
  await ledger.end()
  return { ...row }
}

/** A newsletter with so many readers, of whom none has another; `from` is the first one's number. */
export async function addAudience(room: Newsroom, count: number, from = 1): Promise<number> {
  const newsletter = await addNewsletter(room.services.db, {
    slug: `to-${count}-from-${from}`,
    name: 'The bench brief',
  })
  await addReaders(room.raw, count, [newsletter!.id], { from })
  return newsletter!.id
}

/** The sample's digest once more, for a newsletter; its messages are of the size that is asked for. */
export async function addBenchDigest(
  room: Newsroom,
  newsletterId: number,
  size: MessageSize,
): Promise<number> {
  const { db } = room.services
  const [first] = await room.raw`select min(id)::int as id from digests`
  const { subject, preheader, blocks } = (await findDigest(db, first!.id))!
  await replaceMessages(room, size)
  return addDigest(db, { subject, preheader, blocks, newsletterIds: [newsletterId] })
}
