import { plainDay } from '../dates.ts'
import type { Language } from '../languages.ts'

/** What stands beside a corrected story: "Correction, 12 March: …". */
export const correctionLine = (
  { note, at }: { note: string; at: Date },
  language: Language,
  zone: string,
): string => `${correctionWords[language].correction}, ${plainDay(at, zone, language)}: ${note}`

const en = {
  correction: 'Correction',
  act: 'Correct …',
  actOf: (story: string) => `Correct “${story}” …`,
  title: 'Correct a story',
  intro:
    'What you change here stands in the archive and in the RSS feed at once, with the note and its date beside the story. Other digests, and the story itself, stay as they are.',
  follow: 'The link in the mails that were sent leads where it leads here.',
  straight:
    'The mails that were sent stay as they are: their links lead straight to the story and can’t be changed.',
  stillGoing: (readers: string) => `${readers} have not got it yet: their mails keep the old words.`,
  stillGoingText:
    'A mail is made once, when sending starts. Pause it first if nobody more is to get the old words; you can then go on, or cancel it.',
  pause: 'Pause it',
  field: { title: 'Title', standfirst: 'Standfirst', url: 'Link', note: 'Note for readers' },
  noteHint:
    'Say what was wrong and what is right. “Correction” and the date are put before it. Plain text, no HTML.',
  save: 'Publish the correction',
  keep: 'Leave it as it is',
  failed: 'Nothing was published: some fields need another look.',
  meanwhile:
    'Somebody corrected this story since you opened the page. The form shows what they made of it; your note is kept.',
  done: 'The correction is published.',
  doneText: 'It stands in the archive and in the RSS feed.',
  list: 'Corrections',
  when: 'When',
  who: 'By',
  what: 'Note',
  story: 'Story',
  letter: 'Letter',
  write: 'Write to those who got it',
  writeHint:
    'Makes a draft for the same newsletters, to those to whom this digest was delivered and who are still subscribed. It goes the usual way; nothing is sent by itself.',
  written: 'The letter',
  letterSubject: (subject: string) => `Correction: ${subject}`,
  letterText: (subject: string, day: string) => `In “${subject}” of ${day} we got something wrong.`,
  letterStory: 'The story as it is now:',
}

export type CorrectionWords = typeof en

const de: CorrectionWords = {
  correction: 'Berichtigung',
  act: 'Berichtigen …',
  actOf: story => `„${story}“ berichtigen …`,
  title: 'Einen Artikel berichtigen',
  intro:
    'Was Sie hier ändern, steht sofort im Archiv und im RSS-Feed, mit der Anmerkung und ihrem Datum beim Artikel. Andere Ausgaben und der Artikel selbst bleiben, wie sie sind.',
  follow: 'Der Link in den versandten Mails führt dann dorthin, wohin er hier führt.',
  straight:
    'Die versandten Mails bleiben, wie sie sind: ihre Links führen geradewegs zum Artikel und lassen sich nicht ändern.',
  stillGoing: readers => `${readers} haben sie noch nicht bekommen: ihre Mails behalten den alten Text.`,
  stillGoingText:
    'Eine Mail wird einmal gemacht, wenn der Versand beginnt. Halten Sie ihn erst an, wenn niemand mehr den alten Text bekommen soll; danach kann er weitergehen oder abgebrochen werden.',
  pause: 'Anhalten',
  field: { title: 'Titel', standfirst: 'Vorspann', url: 'Link', note: 'Anmerkung für Leser' },
  noteHint:
    'Sagen Sie, was falsch war und was richtig ist. „Berichtigung“ und das Datum stehen davor. Reiner Text, kein HTML.',
  save: 'Berichtigung veröffentlichen',
  keep: 'Lassen, wie es ist',
  failed: 'Nichts wurde veröffentlicht: einige Felder brauchen einen zweiten Blick.',
  meanwhile:
    'Jemand hat diesen Artikel berichtigt, seit Sie die Seite geöffnet haben. Das Formular zeigt, was daraus wurde; Ihre Anmerkung ist noch da.',
  done: 'Die Berichtigung ist veröffentlicht.',
  doneText: 'Sie steht im Archiv und im RSS-Feed.',
  list: 'Berichtigungen',
  when: 'Wann',
  who: 'Von',
  what: 'Anmerkung',
  story: 'Artikel',
  letter: 'Brief',
  write: 'Denen schreiben, die sie bekamen',
  writeHint:
    'Macht einen Entwurf für dieselben Newsletter, an alle, denen diese Ausgabe zugestellt wurde und die noch abonniert haben. Er geht den üblichen Weg; von selbst wird nichts versandt.',
  written: 'Der Brief',
  letterSubject: subject => `Berichtigung: ${subject}`,
  letterText: (subject, day) => `In „${subject}“ vom ${day} stand etwas Falsches.`,
  letterStory: 'Der Artikel, wie er jetzt ist:',
}

/** Words of corrections: what readers see, and the pages on which they are made. */
export const correctionWords: Record<Language, CorrectionWords> = { en, de }
