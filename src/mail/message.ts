import { randomBytes } from 'node:crypto'
import type { BodyPieces, CompiledMessage, PersonalValues, Pieces } from '../domain/rendering.ts'
import { type DkimKey, dkimSigner } from './dkim.ts'
import { mailboxHeader, rawHeader, textHeader } from './headers.ts'
import { quotedPrintable } from './quoted-printable.ts'
import { slotValue } from './render/slots.ts'

export type MessageParts = {
  subject: string
  fromName: string
  fromAddress: string
  replyTo: string | null
  /** Without angle brackets. */
  listId: string
  listName: string
  /** Gmail's four fields with colons between; absent before there is a dispatch. */
  feedbackId?: string
  html: Pieces
  text: Pieces
}

/** Encodes what all readers share, once. Throws `HeaderError` where a line break stands in a header's value. */
export function compileMessage(parts: MessageParts): CompiledMessage {
  // "=_" can't occur in quoted-printable, so the boundary is in no part (RFC 2045 6.7).
  const boundary = `=_${randomBytes(15).toString('base64url')}`
  const headers = [
    mailboxHeader('From', parts.fromName, parts.fromAddress),
    textHeader('Subject', parts.subject),
    parts.replyTo ? mailboxHeader('Reply-To', '', parts.replyTo) : '',
    mailboxHeader('List-Id', parts.listName, parts.listId),
    rawHeader('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'),
    parts.feedbackId ? textHeader('Feedback-ID', parts.feedbackId) : '',
    rawHeader('MIME-Version', '1.0'),
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n`,
  ]
  const part = (type: 'plain' | 'html', pieces: Pieces): BodyPieces => [
    `--${boundary}\r\nContent-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`,
    ...encodePieces(pieces, type === 'html' ? 'html' : 'text'),
    '\r\n',
  ]
  const body = [...part('plain', parts.text), ...part('html', parts.html), `--${boundary}--\r\n`]
  return { version: 1, headers: headers.join(''), body: joinStrings(body) }
}

function encodePieces(pieces: Pieces, as: 'text' | 'html'): BodyPieces {
  return pieces.map((piece, index) =>
    typeof piece === 'string'
      ? quotedPrintable(piece, index < pieces.length - 1 ? 'open' : 'closed')
      : { ...piece, as },
  )
}

const joinStrings = (pieces: BodyPieces): BodyPieces =>
  pieces.reduce<BodyPieces>((joined, piece) => {
    const last = joined.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece
    else joined.push(piece)
    return joined
  }, [])

/** Bytes of a message in order. Strings are ASCII. Buffers may be shared with other readers' messages: read only. */
type MessageChunks = (Buffer | string)[]

export type PreparedMessage = {
  /** One reader's message, whole, dots not yet stuffed because no line starts with one. A promise only with DKIM. */
  for(values: PersonalValues): MessageChunks | Promise<MessageChunks>
}

/** Makes a compiled message ready for many readers. Throws `HeaderError` for a reader whose name has a line break. */
export function prepareMessage(message: CompiledMessage, { dkim }: { dkim?: DkimKey } = {}): PreparedMessage {
  const body = message.body.map(piece => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece))
  const bodyFor = (values: PersonalValues): MessageChunks =>
    body.map(piece =>
      Buffer.isBuffer(piece) ? piece : quotedPrintable(slotValue(piece, values, piece.as), 'open'),
    )
  if (!dkim)
    return {
      for: values => [
        wire(`${message.headers}${personalHeaders(values)}\r\n`, values.address),
        ...bodyFor(values),
      ],
    }
  const sign = dkimSigner(dkim, message.headers)
  return {
    async for(values) {
      const chunks = bodyFor(values)
      const personal = personalHeaders(values)
      const signature = await sign(personal, chunks)
      return [wire(`${signature}${message.headers}${personal}\r\n`, values.address), ...chunks]
    },
  }
}

const personalHeaders = (values: PersonalValues): string =>
  mailboxHeader('To', values.name, values.address) +
  rawHeader('Date', rfc5322Date(values.date)) +
  rawHeader('Message-ID', values.messageId) +
  rawHeader('List-Unsubscribe', `<${values.unsubscribeUrl}>`) +
  rawHeader('X-Broadsheet-Delivery', values.delivery)

/** RFC 5322 3.3, in UTC. */
const rfc5322Date = (date: Date): string => `${date.toUTCString().slice(0, -3)}+0000`

/** An address with a local part beyond ASCII stands in To as UTF-8 (RFC 6532); all other headers are ASCII. */
const wire = (headers: string, address: string): string | Buffer =>
  /[^\0-\x7f]/.test(address) ? Buffer.from(headers, 'utf8') : headers
