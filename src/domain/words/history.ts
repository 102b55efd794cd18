import { sayNumber } from '../dates.ts'
import type { DigestEvent } from '../digest-event.ts'
import type { Language } from '../languages.ts'
import { sendingWords } from './sending.ts'
import { sayWhen } from './when.ts'

type Say = {
  [Kind in DigestEvent['kind']]: (event: Extract<DigestEvent, { kind: Kind }>, zone: string) => string
}

const en: Say = {
  made: () => 'Began it',
  edited: () => 'Edited',
  planned: () => 'Made by a plan',
  asked: ({ when }, zone) => `Asked for approval, to send it ${sayWhen(when, zone, 'en')}`,
  sent_back: () => 'Sent back',
  approved: ({ when }, zone) => `Approved, to send it ${sayWhen(when, zone, 'en')}`,
  overridden: ({ when }, zone) =>
    `Did without a second person’s approval, to send it ${sayWhen(when, zone, 'en')}`,
  voided: ({ why, was }) =>
    why === 'withdrawn'
      ? 'Took the request for approval back'
      : `${was === 'approved' ? 'The approval' : 'The request for approval'} became void: ${
          why === 'edited' ? 'the digest was edited' : 'a story, a template or a sender changed'
        }`,
  scheduled: ({ when }, zone) =>
    when.kind === 'now' ? 'Sent it' : `Scheduled it ${sayWhen(when, zone, 'en')}`,
  unscheduled: () => 'Took it off the schedule',
  stopped: () => 'Stopped it before it started',
  started: ({ readers }) =>
    `Started to go out to ${readers === 1 ? '1 reader' : `${sayNumber(readers, 'en')} readers`}`,
  paused: ({ reason }) => `Paused. ${sendingWords.en.paused[reason]}`,
  resumed: () => 'Let it go on',
  cancelled: () => 'Cancelled it',
  corrected: ({ title }) => `Corrected “${title}”`,
  withdrawn: () => 'Withdrew it from the archive',
  put_back: () => 'Put it back into the archive',
}

const de: Say = {
  made: () => 'Begonnen',
  edited: () => 'Bearbeitet',
  planned: () => 'Von einem Plan gemacht',
  asked: ({ when }, zone) => `Um Freigabe gebeten, zu senden ${sayWhen(when, zone, 'de')}`,
  sent_back: () => 'Zurückgegeben',
  approved: ({ when }, zone) => `Freigegeben, zu senden ${sayWhen(when, zone, 'de')}`,
  overridden: ({ when }, zone) =>
    `Auf die Freigabe einer zweiten Person verzichtet, zu senden ${sayWhen(when, zone, 'de')}`,
  voided: ({ why, was }) =>
    why === 'withdrawn'
      ? 'Bitte um Freigabe zurückgenommen'
      : `${was === 'approved' ? 'Die Freigabe' : 'Die Bitte um Freigabe'} ist erloschen: ${
          why === 'edited'
            ? 'Die Ausgabe wurde bearbeitet'
            : 'Ein Artikel, eine Vorlage oder ein Absender hat sich geändert'
        }`,
  scheduled: ({ when }, zone) => (when.kind === 'now' ? 'Gesendet' : `Geplant: ${sayWhen(when, zone, 'de')}`),
  unscheduled: () => 'Aus dem Plan genommen',
  stopped: () => 'Angehalten, bevor sie hinausging',
  started: ({ readers }) =>
    `Geht hinaus an ${readers === 1 ? '1 Leser' : `${sayNumber(readers, 'de')} Leser`}`,
  paused: ({ reason }) => `Angehalten. ${sendingWords.de.paused[reason]}`,
  resumed: () => 'Weitergehen lassen',
  cancelled: () => 'Abgebrochen',
  corrected: ({ title }) => `„${title}“ berichtigt`,
  withdrawn: () => 'Aus dem Archiv genommen',
  put_back: () => 'Wieder ins Archiv gestellt',
}

const say: Record<Language, Say> = { en, de }

/** A step in the life of a digest, as its history tells it. */
export const sayEvent = (event: DigestEvent, zone: string, language: Language): string =>
  (say[language][event.kind] as (event: DigestEvent, zone: string) => string)(event, zone)

/** What was said to it: for whoever approves, by whoever sent it back, as a reason, in a note. */
export const saidIn = (event: DigestEvent): string => {
  switch (event.kind) {
    case 'asked':
    case 'sent_back':
    case 'approved':
      return event.comment
    case 'overridden':
    case 'withdrawn':
      return event.reason
    case 'corrected':
      return event.note
    default:
      return ''
  }
}

const page = {
  en: {
    title: 'History',
    link: 'History',
    caption: 'What was done with this digest, the latest first',
    what: 'What',
    who: 'Who',
    when: 'When',
    none: 'Nothing was done with it yet.',
    back: 'Back to the digest',
    by: {
      key: (name: string) => `Key “${name}”`,
      plan: (name: string) => `Plan “${name}”`,
      'command-line': 'Command line',
      service: 'Broadsheet',
      gone: 'Somebody',
    },
  },
  de: {
    title: 'Verlauf',
    link: 'Verlauf',
    caption: 'Was mit dieser Ausgabe geschah, das Neueste zuerst',
    what: 'Was',
    who: 'Wer',
    when: 'Wann',
    none: 'Mit ihr ist noch nichts geschehen.',
    back: 'Zurück zur Ausgabe',
    by: {
      key: (name: string) => `Schlüssel „${name}“`,
      plan: (name: string) => `Plan „${name}“`,
      'command-line': 'Kommandozeile',
      service: 'Broadsheet',
      gone: 'Jemand',
    },
  },
}

export const historyWords: Record<Language, (typeof page)['en']> = page
