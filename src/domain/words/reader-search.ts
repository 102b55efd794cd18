import type { Language } from '../languages.ts'
import type { ReaderState } from '../reader-filter.ts'

const en = {
  search: 'Address or name',
  searchHint: 'Any part of it.',
  searchOne: 'Name, or whole address',
  searchOneHint: 'Of an address all of it: lists show editors no addresses.',
  more: 'More filters',
  state: 'State',
  anyState: 'Any',
  states: {
    active: 'Active',
    paused: 'Paused',
    ended: 'Ended',
    none: 'Read nothing now',
  } satisfies Record<ReaderState, string>,
  tag: 'Tag',
  attribute: 'Attribute',
  attributeName: 'Attribute',
  attributeValue: 'Its value',
  suppressed: 'Suppressed',
  notAsked: 'Not asked',
  anyCause: 'For whatever cause',
  language: 'Language',
  anyLanguage: 'Any',
  from: 'Joined from',
  to: 'Joined until',
  noDay: 'This is no day. Write it like 2026-06-22.',
  clear: 'Clear all',
  nothingFound: 'No reader fits all of this. Check the spelling, or take a filter away.',
  tags: 'Tags',
  moreThan: (count: string) => `more than ${count}`,
  asOf: 'Large numbers are as of the last count, some minutes ago.',
}

export type ReaderSearchWords = typeof en

const de: ReaderSearchWords = {
  search: 'Adresse oder Name',
  searchHint: 'Irgendein Teil davon.',
  searchOne: 'Name oder ganze Adresse',
  searchOneHint: 'Eine Adresse vollständig: Listen zeigen der Redaktion keine Adressen.',
  more: 'Weitere Filter',
  state: 'Stand',
  anyState: 'Jeder',
  states: {
    active: 'Aktiv',
    paused: 'Pausiert',
    ended: 'Beendet',
    none: 'Lesen jetzt nichts',
  },
  tag: 'Schlagwort',
  attribute: 'Eigenschaft',
  attributeName: 'Eigenschaft',
  attributeValue: 'Ihr Wert',
  suppressed: 'Gesperrt',
  notAsked: 'Egal',
  anyCause: 'Aus irgendeinem Grund',
  language: 'Sprache',
  anyLanguage: 'Jede',
  from: 'Dabei seit frühestens',
  to: 'Dabei seit spätestens',
  noDay: 'Das ist kein Tag. Schreiben Sie ihn wie 2026-06-22.',
  clear: 'Alles leeren',
  nothingFound:
    'Auf niemanden trifft das alles zu. Prüfen Sie die Schreibweise, oder nehmen Sie einen Filter weg.',
  tags: 'Schlagwörter',
  moreThan: count => `mehr als ${count}`,
  asOf: 'Große Zahlen sind von der letzten Zählung vor einigen Minuten.',
}

export const readerSearchWords: Record<Language, ReaderSearchWords> = { en, de }
