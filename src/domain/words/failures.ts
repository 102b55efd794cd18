import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'

const number = (count: number) => sayNumber(count, 'en')
const readers = (count: number) => (count === 1 ? '1 reader' : `${number(count)} readers`)

const en = {
  title: 'Who did not get it',
  back: 'Back to the digest',
  download: 'Download as CSV',
  tabs: {
    label: 'Which',
    missed: 'Failed and unknown',
    failed: 'Failed',
    unknown: 'Unknown',
    pending: 'Waiting after a try',
  },
  further: (suppressed: number, pending: number) =>
    `Besides, ${number(suppressed)} left or were suppressed before their turn, and ${number(pending)} wait.`,
  searches: {
    all: 'Address or words of the reply',
    one: 'Whole address, or words of the reply',
    none: 'Words of the reply',
  },
  domain: 'Domain',
  find: 'Find',
  everything: 'Show all',
  replies: 'What the servers said',
  repliesCaption: 'The ten most frequent replies, with the number of readers',
  among: (count: number) => `Counted among ${number(count)} of them.`,
  domains: 'By domain',
  domainsCaption: 'The ten domains with the most of these readers',
  list: 'Readers',
  caption: 'Deliveries that did not go through, with the server’s reply',
  reader: 'Reader',
  count: 'Readers',
  choose: 'Choose',
  chooseReader: (address: string) => `Choose ${address}`,
  state: 'State',
  states: { failed: 'Failed', unknown: 'Unknown', pending: 'Waiting' },
  reply: 'The server’s reply',
  noReply: 'no reply',
  tries: (count: number) => (count === 1 ? '1 try' : `${number(count)} tries`),
  suppressed: 'Suppressed',
  erased: 'erased',
  none: 'Nobody here',
  noneFound: 'No delivery fits. Look for less, or show all.',
  noneMissed: 'Everybody who was to get it got it, or is still to.',
  start: 'From the start',
  more: 'Next page',
  tryAgain: (count: number) => `Try ${readers(count)} again`,
  tryChosen: 'Try the chosen again',
  retry: {
    title: (count: number) => `Try ${readers(count)} again?`,
    nothing: 'Nobody to try again',
    nothingText: 'None of these readers can be tried again.',
    sends: 'They are sent within seconds, as if for the first time, and get as much time as when it began.',
    paused: 'The digest is paused: they are sent when it goes on.',
    reopens: 'The digest is finished: it goes on for them.',
    tooLate: 'News may be old by now: look at the digest before you send it once more.',
    twice: (count: number) =>
      count === 1
        ? 'Of one of them it is not known whether it arrived: that reader may get it twice.'
        : `Of ${number(count)} of them it is not known whether it arrived: these may get it twice.`,
    kept: (count: number) =>
      count === 1
        ? 'One more stays out: the address is suppressed, or the reader was erased.'
        : `${number(count)} more stay out: their addresses are suppressed, or they were erased.`,
    see: 'See the suppressed',
    byItself: 'What is unknown here is sent again by itself.',
    final: 'The digest was cancelled, which is final.',
    act: (count: number) => `Try ${readers(count)} again`,
    asSent: (count: number) => `Count ${number(count)} as sent`,
    keep: 'Leave them',
  },
  done: {
    send: (count: number) => `${readers(count)} will be tried again.`,
    'count-as-sent': (count: number) => `${readers(count)} counted as sent.`,
    nobody: 'Nothing was left to do: somebody was quicker.',
    final: 'The digest was cancelled meanwhile: nothing was changed.',
  },
}

export type FailureWords = typeof en

const zahl = (count: number) => sayNumber(count, 'de')
const leser = (count: number) => `${zahl(count)} Leser`

