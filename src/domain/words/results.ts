import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'

const number = (count: number) => sayNumber(count, 'en')
const readers = (count: number) => (count === 1 ? '1 reader' : `${number(count)} readers`)
const span = (seconds: number) =>
  seconds < 90
    ? `${seconds} s`
    : seconds < 5400
      ? `${Math.round(seconds / 60)} min`
      : `${number(Math.round(seconds / 3600))} h`

/** Whole numbers, but for what is so slow that tenths count. */
const rounded = (pace: number) => (pace < 10 ? Math.round(pace * 10) / 10 : Math.round(pace))

const en = {
  progress: 'Progress',
  of: (done: number, all: number) => `${number(done)} of ${number(all)}`,
  pace: (pace: number) => `${number(rounded(pace))} a second`,
  left: (seconds: number) => `about ${span(seconds)} left`,
  starting: 'It starts within a second.',
  pausedBefore: 'It was paused before.',
  waitsForHours: (newsletter: string, from: string) =>
    `${newsletter} goes out from ${from} on; its readers wait.`,
  waitsForDomain: (domain: string, until: string) => `${domain} is left alone until ${until}.`,
  counts: {
    intended: 'Intended',
    sent: 'Sent',
    failed: 'Failed',
    suppressed: 'Not sent: left or suppressed meanwhile',
    unknown: 'Unknown: a crash came between',
    pending: 'Waiting',
  },
  count: readers,
  balance: 'Balance',
  what: 'What',
  readers: 'Readers',
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel …',
  skip: 'Skip …',
  sendNow: (count: number) => `Send now to ${number(count)}`,
  asks: {
    late: (count: number) => `It is late. Send it now to ${readers(count)}, or skip it?`,
    interrupted: (count: number) =>
      `It was interrupted. Send it now to ${readers(count)} who wait, or skip them?`,
    stale: (count: number) =>
      `It has been paused for over a day. Send it now to ${readers(count)} who wait, or skip them?`,
  },
  cancelling: {
    title: 'Cancel this digest for good?',
    text: (pending: number) =>
      `What was sent is sent. ${pending === 1 ? 'One reader who waits' : `The ${number(pending)} readers who wait`} will not get it, and it can’t be started again.`,
    act: 'Cancel it',
    keep: 'Keep it',
  },
  skipping: {
    title: 'Take this digest back?',
    text: (_pending: number) =>
      'Nobody has got it, and nobody will now. It becomes a draft again, which can be changed and sent at another time.',
    act: 'Make it a draft again',
    keep: 'Leave it as it is',
  },
  domains: {
    link: 'By domain',
    title: 'By domain',
    back: 'Back to the digest',
    caption: 'The ten domains with the most readers of this digest, and what became of it there',
    domain: 'Domain',
    counts: {
      sent: 'Sent',
      failed: 'Failed',
      unknown: 'Unknown',
      suppressed: 'Not sent',
      pending: 'Waiting',
      intended: 'Intended',
    },
    none: 'No readers here',
    noneText: 'The digest went to nobody, or its list is over 90 days old and was dropped.',
  },
  archive: 'In the archive',
  refresh: 'Refresh',
  seeMissed: (count: number) => `Who did not get it, and why: ${readers(count)}`,
}

export type ResultWords = typeof en

const zahl = (count: number) => sayNumber(count, 'de')
/** „Leser“ is one word for one and many. */
const leser = (count: number) => `${zahl(count)} Leser`
const an = (count: number) => (count === 1 ? 'einen Leser' : leser(count))

const de: ResultWords = {
  progress: 'Fortschritt',
  of: (done, all) => `${zahl(done)} von ${zahl(all)}`,
  pace: pace => `${zahl(rounded(pace))} pro Sekunde`,
  left: seconds => `noch etwa ${span(seconds)}`,
  starting: 'Sie beginnt innerhalb einer Sekunde.',
  pausedBefore: 'Sie stand vorher still.',
  waitsForHours: (newsletter, from) =>
    `${newsletter} geht ab ${from} Uhr hinaus; so lange warten ihre Leser.`,
  waitsForDomain: (domain, until) => `${domain} wird bis ${until} in Ruhe gelassen.`,
  counts: {
    intended: 'Vorgesehen',
    sent: 'Versandt',
    failed: 'Gescheitert',
    suppressed: 'Nicht versandt: inzwischen abbestellt oder gesperrt',
    unknown: 'Unbekannt: Ein Absturz kam dazwischen',
    pending: 'Wartend',
  },
  count: leser,
  balance: 'Bilanz',
  what: 'Was',
  readers: 'Leser',
  pause: 'Anhalten',
  resume: 'Weiter',
  cancel: 'Abbrechen …',
  skip: 'Auslassen …',
  sendNow: count => `Jetzt an ${zahl(count)} senden`,
  asks: {
    late: count => `Sie ist verspätet. Jetzt an ${an(count)} senden oder auslassen?`,
    interrupted: count =>
      `Sie wurde unterbrochen. Jetzt an ${count === 1 ? 'den einen wartenden' : `die ${zahl(count)} wartenden`} Leser senden oder auslassen?`,
    stale: count =>
      `Sie steht seit über einem Tag. Jetzt an ${count === 1 ? 'den einen wartenden' : `die ${zahl(count)} wartenden`} Leser senden oder auslassen?`,
  },
  cancelling: {
    title: 'Diese Ausgabe endgültig abbrechen?',
    text: pending =>
      `Was versandt ist, ist versandt. ${pending === 1 ? 'Ein wartender Leser bekommt' : `Die ${zahl(pending)} wartenden Leser bekommen`} sie nicht, und sie lässt sich nicht noch einmal beginnen.`,
    act: 'Abbrechen',
    keep: 'Behalten',
  },
  skipping: {
    title: 'Diese Ausgabe zurücknehmen?',
    text: () =>
      'Niemand hat sie bekommen, und jetzt bekommt sie niemand. Sie wird wieder ein Entwurf, der sich ändern und zu einer anderen Zeit senden lässt.',
    act: 'Wieder zum Entwurf machen',
    keep: 'Lassen, wie sie ist',
  },
  domains: {
    link: 'Nach Domains',
    title: 'Nach Domains',
    back: 'Zurück zur Ausgabe',
    caption: 'Die zehn Domains mit den meisten Lesern dieser Ausgabe, und was dort aus ihr wurde',
    domain: 'Domain',
    counts: {
      sent: 'Versandt',
      failed: 'Gescheitert',
      unknown: 'Unbekannt',
      suppressed: 'Nicht versandt',
      pending: 'Wartend',
      intended: 'Vorgesehen',
    },
    none: 'Hier sind keine Leser',
    noneText: 'Die Ausgabe ging an niemanden, oder ihre Liste ist über 90 Tage alt und wurde entfernt.',
  },
  archive: 'Im Archiv',
  refresh: 'Neu laden',
  seeMissed: count => `Wer sie nicht bekam, und warum: ${leser(count)}`,
}

export const resultWords: Record<Language, ResultWords> = { en, de }
