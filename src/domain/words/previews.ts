import { clock, longDay } from '../dates.ts'
import type { Language } from '../languages.ts'

/** "Monday 22 June 2026, 06:30" for a stranger, who sees no clock of ours beside it. */
export const sayUntil = (at: Date, zone: string, language: Language): string =>
  `${longDay(at, zone, language)}, ${clock(at, zone, language)}${language === 'de' ? ' Uhr' : ''}`

const en = {
  preview: {
    note: (until: string) => `A preview of a digest as it is saved now. This link works until ${until}.`,
    noSubject: 'A digest without a subject yet',
    newsletters: 'As the readers get it of',
    mail: 'The mail',
    alone: 'The mail alone',
    text: 'The same as plain text',
    notYetTitle: 'There is nothing to see yet',
    notYet: 'It goes to no newsletter yet, or a story in it is gone. Ask who gave you the link.',
    embargoTitle: 'Not to be shown yet',
    embargo: (until: string) =>
      `A story in this digest is under embargo until ${until}. From then on this link shows it.`,
    endedTitle: 'This preview has ended',
    ended:
      'A preview link works for seven days, unless it is ended before. Ask who gave it to you for another.',
    badTitle: 'This link is not complete',
    bad: 'It is cut, or was changed on its way. Ask who gave it to you for the whole of it.',
  },
  test: {
    notice: 'This is the link of a test',
    leaving: 'In the mail that readers get it opens this page. Here nothing changes, whatever you press.',
    preferences:
      'In the mail that readers get it opens their own preferences: what they get, and how to pause or leave it. Here nothing changes.',
    preferencesTitle: 'Your preferences',
    done: 'Nothing was changed: it was the link of a test.',
    doneTitle: 'It was a test',
  },
}

export type PreviewWords = typeof en

const de: PreviewWords = {
  preview: {
    note: until => `Vorschau einer Ausgabe, wie sie jetzt gesichert ist. Dieser Link gilt bis ${until}.`,
    noSubject: 'Eine Ausgabe noch ohne Betreff',
    newsletters: 'So bekommen sie die Leser von',
    mail: 'Die Mail',
    alone: 'Nur die Mail',
    text: 'Dasselbe als reiner Text',
    notYetTitle: 'Noch ist nichts zu sehen',
    notYet:
      'Sie geht noch an keinen Newsletter, oder ein Artikel darin ist weg. Fragen Sie, wer Ihnen den Link gab.',
    embargoTitle: 'Noch nicht zu zeigen',
    embargo: until =>
      `Ein Artikel dieser Ausgabe hat eine Sperrfrist bis ${until}. Von da an zeigt ihn dieser Link.`,
    endedTitle: 'Diese Vorschau ist zu Ende',
    ended: 'Ein Vorschaulink gilt sieben Tage, wenn er nicht früher beendet wird. Bitten Sie um einen neuen.',
    badTitle: 'Dieser Link ist nicht vollständig',
    bad: 'Er ist abgeschnitten oder unterwegs verändert worden. Bitten Sie um den ganzen.',
  },
  test: {
    notice: 'Das ist der Link eines Tests',
    leaving:
      'In der Mail an die Leser öffnet er diese Seite. Hier ändert sich nichts, was immer Sie drücken.',
    preferences:
      'In der Mail an die Leser öffnet er ihre eigenen Einstellungen: was sie bekommen, und wie sie es anhalten oder abbestellen. Hier ändert sich nichts.',
    preferencesTitle: 'Ihre Einstellungen',
    done: 'Nichts wurde geändert: Es war der Link eines Tests.',
    doneTitle: 'Es war ein Test',
  },
}

/** Words for who sees a digest before its readers do: by a preview link, or in a test. */
export const previewWords: Record<Language, PreviewWords> = { en, de }
