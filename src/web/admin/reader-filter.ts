import type { Context } from 'hono'
import { parseEmailAddress } from '../../domain/email-address.ts'
import { languages } from '../../domain/languages.ts'
import { type ReaderFilter, readerStates } from '../../domain/reader-filter.ts'
import type { Sight } from '../../domain/sight.ts'
import { momentAt } from '../../domain/zoned-time.ts'
import type { Place } from '../../store/place.ts'
import { placeBefore, searchOf } from '../list-query.ts'
import { causes } from './suppression-filter.ts'

const names = [
  'q',
  'newsletter',
  'state',
  'tag',
  'attribute',
  'value',
  'suppressed',
  'language',
  'from',
  'to',
] as const
type Name = (typeof names)[number]

/** What a list of readers shows, as typed, and as the store asks for it. */
export type SoughtReaders = {
  typed: Partial<Record<Name, string>>
  filter: ReaderFilter
  /** A day that is none: the list leaves it out. */
  faults: { from?: true; to?: true }
  before?: Place
}

type Ground = { zone: string; sight: Sight; newsletters: readonly { id: number; slug: string }[] }

/** Days are of the publication's zone, the last one wholly. Who sees one address at a time finds it by all of it. */
export function soughtReaders(c: Context, { zone, sight, newsletters }: Ground): SoughtReaders {
  const typed: SoughtReaders['typed'] = {}
  for (const name of names) {
    const value = (c.req.query(name) ?? '').replaceAll('\0', '').trim().slice(0, 254)
    if (value) typed[name] = value
  }
  const days = {
    from: dayAt(typed.from, zone),
    to: dayAt(typed.to, zone) && dayAt(dayAfter(typed.to!), zone),
  }
  return {
    typed,
    filter: {
      ...wordsOf(searchOf(c), sight),
      newsletterId: newsletters.find(one => one.slug === typed.newsletter)?.id,
      state: readerStates.find(state => state === typed.state),
      // As tags are kept.
      tag: typed.tag?.normalize('NFC').toLowerCase(),
      attribute: typed.attribute ? { name: typed.attribute, value: typed.value } : undefined,
      suppressed:
        typed.suppressed === 'any'
          ? 'any'
          : causes.find(cause => cause === typed.suppressed && cause !== 'erased'),
      language: languages.find(language => language === typed.language),
      joinedFrom: days.from,
      joinedBefore: days.to,
    },
    faults: {
      ...(typed.from && !days.from && { from: true as const }),
      ...(typed.to && !days.to && { to: true as const }),
    },
    before: placeBefore(c),
  }
}

const most = 5

function wordsOf(search: string, sight: Sight): Pick<ReaderFilter, 'words' | 'names' | 'addressKey'> {
  const reading = parseEmailAddress(search)
  // A whole address is compared as it is stored: its domain in A-labels.
  if (reading.kind === 'address')
    return sight === 'all' ? { words: [reading.address.key] } : { words: [], addressKey: reading.address.key }
  const words = search.toWellFormed().split(/\s+/).filter(Boolean).slice(0, most)
  return sight === 'all' ? { words } : { words, names: true }
}

const dayAt = (day: string | undefined, zone: string) => (day ? momentAt(`${day}T00:00`, zone) : undefined)

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}

/** The query that says the same, with more. */
export function readerQuery(typed: SoughtReaders['typed'], more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...typed, ...more })
  return query.size ? `?${query}` : ''
}
