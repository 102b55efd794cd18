import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'
import type { PlanRunState } from '../plan-run.ts'

const readers = (count: number) => (count === 1 ? '1 reader' : `${sayNumber(count, 'en')} readers`)

const en = {
  title: (plan: string, day: string) => `${plan}: ${day}`,
  back: 'All of this plan',
  edition: 'Edition',
  for: 'For',
  goes: 'Goes out',
  time: 'Its time',
  stories: 'In it',
  open: 'Open the digest',
  send: 'Open the page to send it',
  says: {
    making: 'It is being made. Load this page again in a moment.',
    made: 'It goes out by itself. Stop keeps it in the house: it becomes a draft, and readers get nothing until somebody sends it.',
    waiting: 'It is ready and waits for somebody: to approve of it, or to send it.',
    sent: 'It has gone out.',
    skipped: 'Readers get nothing for this day.',
    blocked: 'Something keeps it from going out. Mend it in the digest, then send it there.',
    unapproved: 'Its time came, and nobody had approved of it or sent it. Readers have not got it.',
    stopped: 'It was stopped and is a draft. It goes out when somebody sends it.',
    asks: 'Nobody was there to make it at its time, and that is over an hour ago. Send makes it from the newest stories and sends it at once; Skip leaves this day out.',
  } satisfies Record<PlanRunState, string>,
  deleted: 'It was stopped, and its digest was deleted. Readers get nothing for this day.',
  paused: 'Its sending is paused. Its own page says why, and goes on with it.',
  stop: 'Stop this edition',
  sendNow: (count: number) => `Make it and send it to ${readers(count)} now`,
  askNow: 'Make it, for approval',
  skip: 'Skip this day',
  notYours: 'An editor can do that.',
  tooLate:
    'It has begun to go out, so it can’t be stopped here any more. Its own page can pause or cancel it.',
  changed: 'Nothing was changed: it has gone another way meanwhile.',
  faults: 'What stands in its way',
}

export type PlanRunWords = typeof en

const leser = (count: number) => (count === 1 ? '1 Leser' : `${sayNumber(count, 'de')} Leser`)

const de: PlanRunWords = {
  title: (plan, day) => `${plan}: ${day}`,
  back: 'Alles von diesem Plan',
  edition: 'Ausgabe',
  for: 'Für',
  goes: 'Geht hinaus',
  time: 'Ihre Zeit',
  stories: 'Darin',
  open: 'Ausgabe öffnen',
  send: 'Zur Seite zum Senden',
  says: {
    making: 'Sie entsteht gerade. Laden Sie diese Seite gleich noch einmal.',
    made: 'Sie geht von selbst hinaus. Stoppen behält sie im Haus: Sie wird ein Entwurf, und die Leser bekommen nichts, bis jemand sie sendet.',
    waiting: 'Sie ist fertig und wartet auf jemanden, der sie freigibt oder sendet.',
    sent: 'Sie ist hinausgegangen.',
    skipped: 'Für diesen Tag bekommen die Leser nichts.',
    blocked: 'Etwas steht ihr im Weg. Beheben Sie es in der Ausgabe, dann senden Sie sie dort.',
    unapproved:
      'Ihre Zeit kam, und niemand hatte sie freigegeben oder gesendet. Die Leser haben sie nicht bekommen.',
    stopped: 'Sie wurde gestoppt und ist ein Entwurf. Sie geht hinaus, wenn jemand sie sendet.',
    asks: 'Zu ihrer Zeit war niemand da, um sie zu machen, und das ist über eine Stunde her. Senden macht sie aus den neuesten Artikeln und sendet sie sofort; Auslassen lässt diesen Tag weg.',
  },
  deleted: 'Sie wurde gestoppt und gelöscht. Für diesen Tag bekommen die Leser nichts.',
  paused: 'Ihr Versand ist angehalten. Ihre eigene Seite sagt, warum, und macht weiter.',
  stop: 'Diese Ausgabe stoppen',
  sendNow: count => `Machen und jetzt an ${leser(count)} senden`,
  askNow: 'Machen, zur Freigabe',
  skip: 'Diesen Tag auslassen',
  notYours: 'Das kann ein Redakteur.',
  tooLate:
    'Sie geht schon hinaus und lässt sich hier nicht mehr stoppen. Ihre eigene Seite kann sie anhalten oder abbrechen.',
  changed: 'Nichts wurde geändert: Sie ist inzwischen einen anderen Weg gegangen.',
  faults: 'Was ihr im Weg steht',
}

/** The page of a plan’s edition of one day. */
export const planRunWords: Record<Language, PlanRunWords> = { en, de }
