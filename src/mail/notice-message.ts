import MailComposer from 'nodemailer/lib/mail-composer'
import { type DkimKey, dkimSigner } from './dkim.ts'

export type Letter = {
  from: { name: string; address: string }
  to: string
  replyTo?: string
  subject: string
  html: string
  text: string
  /** With its angle brackets. */
  messageId: string
  headers?: Record<string, string>
  dkim?: DkimKey
}

/**
 * A notice as the octets of a message (RFC 5322): multipart/alternative with the text first, quoted-printable, CRLF,
 * marked as automatic (RFC 3834), and signed where there is a key. Throws where a header's value has a line break.
 */
export async function noticeMessage({ headers = {}, dkim, ...letter }: Letter): Promise<Buffer> {
  const values = [
    letter.from.name,
    letter.from.address,
    letter.to,
    letter.replyTo ?? '',
    letter.subject,
    letter.messageId,
    ...Object.values(headers),
  ]
  if (values.some(value => /[\r\n]/.test(value))) throw new Error('a header of a notice has a line break')
  const composer = new MailComposer({
    ...letter,
    headers: { 'Auto-Submitted': 'auto-generated', ...headers },
    encoding: 'quoted-printable',
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const message = await composer.compile().build()
  return dkim ? signed(message, dkim) : message
}

async function signed(message: Buffer, key: DkimKey): Promise<Buffer> {
  const end = message.indexOf('\r\n\r\n') + 2
  const headers = message.subarray(0, end).toString('utf8')
  const signature = await dkimSigner(key, headers)('', [relaxed(message.subarray(end + 2))])
  return Buffer.concat([Buffer.from(signature), message])
}

/** The body as DKIM hashes it (RFC 6376 3.4.4): white space as one space and none at a line's end, one CRLF at the end. */
const relaxed = (body: Buffer): Buffer =>
  Buffer.from(
    body
      .toString('latin1')
      .replace(/[ \t]+/g, ' ')
      .replace(/ (?=\r\n|$)/g, '')
      .replace(/(\r\n)*$/, '\r\n'),
    'latin1',
  )
