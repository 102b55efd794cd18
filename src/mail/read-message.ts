import PostalMime, { type Address, type Attachment } from 'postal-mime'

/** What a list of messages shows. */
export type MessageLines = { fromLine: string; toLine: string; subject: string; messageId: string }

/** A message taken apart; `headers` in their order, values unfolded and as they were sent. */
export type ReadMessage = MessageLines & {
  html: string | undefined
  text: string | undefined
  headers: { name: string; value: string }[]
  attachments: Attachment[]
}

/**
 * Reads the header section only, whatever stands in the body. A message without one has empty lines; NUL, which no text
 * column takes, is left out.
 */
export async function readLines(source: Uint8Array): Promise<MessageLines> {
  const octets = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  const end = octets.indexOf('\r\n\r\n')
  const { fromLine, toLine, subject, messageId } = await readMessage(
    end < 0 ? octets.subarray(0, 64 * 1024) : octets.subarray(0, end + 4),
  )
  const kept = (text: string) => text.replaceAll('\0', '')
  return {
    fromLine: kept(fromLine),
    toLine: kept(toLine),
    subject: kept(subject),
    messageId: kept(messageId),
  }
}

/** Takes a message apart (RFC 5322, MIME). What can't be decoded is left as it stands. */
export async function readMessage(source: Uint8Array): Promise<ReadMessage> {
  const email = await PostalMime.parse(source)
  return {
    fromLine: email.from ? addressLine(email.from) : '',
    toLine: (email.to ?? []).map(addressLine).join(', '),
    subject: email.subject ?? '',
    messageId: email.messageId ?? '',
    html: email.html,
    text: email.text,
    headers: email.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    attachments: email.attachments,
  }
}

const addressLine = ({ name, address }: Address): string =>
  address === undefined ? name : name ? `${name} <${address}>` : address
