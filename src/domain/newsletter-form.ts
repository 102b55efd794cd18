import { z } from 'zod'
import { senderAddress } from './address-fields.ts'
import { languages } from './languages.ts'
import { newsletterFields, withWholeHours } from './newsletter.ts'
import { timeZone } from './publication.ts'
import { line } from './text.ts'

/** What an owner sets for a newsletter in the workspace; empty sender fields are the publication's. Its slug stays. */
export const newsletterSettings = withWholeHours(
  newsletterFields.omit({ slug: true, state: true }).extend({
    senderName: line(200).transform(text => text || null),
    senderAddress: senderAddress.transform(address => address || null),
    replyTo: senderAddress.transform(address => address || null),
    language: z.enum(languages),
    timeZone,
  }),
)
