import type { Cadence } from '../domain/newsletter.ts'
import { sampleArticles } from './articles.ts'
import { sampleDraft, sampleEditions } from './digests.ts'

type SampleNewsletter = {
  slug: string
  name: string
  description: string
  cadence: Cadence
  /** When it comes, as the publication says it. */
  schedule: string
  carriesAdvertising: boolean
  /** The days on which it goes out, 1 for Monday to 7 for Sunday; empty where the weekday does not matter. */
  weekdays: number[]
}

const newsletters: SampleNewsletter[] = [
  {
    slug: 'morning-brief',
    name: 'Morning Brief',
    description: 'Five stories before the first meeting.',
    cadence: 'weekdays',
    schedule: 'Weekdays, 6:30',
    carriesAdvertising: true,
    weekdays: [1, 2, 3, 4, 5],
  },
  {
    slug: 'leadership',
    name: 'Leadership',
    description: 'Digital transformation, from those who signed for it.',
    cadence: 'weekly',
    schedule: 'Thursdays',
    carriesAdvertising: false,
    weekdays: [4],
  },
  {
    slug: 'white-papers',
    name: 'White papers',
    description: 'Long reads from our partners.',
    cadence: 'monthly',
    schedule: 'Monthly',
    carriesAdvertising: true,
    weekdays: [],
  },
]

/** What an empty installation shows at its first start: data only. Nothing may leave the machine with this sender. */
export const sample = {
  publication: {
    name: 'The Ledger',
    tagline: 'Technology for people who run businesses',
    accent: '#8a1c1c',
    postalAddress: '12 Paper Lane, London EC1A 1AA',
    senderName: 'The Ledger',
    senderAddress: 'editors@ledger.example',
    language: 'en',
    timeZone: 'Europe/London',
  },
  newsletters,
  articles: sampleArticles,
  /** The digest that waits for the editor. */
  draft: sampleDraft,
  /** What was sent before, the newest first. */
  editions: sampleEditions,
} as const
