import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { describe, expect, test } from 'vitest'
import { openDatabase, openRaw } from '../../src/store/client.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { freshDatabase } from '../support/database.ts'
import { type Deed, startSesServer } from '../support/ses-server.ts'
import { finished, openForSending } from './a-newsroom.ts'
import { aPort, runtimes } from './runtimes.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const readers = 300

// SES replaces Date and Message-ID; here it also has too much to do once, and once takes a message and says nothing.
describe.each(runtimes)('$name', runtime => {
  test('a dispatch by Amazon SES', { timeout: 60_000 }, async () => {
    const busy: Deed = { status: 503, type: 'ServiceUnavailable', message: 'later' }
    const ses = await startSesServer({
      script({ to, before }) {
        if (before > 0) return undefined
        return to.startsWith('reader7@') ? busy : to.startsWith('reader8@') ? 'keep and drop' : undefined
      },
    })
    const database = await freshDatabase()
    const raw = openRaw(database.url, { connections: 1 })
    const { db, close } = openDatabase(database.url, { connections: 1 })
    const variables = {
      ...ses.env,
      SECRET_KEY: 'a secret for the stories',
      DKIM_DOMAIN: 'bulletin.example',
      DKIM_SELECTOR: 'autumn',
      DKIM_PRIVATE_KEY: privateKey.replaceAll('\n', '\\n'),
    }
    const running = await runtime.start({ databaseUrl: database.url, port: await aPort(), variables })
    try {
      await updatePublication(db, { name: 'The Bulletin', senderAddress: 'news@bulletin.example' })
      const place = { databaseUrl: database.url, url: running.url, variables, raw, readers }
      const { api, digest } = await openForSending(place)
      await api('POST', `/digests/${digest}/dispatch`)
      const balance = await finished(api, digest, 50_000)
      expect(balance).toMatchObject({ intended: readers, sent: readers, unknown: 0 })
      const twice = [...Map.groupBy(ses.taken, one => one.delivery)].filter(([, all]) => all.length > 1)
      expect(twice.map(([, all]) => all[0]!.to)).toEqual([expect.stringMatching(/^reader8@/)])
      expect(ses.taken).toHaveLength(readers + 1)
      for (const { delivery, tags } of ses.taken)
        expect(tags).toEqual({ 'broadsheet-delivery': delivery!.replace('.', '-') })
      const resolver = async () => [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]]
      for (const { source } of ses.taken.slice(0, 5)) {
        const { results } = await dkimVerify(Buffer.from(source), { resolver })
        expect(results[0]?.status).toMatchObject({ result: 'pass', aligned: 'bulletin.example' })
      }
    } finally {
      await running.stop()
      await ses.close()
      await Promise.all([close(), raw.end()])
      await database.drop()
    }
  })
})
