import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'

/** "99.8 %": one decimal, and never nothing for something, nor all for less. */
export function sayShare(part: number, whole: number, language: Language): string {
  if (whole === 0) return ''
  const share = part / whole
  const percent = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    style: 'percent',
    maximumFractionDigits: 1,
  })
  if (part > 0 && share < 0.001) return `< ${percent.format(0.001)}`
  if (part < whole && share > 0.999) return `> ${percent.format(0.999)}`
  return percent.format(share)
}

/** "45 s", "4 min 12 s", "3 h 5 min". */
function saySpan(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 ? ` ${whole % 60} s` : ''}`
  const minutes = Math.round(whole / 60)
  return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`
}

/** Whole numbers, but for what is so slow that tenths count. */
const pace = (value: number, language: Language) =>
  sayNumber(value < 10 ? Math.round(value * 10) / 10 : Math.round(value), language)

/** Of a moment there is none to speak of. */
const hasPace = (seconds: number) => seconds >= 2

const en = {
  share: 'Share',
  delivered: (sent: number, intended: number) =>
    `Delivered to ${sayNumber(sent, 'en')} of ${intended === 1 ? '1 reader' : `${sayNumber(intended, 'en')} readers`}`,
  took: (seconds: number, perSecond: number) =>
    ` in ${saySpan(seconds)}${hasPace(seconds) ? `, ${pace(perSecond, 'en')} messages a second` : ''}.`,
  soFar: ' so far.',
  left: (count: number) =>
    count === 0
      ? 'Nobody left by its link.'
      : `${count === 1 ? '1 reader' : `${sayNumber(count, 'en')} readers`} left by its link.`,
  stories: 'Stories',
  story: 'Story',
  clicks: 'Clicks',
  actions: 'Correct',
  clicksTitle: 'Links followed',
  chart: (sum: number) =>
    `${sum === 1 ? '1 click' : `${sayNumber(sum, 'en')} clicks`} on the links of all stories`,
  chartSays: (peak: number, at: string) => `, most of them in the hour from ${at}: ${sayNumber(peak, 'en')}`,
  first: (hours: number) => `The first ${sayNumber(hours, 'en')} hours, by the hour.`,
  scanners:
    'Scanners of mail programs follow links too, often within minutes: take the numbers for a comparison of stories, not for readers.',
  noClicks: 'No link has been followed yet.',
  withdrawn: 'This edition is withdrawn',
  withdraw: 'Withdraw …',
}

export type OutcomeWords = typeof en

const de: OutcomeWords = {
  share: 'Anteil',
  delivered: (sent, intended) =>
    `Zugestellt an ${sayNumber(sent, 'de')} von ${sayNumber(intended, 'de')} Lesern`,
  took: (seconds, perSecond) =>
    ` in ${saySpan(seconds)}${hasPace(seconds) ? `, ${pace(perSecond, 'de')} Mails in der Sekunde` : ''}.`,
  soFar: ', bis jetzt.',
  left: count =>
    count === 0
      ? 'Niemand hat über ihren Link abbestellt.'
      : `${sayNumber(count, 'de')} Leser haben über ihren Link abbestellt.`.replace(
          /^1 Leser haben/,
          '1 Leser hat',
        ),
  stories: 'Artikel',
  story: 'Artikel',
  clicks: 'Klicks',
  actions: 'Berichtigen',
  clicksTitle: 'Aufgerufene Links',
  chart: sum => `${sum === 1 ? '1 Klick' : `${sayNumber(sum, 'de')} Klicks`} auf die Links aller Artikel`,
  chartSays: (peak, at) => `, die meisten in der Stunde ab ${at}: ${sayNumber(peak, 'de')}`,
  first: hours => `Die ersten ${sayNumber(hours, 'de')} Stunden, Stunde für Stunde.`,
  scanners:
    'Auch Scanner von Mailprogrammen rufen Links auf, oft binnen Minuten: Die Zahlen taugen zum Vergleich der Artikel, nicht als Zahl der Leser.',
  noClicks: 'Noch wurde kein Link aufgerufen.',
  withdrawn: 'Diese Ausgabe ist zurückgezogen',
  withdraw: 'Zurückziehen …',
}

/** Words of what came of a digest, beside the balance of `results`. */
export const outcomeWords: Record<Language, OutcomeWords> = { en, de }
