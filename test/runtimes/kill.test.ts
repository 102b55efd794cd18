import { afterAll, describe, expect, test } from 'vitest'
import { openRaw } from '../../src/store/client.ts'
import { freshDatabase } from '../support/database.ts'
import { type Sink, startSink } from '../support/sink.ts'
import { until } from '../support/until.ts'
import { finished, openForSending } from './a-newsroom.ts'
import { aPort, runtimes } from './runtimes.ts'

// The machine fails in the middle of a dispatch, and another goes on; or its connections to the database do.

const readers = 2000
/** Over all batches at once; what is on them when the machine fails may come twice. */
const connections = 12
const told: Record<string, object> = {}

afterAll(() => console.table(told))

describe.each(runtimes)('$name', runtime => {
  test('killed in the middle of a dispatch, started again: nobody is lost', { timeout: 120_000 }, () =>
    withDispatch(async ({ setting, start, sink, raw }) => {
      let running = await start()
      try {
        const { api, digest } = await openForSending({ ...setting, url: running.url, raw, readers })
        await api('POST', `/digests/${digest}/dispatch`)
        await until('a third of it', async () => (await sink.count()) > readers / 3, 30_000)
        await running.kill()
        const before = await sink.count()
        expect(before).toBeLessThan(readers)

        const began = performance.now()
        running = await start()
        await running.tick('* * * * *')
        const balance = await finished(api, digest, 90_000)
        const took = performance.now() - began
        const { lost, twice, ids } = await arrivals(sink)
        told[runtime.name] = { readers, before, lost, twice, 'then took': `${Math.round(took / 100) / 10} s` }
        expect(lost).toBe(0)
        expect(balance).toMatchObject({ intended: readers, sent: readers, pending: 0 })
        expect(twice).toBeLessThanOrEqual(connections)
        expect(ids).toBe(readers)
      } finally {
        await running.stop()
      }
    }),
  )

  test('cut off from the database again and again: nobody is lost', { timeout: 60_000 }, () =>
    withDispatch(async ({ setting, start, sink, raw }) => {
      const running = await start()
      try {
        const { api, digest } = await openForSending({ ...setting, url: running.url, raw, readers })
        await api('POST', `/digests/${digest}/dispatch`)
        for (let cut = 1; cut <= 3; cut++) {
          const goal = (await sink.count()) + 200
          await until('more of it', async () => (await sink.count()) > goal, 30_000)
          await raw`
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()`
        }
        expect(await sink.count()).toBeLessThan(readers)
        const balance = await finished(api, digest, 50_000)
        expect(balance).toMatchObject({ intended: readers, sent: readers, pending: 0 })
        expect((await arrivals(sink)).lost).toBe(0)
      } finally {
        await running.stop()
      }
    }),
  )

  /** A database and a mail server that takes its time, for as long as the story takes. */
  async function withDispatch(tell: (given: Given) => Promise<void>) {
    const database = await freshDatabase()
    const raw = openRaw(database.url, { connections: 1 })
    const sink = await startSink({ takes: 15 })
    const variables = {
      SECRET_KEY: 'a secret for the stories',
      SMTP_URL: sink.url,
      SMTP_CONNECTIONS: String(connections),
    }
    const setting = { databaseUrl: database.url, port: await aPort(), variables }
    try {
      await tell({ setting, start: () => runtime.start(setting), sink, raw })
    } finally {
      await sink.close()
      await raw.end()
      await database.drop()
    }
  }

  type Given = {
    setting: Parameters<typeof runtime.start>[0]
    start(): ReturnType<typeof runtime.start>
    sink: Sink
    raw: ReturnType<typeof openRaw>
  }
})

async function arrivals(sink: Sink) {
  const records = await sink.records()
  const reached = new Set(records.map(({ to }) => to)).size
  return {
    lost: readers - reached,
    twice: records.length - reached,
    ids: new Set(records.map(({ messageId }) => messageId)).size,
  }
}
