import MailComposer from 'nodemailer/lib/mail-composer'

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
}

/**
 * A notice as the octets of a message (RFC 5322): multipart/alternative with the text first, quoted-printable, CRLF,
 * marked as automatic (RFC 3834). Throws where a header's value has a line break.
 */
export async function noticeMessage({ headers = {}, ...letter }: Letter): Promise<Buffer> {
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
  return await composer.compile().build()
}
