import { z } from 'zod'
import { senderAddress } from './address-fields.ts'
import { languages } from './languages.ts'
import { isTimeZone } from './newsletter.ts'
import { line, paragraphs } from './text.ts'

/** A zone of the IANA list. */
export const timeZone = z.string().refine(isTimeZone, 'must be a zone such as Europe/London')

/** A box of a form: what is not ticked is not sent. */
const ticked = z
  .string()
  .optional()
  .transform(value => value !== undefined)

/** What an owner sets for the publication. Empty: none. */
export const publicationInput = z
  .object({
    name: line(200, 1),
    tagline: line(200),
    senderName: line(200),
    senderAddress,
    replyTo: senderAddress.transform(address => address || null),
    postalAddress: paragraphs(500).transform(text => text.trim()),
    timeZone,
    language: z.enum(languages),
    privacyText: paragraphs(20_000).transform(text => text.trim()),
    correctableLinks: ticked,
    countClicks: ticked,
  })
  .refine(({ correctableLinks, countClicks }) => correctableLinks || !countClicks, {
    path: ['countClicks'],
    message: 'must go with correctable links',
  })

export type PublicationInput = z.infer<typeof publicationInput>

/** How links of mails lead to their stories: straight, over this service, or over it and counted. */
export type LinkWays = 'direct' | 'correctable' | 'counted'

export const linksOf = ({
  correctableLinks,
  countClicks,
}: {
  correctableLinks: boolean
  countClicks: boolean
}): LinkWays => (countClicks ? 'counted' : correctableLinks ? 'correctable' : 'direct')
