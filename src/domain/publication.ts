import { z } from 'zod'
import { senderAddress } from './address-fields.ts'
import { languages } from './languages.ts'
import { isTimeZone } from './newsletter.ts'
import { line, paragraphs } from './text.ts'

/** A zone of the IANA list. */
export const timeZone = z.string().refine(isTimeZone, 'must be a zone such as Europe/London')

/** What an owner sets for the publication. Empty: none. */
export const publicationInput = z.object({
  name: line(200, 1),
  tagline: line(200),
  senderName: line(200),
  senderAddress,
  replyTo: senderAddress.transform(address => address || null),
  postalAddress: paragraphs(500).transform(text => text.trim()),
  timeZone,
  language: z.enum(languages),
  privacyText: paragraphs(20_000).transform(text => text.trim()),
})

export type PublicationInput = z.infer<typeof publicationInput>
