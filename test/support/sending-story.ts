import postgres from 'postgres'
import { afterAll, beforeAll, inject } from 'vitest'
import { atEnd } from './at-end.ts'
import { freshDatabase } from './database.ts'
import type { MisbehavingServer } from './misbehaving-smtp.ts'
import { type Newsroom, type NewsroomOptions, openNewsroom, openSender } from './sending.ts'
import { type Sink, startSink } from './sink.ts'
import type { SinkOptions } from './smtp-sink.ts'
import { until } from './until.ts'

/** A newsroom on a database of its own, gone after the test file. */
export async function freshNewsroom(options: Omit<NewsroomOptions, 'databaseUrl'>): Promise<Newsroom> {
  const database = await freshDatabase()
  const room = openNewsroom({ databaseUrl: database.url, ...options })
  atEnd(async () => {
    await room.close()
    await database.drop()
  })
  return room
}

/** A recording mail server for the whole file. */
export function useSink(options: SinkOptions = {}): { current: Sink } {
  const box = {} as { current: Sink }
  beforeAll(async () => {
    box.current = await startSink(options)
  })
  afterAll(() => box.current.close())
  return box
}

/** Runs a story with senders that are drained after it, whatever becomes of it. */
export async function withSenders<T>(
  room: Newsroom,
  options: (Parameters<typeof openSender>[1] | undefined)[],
  story: (...senders: ReturnType<typeof openSender>[]) => Promise<T>,
): Promise<T> {
  const senders = options.map(option => openSender(room, option))
  try {
    return await story(...senders)
  } finally {
    await Promise.all(senders.map(sender => sender.drain(2000)))
  }
}

/** The messages that wait for their reply, as soon as they are so many. */
export async function heldBy(server: MisbehavingServer, count: number) {
  const messages = server.takeHeld()
  // Senders that start beside other tests on two busy cores take a while.
  await until('messages on the wire', () => messages.push(...server.takeHeld()) === count, 40_000)
  return messages
}

/** The sender's connections to the database that wait for a lock, as soon as there is one. */
export const blockedBackends = ({ raw }: Newsroom): Promise<number[]> =>
  until('a statement of the sender to wait', async () => {
    const rows = await raw`
      select pid from pg_stat_activity
      where datname = current_database() and application_name = 'broadsheet sender' and wait_event_type = 'Lock'`
    return rows.length > 0 && rows.map(row => row.pid)
  })

/** Does something on the database server, from outside of the story's database. */
export async function onServer<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(inject('databaseServer'), { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
