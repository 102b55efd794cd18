import type { Language } from '../languages.ts'

const en = {
  asked: 'Asked',
  confirmed: 'Confirmed',
  share: 'Share',
  shareLong: 'Share that confirmed',
  waiting: 'Not confirmed yet',
  refused: 'No mail sent',
  objected: 'Said it was not them',
  time: 'From the request to the confirmation, in the middle',
  minutes: (count: number) => (count === 1 ? '1 minute' : `${count} minutes`),
  hours: (count: number) => (count === 1 ? '1 hour' : `${count} hours`),
  seconds: (count: number) => (count === 1 ? '1 second' : `${count} seconds`),
  byNewsletter: 'By newsletter',
  byDay: 'By day',
  day: 'Day',
  each: 'Each request',
  more: 'More than 50,000 have asked: these are the numbers of the newest 50,000.',
  masked: 'Lists show editors no addresses; a reader’s page does.',
}

export type SignUpNumberWords = typeof en

const de: SignUpNumberWords = {
  asked: 'Angefragt',
  confirmed: 'Bestätigt',
  share: 'Anteil',
  shareLong: 'Anteil, der bestätigt hat',
  waiting: 'Noch nicht bestätigt',
  refused: 'Keine Mail verschickt',
  objected: 'Sagten, es war jemand anderes',
  time: 'Von der Anfrage bis zur Bestätigung, in der Mitte',
  minutes: count => (count === 1 ? '1 Minute' : `${count} Minuten`),
  hours: count => (count === 1 ? '1 Stunde' : `${count} Stunden`),
  seconds: count => (count === 1 ? '1 Sekunde' : `${count} Sekunden`),
  byNewsletter: 'Je Newsletter',
  byDay: 'Je Tag',
  day: 'Tag',
  each: 'Jede Anfrage',
  more: 'Mehr als 50.000 haben angefragt: dies sind die Zahlen der neuesten 50.000.',
  masked: 'Listen zeigen der Redaktion keine Adressen; die Seite eines Lesers zeigt sie.',
}

export const signUpNumberWords: Record<Language, SignUpNumberWords> = { en, de }
