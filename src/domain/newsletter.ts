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

const time = optional(
  z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 06:30'),
).transform(given => given ?? null)

/** The fields of a newsletter, each by itself. Absent language and time zone are the publication's. */
export const newsletterFields = z.object({
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
  /** Digests go out between these times of day in its zone; null: always. */
  sendsFrom: time,
  sendsUntil: time,
  state: z.enum(['open', 'closed']).default('open'),
  archivePublic: z.boolean().default(true),
  /** Its digests go out only after a second person approved. */
  needsApproval: z.boolean().default(false),
})

type Hours = { sendsFrom: string | null; sendsUntil: string | null }

/** Refuses hours that are no stretch of the day: each fault stands at the field that mends it. */
export const withWholeHours = <T extends z.ZodType<Hours>>(schema: T): T =>
  schema
    .refine(bothOrNone('sendsFrom', 'sendsUntil'), { ...pair, path: ['sendsFrom'] })
    .refine(bothOrNone('sendsUntil', 'sendsFrom'), { ...pair, path: ['sendsUntil'] })
    .refine(({ sendsFrom, sendsUntil }) => sendsFrom === null || sendsFrom !== sendsUntil, {
      path: ['sendsUntil'],
      error: 'must differ from sendsFrom',
      when: timesAreRead,
    })

const bothOrNone = (one: keyof Hours, other: keyof Hours) => (hours: Hours) =>
  hours[one] !== null || hours[other] === null

// Other fields may be wrong too: all faults of a form are told at once.
const timesAreRead = ({ value, issues }: z.core.ParsePayload) =>
  typeof value === 'object' && value !== null && !issues.some(({ path }) => /^sends/.test(String(path?.[0])))

const pair = { error: 'must be given with the other time, or neither', when: timesAreRead }

/** A newsletter as it is created by the API. */
export const newsletterInput = withWholeHours(newsletterFields)
