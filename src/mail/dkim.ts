import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import type { Config } from '../config.ts'

export type DkimKey = {
  domain: string
  selector: string
  /** PEM, RSA of 2048 bits or more (RFC 8301). */
  privateKey: string
  /** Set for a provider that replaces Date and Message-ID, as Amazon SES does: then neither is signed. */
  identity?: 'kept' | 'replaced'
}

const signed = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'Reply-To',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
]
/** Named once more than they occur, so that adding a second one breaks the signature (RFC 6376 8.15). */
const oversigned = [
  'From',
  'To',
  'Cc',
  'Subject',
  'Date',
  'Reply-To',
  'Content-Type',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
]

type Sign = (personalHeaders: string, body: readonly (Buffer | string)[]) => Promise<string>

/**
 * Signs messages that share headers (RFC 6376: rsa-sha256, relaxed/relaxed, no `l=`), and answers the DKIM-Signature
 * header with its CRLF. The body must be in relaxed form already, as `quotedPrintable` makes it, so that its hash is
 * that of its bytes. The work of RSA, 0.25 ms, is the thread pool's. Throws where the key is none or too short.
 */
export function dkimSigner(key: DkimKey, sharedHeaders: string): Sign {
  const privateKey = readKey(key.privateKey)
  const replaced = key.identity === 'replaced' ? ['Date', 'Message-ID'] : []
  const shared = relaxedHeaders(sharedHeaders)
  return async (personalHeaders, body) => {
    const present = new Map([...shared, ...relaxedHeaders(personalHeaders)])
    const names = [
      ...signed.filter(name => present.has(name.toLowerCase()) && !replaced.includes(name)),
      ...oversigned.filter(name => !replaced.includes(name)),
    ]
    const hash = createHash('sha256')
    for (const chunk of body) hash.update(chunk)
    const header = [
      `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${key.domain};`,
      ` s=${key.selector};`,
      ...listLines(names),
      ` bh=${hash.digest('base64')};`,
      ' b=',
    ].join('\r\n')
    // The first of each name is the header itself; the second finds none and counts as nothing (RFC 6376 5.4.2).
    const covered = [...new Set(names)].map(name => present.get(name.toLowerCase()) ?? '').join('')
    const [own] = relaxedHeaders(`${header}\r\n`).values()
    const signature = await signature256(privateKey, covered + own!.trimEnd())
    return `${header}${signature.replace(/.{72}(?=.)/g, '$&\r\n ')}\r\n`
  }
}

/** Whether Date and Message-ID arrive as we wrote them: Amazon puts its own into what it is given, by SMTP too. */
export const identityAt = (transport: Config['transport']): DkimKey['identity'] =>
  transport.kind === 'smtp' &&
  (transport.server.by === 'ses' || /\.amazonaws\.com(\.cn)?(:\d+)?$/i.test(transport.host))
    ? 'replaced'
    : 'kept'

function readKey(pem: string): KeyObject {
  const key = createPrivateKey(pem)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < 2048)
    throw new Error('DKIM needs an RSA key of 2048 bits or more (RFC 8301)')
  return key
}

/** RFC 6376 3.4.2: names in lower case, unfolded, white space as one space; each with its CRLF. */
function relaxedHeaders(headers: string): Map<string, string> {
  const lines = headers
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .filter(Boolean)
  return new Map(
    lines.map(line => {
      const colon = line.indexOf(':')
      const name = line.slice(0, colon).trim().toLowerCase()
      return [
        name,
        `${name}:${line
          .slice(colon + 1)
          .replace(/[ \t]+/g, ' ')
          .trim()}\r\n`,
      ]
    }),
  )
}

function listLines(names: readonly string[]): string[] {
  const list = names.join(':')
  const lines = list.match(/.{1,70}(:|$)/g) ?? []
  return lines.map((line, index) => `${index ? ' ' : ' h='}${line}${index === lines.length - 1 ? ';' : ''}`)
}

const signature256 = (key: KeyObject, text: string): Promise<string> =>
  new Promise((resolve, reject) =>
    sign('sha256', Buffer.from(text, 'utf8'), key, (error, signature) =>
      error ? reject(error) : resolve(signature.toString('base64')),
    ),
  )
