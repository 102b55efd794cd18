import type { Language } from '../languages.ts'

const en = {
  title: 'Add a reader',
  intro:
    'Nothing is sent but one mail that asks for confirmation. Until they press the button in it, they are no reader and get no digest; after 30 days without it their address is forgotten.',
  limits:
    'An address is asked once in ten minutes and three times a day at most, so the mail may take that long.',
  email: 'Their address',
  name: 'Their name',
  nameHint: 'May stay empty.',
  newsletters: 'What they asked for',
  consent: 'Where their consent came from',
  consentHint: 'Kept as the proof, in your words: “Asked for it at the desk of the fair on 3 May”.',
  noConsent: 'Say where their consent came from: without it nobody may be asked.',
  act: 'Ask them to confirm',
  noNewsletter: 'Add a newsletter first, or open one: there is nothing to ask for.',
  barred: (causes: string) =>
    `This address is suppressed (${causes}). Nothing was sent; only an owner lifts that.`,
  reads: 'They read all of these already. Nothing was sent.',
  toReader: 'To their page',
  toSuppressed: 'To the suppressed addresses',
  done: 'They are asked to confirm. Until they do, nothing else is sent.',
}

export type AddingWords = typeof en

const de: AddingWords = {
  title: 'Leser hinzufügen',
  intro:
    'Verschickt wird nur eine Mail, die um Bestätigung bittet. Bis der Knopf darin gedrückt ist, ist niemand Leser und bekommt keine Ausgabe; nach 30 Tagen ohne Bestätigung ist die Adresse vergessen.',
  limits:
    'Eine Adresse wird höchstens einmal in zehn Minuten und dreimal am Tag gefragt; so lange kann die Mail brauchen.',
  email: 'Die Adresse',
  name: 'Der Name',
  nameHint: 'Darf leer bleiben.',
  newsletters: 'Was bestellt wurde',
  consent: 'Woher die Einwilligung kommt',
  consentHint: 'Wird als Nachweis aufbewahrt, in Ihren Worten: „Am 3. Mai am Messestand darum gebeten“.',
  noConsent: 'Sagen Sie, woher die Einwilligung kommt: ohne sie darf niemand gefragt werden.',
  act: 'Um Bestätigung bitten',
  noNewsletter: 'Legen Sie zuerst einen Newsletter an, oder öffnen Sie einen: es gibt nichts zu bestellen.',
  barred: causes =>
    `Diese Adresse ist gesperrt (${causes}). Nichts wurde verschickt; nur ein Inhaber hebt das auf.`,
  reads: 'Das alles kommt schon an. Nichts wurde verschickt.',
  toReader: 'Zur Seite dieses Lesers',
  toSuppressed: 'Zu den gesperrten Adressen',
  done: 'Die Bitte um Bestätigung geht hinaus. Bis zur Bestätigung wird nichts anderes verschickt.',
}

export const addingWords: Record<Language, AddingWords> = { en, de }
