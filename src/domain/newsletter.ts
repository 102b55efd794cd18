import { z } from 'zod'
import { senderAddress } from './address-fields.ts'
import { line, optional, paragraphs } from './text.ts'

/** How often a newsletter comes. */
export const cadences = ['daily', 'weekdays', 'weekly', 'monthly', 'irregular'] as const
export type Cadence = (typeof cadences)[number]

/** A slug is 1 to 60 of a–z, 0–9 and single hyphens inside. */
export const isSlug = (text: string): boolean => text.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)

/** A slug made of a name: "Morning Brief" gives `morning-brief`; empty where nothing of the name is left. */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')

/** The time zones that this runtime knows, UTC among them, in the order of the alphabet. */
export const timeZones: readonly string[] = [
  ...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']),
].sort()

const zones = new Set(timeZones)
export const isTimeZone = (text: string): boolean => zones.has(text)

/** A newsletter as it is created by the API. Absent language and time zone are the publication's. */
export const newsletterInput = z.object({
  slug: line(60, 1).refine(
    isSlug,
    'must be lower-case letters, digits and single hyphens, such as morning-brief',
  ),
  name: line(200, 1),
  description: paragraphs(500).default(''),
  cadence: z.enum(cadences).default('irregular'),
  schedule: line(100).default(''),
  carriesAdvertising: z.boolean().default(false),
  senderName: optional(line(200)),
  senderAddress: senderAddress.nullish().transform(address => address || undefined),
  replyTo: senderAddress.nullish().transform(address => address || undefined),
  language: optional(z.enum(['en', 'de'])),
  timeZone: optional(z.string().refine(isTimeZone, 'must be a zone such as Europe/London')),
  state: z.enum(['open', 'closed']).default('open'),
  archivePublic: z.boolean().default(true),
})
