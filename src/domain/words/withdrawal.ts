import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'

const en = {
  title: 'Withdraw this edition?',
  does: [
    'Its page in the archive says that it was withdrawn, and your reason (410 Gone).',
    'It leaves the lists of the archive, the front page and the RSS feeds, and nobody gets it as the latest edition any more.',
  ],
  stillGoing: (count: number) =>
    `What is not sent yet is cancelled for good: ${count === 1 ? '1 reader does' : `${sayNumber(count, 'en')} readers do`} not get it.`,
  mails:
    'The mails that were sent stay with their readers: they can’t be called back. Their links go on to work.',
  back: 'An owner can put it back into the archive.',
  reason: 'Reason, for readers',
  reasonHint: 'Stands on its page in the archive. Plain text.',
  act: 'Withdraw the edition',
  keep: 'Leave it as it is',
  failed: 'Nothing was changed: the reason is missing.',
  done: (day: string) => `Withdrawn on ${day}. Readers see this reason in the archive:`,
  putBack: 'Put it back',
  putBackDone: 'The edition stands in the archive again.',
}

export type WithdrawalWords = typeof en

const de: WithdrawalWords = {
  title: 'Diese Ausgabe zurückziehen?',
  does: [
    'Ihre Seite im Archiv sagt dann, dass sie zurückgezogen wurde, und Ihren Grund (410 Gone).',
    'Sie verschwindet aus den Listen des Archivs, von der Startseite und aus den RSS-Feeds, und niemand bekommt sie mehr als letzte Ausgabe.',
  ],
  stillGoing: count =>
    `Was noch nicht versandt ist, wird endgültig abgebrochen: ${count === 1 ? '1 Leser bekommt' : `${sayNumber(count, 'de')} Leser bekommen`} sie nicht.`,
  mails:
    'Die versandten Mails bleiben bei ihren Lesern: zurückholen lassen sie sich nicht. Ihre Links gehen weiter.',
  back: 'Wer die Publikation verwaltet, kann sie wieder ins Archiv stellen.',
  reason: 'Grund, für die Leser',
  reasonHint: 'Steht auf ihrer Seite im Archiv. Reiner Text.',
  act: 'Ausgabe zurückziehen',
  keep: 'Lassen, wie sie ist',
  failed: 'Nichts wurde geändert: der Grund fehlt.',
  done: day => `Zurückgezogen am ${day}. Leser sehen im Archiv diesen Grund:`,
  putBack: 'Wieder ins Archiv stellen',
  putBackDone: 'Die Ausgabe steht wieder im Archiv.',
}

/** Words of taking an edition back. */
export const withdrawalWords: Record<Language, WithdrawalWords> = { en, de }
