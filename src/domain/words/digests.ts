import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'

const n = (language: Language) => (number: number) => sayNumber(number, language)
const en = {
  title: 'Digests',
  caption: 'Digests, the newest first',
  columns: { subject: 'Subject', newsletters: 'Newsletters', state: 'State', when: 'When', sent: 'Sent' },
  untitled: 'Without a subject',
  create: 'New digest',
  fromLast: 'Start from the last edition',
  emptyTitle: 'No digests yet',
  empty: 'A digest is one edition: a subject, stories in order, and the newsletters it goes to.',
  states: {
    draft: 'Draft',
    scheduled: 'Scheduled',
    sending: 'Sending',
    paused: 'Paused',
    finished: 'Sent',
    cancelled: 'Cancelled',
  },
  breaking: 'Breaking',
  withdrawn: 'Withdrawn',
  nothingToStart: 'There is no earlier digest to start from. This one starts empty.',
  readers: (count: number) => (count === 1 ? '1 reader' : `${n('en')(count)} readers`),
}

export type DigestWords = typeof en

export const digestWords: Record<Language, DigestWords> = {
  en,
  de: {
    title: 'Ausgaben',
    caption: 'Ausgaben, die neuesten zuerst',
    columns: {
      subject: 'Betreff',
      newsletters: 'Newsletter',
      state: 'Stand',
      when: 'Wann',
      sent: 'Versandt',
    },
    untitled: 'Ohne Betreff',
    create: 'Neue Ausgabe',
    fromLast: 'Mit der letzten Ausgabe beginnen',
    emptyTitle: 'Noch keine Ausgaben',
    empty: 'Eine Ausgabe ist ein Betreff, Artikel in ihrer Reihenfolge und die Newsletter, an die sie geht.',
    states: {
      draft: 'Entwurf',
      scheduled: 'Geplant',
      sending: 'Im Versand',
      paused: 'Angehalten',
      finished: 'Versandt',
      cancelled: 'Abgebrochen',
    },
    breaking: 'Eilmeldung',
    withdrawn: 'Zurückgezogen',
    nothingToStart: 'Es gibt keine frühere Ausgabe. Diese beginnt leer.',
    readers: count => (count === 1 ? '1 Leser' : `${n('de')(count)} Leser`),
  },
}
