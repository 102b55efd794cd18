import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { expect, test } from 'vitest'
import { certificate } from '../support/certificate.ts'
import { startMailServer } from '../support/mail-server.ts'
import { addReaders, draftDigest, openNewsletters, sendNow } from '../support/sending.ts'
import { freshNewsroom, withSenders } from '../support/sending-story.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/** A server that wants a password and offers STARTTLS. */
const startSecureServer = () =>
  startMailServer({
    server: {
      ...certificate,
      disabledCommands: [],
      authOptional: false,
      onAuth({ username, password }, _session, done) {
        if (password === 'secret') done(null, { user: username })
        else done(new Error('5.7.8 who are you'))
      },
    },
  })

async function roomAt(smtpUrl: string, readers: number) {
  const config = { smtpConnections: 3, dkim: { domain: 'bulletin.example', selector: 'autumn', privateKey } }
  const room = await freshNewsroom({ smtpUrl, config })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, readers, [morning!])
  return { room, digest: await draftDigest(room, [morning!]) }
}

test('over STARTTLS, signed in, each message carries a signature that others verify', async () => {
  const server = await startSecureServer()
  const trusted = `${server.url.replace('smtp://', 'smtp://news:secret@')}?tls.ca=${encodeURIComponent(certificate.cert)}`
  const { room, digest } = await roomAt(trusted, 40)
  const balance = await withSenders(room, [{}], sender => sendNow(room, digest, sender))
  expect(balance).toMatchObject({ state: 'finished', sent: 40 })
  expect(server.received).toHaveLength(40)
  expect(server.received.every(mail => mail.tls)).toBe(true)
  const resolver = async () => [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]]
  for (const { source } of server.received.slice(0, 3)) {
    const { results } = await dkimVerify(Buffer.from(source), { resolver })
    expect(results[0]?.status).toMatchObject({ result: 'pass', aligned: 'bulletin.example' })
  }
})
