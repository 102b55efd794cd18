import { afterAll, describe, expect, test } from 'vitest'
import { openRaw } from '../../src/store/client.ts'
import { freshDatabase } from '../support/database.ts'
import { addReaders } from '../support/sending.ts'
import { startSink } from '../support/sink.ts'
import { until } from '../support/until.ts'
import { apiOf, commandOn } from './a-newsroom.ts'
import { aPort, runtimes } from './runtimes.ts'

// The machine fails in the middle of a dispatch, and another goes on.

const secret = 'a secret for the stories'
const readers = 2000
/** Over all batches at once; what is on them when the machine fails may come twice. */
const connections = 12
const told: Record<string, object> = {}

afterAll(() => console.table(told))

describe.each(runtimes)('$name', runtime => {
  test('killed in the middle of a dispatch, started again: nobody is lost', {
    timeout: 120_000,
  }, async () => {
    const database = await freshDatabase()
    const raw = openRaw(database.url, { connections: 1 })
    const sink = await startSink({ takes: 15 })
    const variables = {
      SECRET_KEY: secret,
      SMTP_URL: sink.url,
      SMTP_CONNECTIONS: String(connections),
    }
    const command = (...args: string[]) => commandOn(database.url, variables, ...args)
    const setting = { databaseUrl: database.url, port: await aPort(), variables }
    let running = await runtime.start(setting)
    try {
      const { id: newsletter } = await command('newsletters', 'add', 'morning', '--name', 'Morning')
      const { key } = await command('keys', 'create', '--name', 'kill', '--role', 'owner')
      const api = apiOf(running.url, key)
      await addReaders(raw, readers, [newsletter])
      const story = await api('POST', '/articles', {
        title: 'IBM leaves',
        url: 'https://bulletin.example/ibm',
      })
      const { id } = await api('POST', '/digests', {
        subject: 'Killed on the way',
        newsletters: ['morning'],
        blocks: [{ type: 'article', articleId: story.id }],
      })
      await api('POST', `/digests/${id}/dispatch`)
      await until('a third of it', async () => (await sink.count()) > readers / 3, 30_000)
      await running.kill()
      const before = await sink.count()
      expect(before).toBeLessThan(readers)

      const began = performance.now()
      running = await runtime.start(setting)
      await running.tick('* * * * *')
      const balance = await until(
        'the dispatch to finish',
        async () => {
          const now = await api('GET', `/digests/${id}/balance`)
          return now.state === 'finished' && now
        },
        90_000,
      )
      const took = performance.now() - began

      const records = await sink.records()
      const reached = new Set(records.map(({ to }) => to))
      const twice = records.length - reached.size
      told[runtime.name] = {
        readers,
        before,
        lost: readers - reached.size,
        twice,
        'then took': `${Math.round(took / 100) / 10} s`,
      }
      expect(reached.size).toBe(readers)
      expect(balance).toMatchObject({ intended: readers, sent: readers, pending: 0 })
      expect(twice).toBeLessThanOrEqual(connections)
      expect(new Set(records.map(({ messageId }) => messageId)).size).toBe(readers)
    } finally {
      await running.stop()
      await sink.close()
      await raw.end()
      await database.drop()
    }
  })
})