const de: FailureWords = {
  title: 'Wer sie nicht bekam',
  back: 'Zurück zur Ausgabe',
  download: 'Als CSV laden',
  tabs: {
    label: 'Welche',
    missed: 'Gescheitert und unbekannt',
    failed: 'Gescheitert',
    unknown: 'Unbekannt',
    pending: 'Wartend nach einem Versuch',
  },
  further: (suppressed, pending) =>
    `Außerdem: ${zahl(suppressed)} waren abbestellt oder gesperrt, bevor sie an der Reihe waren, ${zahl(pending)} warten.`,
  searches: {
    all: 'Adresse oder Wörter der Antwort',
    one: 'Ganze Adresse oder Wörter der Antwort',
    none: 'Wörter der Antwort',
  },
  domain: 'Domain',
  find: 'Suchen',
  everything: 'Alle zeigen',
  replies: 'Was die Server sagten',
  repliesCaption: 'Die zehn häufigsten Antworten mit der Zahl der Leser',
  among: count => `Gezählt unter ${zahl(count)} von ihnen.`,
  domains: 'Nach Domains',
  domainsCaption: 'Die zehn Domains mit den meisten dieser Leser',
  list: 'Leser',
  caption: 'Zustellungen, die nicht gelangen, mit der Antwort des Servers',
  reader: 'Leser',
  count: 'Leser',
  choose: 'Wählen',
  chooseReader: address => `${address} wählen`,
  state: 'Stand',
  states: { failed: 'Gescheitert', unknown: 'Unbekannt', pending: 'Wartet' },
  reply: 'Antwort des Servers',
  noReply: 'keine Antwort',
  tries: count => (count === 1 ? '1 Versuch' : `${zahl(count)} Versuche`),
  suppressed: 'Gesperrt',
  erased: 'gelöscht',
  none: 'Hier ist niemand',
  noneFound: 'Keine Zustellung passt. Suchen Sie nach weniger, oder zeigen Sie alle.',
  noneMissed: 'Wer sie bekommen sollte, hat sie bekommen oder bekommt sie noch.',
  start: 'Zum Anfang',
  more: 'Nächste Seite',
  tryAgain: count => `${leser(count)} noch einmal versuchen`,
  tryChosen: 'Gewählte noch einmal versuchen',
  retry: {
    title: count => `${leser(count)} noch einmal versuchen?`,
    nothing: 'Niemand zu versuchen',
    nothingText: 'Keinen dieser Leser kann man noch einmal versuchen.',
    sends:
      'Sie geht in Sekunden an sie hinaus, wie beim ersten Mal, und hat so viel Zeit wie zu ihrem Beginn.',
    paused: 'Die Ausgabe ist angehalten: Sie geht an diese Leser, sobald es weitergeht.',
    reopens: 'Die Ausgabe ist fertig: Für diese Leser geht sie weiter.',
    tooLate:
      'Nachrichten können inzwischen alt sein: Sehen Sie die Ausgabe an, bevor sie noch einmal hinausgeht.',
    twice: count =>
      count === 1
        ? 'Bei einem von ihnen ist nicht bekannt, ob sie ankam: Er bekommt sie vielleicht zweimal.'
        : `Bei ${zahl(count)} von ihnen ist nicht bekannt, ob sie ankam: Diese bekommen sie vielleicht zweimal.`,
    kept: count =>
      count === 1
        ? 'Einer bleibt außen vor: Die Adresse ist gesperrt, oder er wurde gelöscht.'
        : `${zahl(count)} bleiben außen vor: Ihre Adressen sind gesperrt, oder sie wurden gelöscht.`,
    see: 'Die gesperrten ansehen',
    byItself: 'Was hier unbekannt ist, geht von selbst noch einmal hinaus.',
    final: 'Die Ausgabe wurde abgebrochen, und das ist endgültig.',
    act: count => `${leser(count)} noch einmal versuchen`,
    asSent: count => `${zahl(count)} als versandt zählen`,
    keep: 'So lassen',
  },
  done: {
    send: count => `${leser(count)} ${count === 1 ? 'wird' : 'werden'} noch einmal versucht.`,
    'count-as-sent': count => `${leser(count)} ${count === 1 ? 'zählt' : 'zählen'} als versandt.`,
    nobody: 'Es war nichts mehr zu tun: Jemand war schneller.',
    final: 'Die Ausgabe wurde inzwischen abgebrochen: Nichts wurde geändert.',
  },
}

export const failureWords: Record<Language, FailureWords> = { en, de }
