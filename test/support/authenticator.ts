import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { Services } from '../../src/actions/services.ts'
import { addPasskey } from '../../src/store/passkeys.ts'

type Options = {
  challenge: string
  origin: string
  rpId: string
  /** How often it says that it has signed. */
  counter?: number
  /** Whether it saw a finger, a face or a number. */
  verified?: boolean
}

/** A device with a passkey of this editor, which answers as it is told, truthfully or not (WebAuthn 6.1, 6.5). */
export async function authenticator(db: Services['db'], editorId: number) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16).toString('base64url')
  // COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x!, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y!, 'base64url'),
  ])
  await addPasskey(db, {
    editorId,
    credentialId: id,
    publicKey: new Uint8Array(cose),
    counter: 0,
    name: 'Test',
  })

  return {
    /** What a browser would post as `credential`. */
    answer({ challenge, origin, rpId, counter = 1, verified = true }: Options): string {
      const count = Buffer.alloc(4)
      count.writeUInt32BE(counter)
      const data = Buffer.concat([sha256(rpId), Buffer.from([verified ? 0b101 : 0b001]), count])
      const client = Buffer.from(
        JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }),
      )
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return JSON.stringify({
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: Buffer.from(`editor-${editorId}`).toString('base64url'),
        },
      })
    },
  }
}

const sha256 = (value: string | Buffer) => createHash('sha256').update(value).digest()
