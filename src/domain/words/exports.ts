import type { Language } from '../languages.ts'

const en = {
  /** On every page before addresses are given away. */
  noted: 'It stands in the access log with your name, and all owners get a mail about it.',
  cancel: 'Cancel',
  readers: {
    title: 'Export all readers',
    text: (count: string) =>
      `A CSV file with the addresses, names, newsletters and attributes of all ${count} readers. Keep it where only those see it who must, and delete it when it has done its work.`,
    act: (count: string) => `Export ${count} readers`,
  },
  reader: {
    title: (address: string) => `Export the data of ${address}`,
    text: 'A JSON file with all that is kept about this reader: subscriptions, proofs of consent, what was sent. Readers can fetch the same themselves, in their preferences.',
    act: 'Export the data',
  },
  failures: {
    title: 'Export those who were not reached',
    text: 'A CSV file with the addresses of the readers who are listed, and what their servers said.',
    act: 'Export the list',
  },
}

export type ExportWords = typeof en

const de: ExportWords = {
  noted: 'Es steht mit Ihrem Namen im Zugriffsprotokoll, und alle Inhaber bekommen eine Mail darüber.',
  cancel: 'Abbrechen',
  readers: {
    title: 'Alle Leser exportieren',
    text: count =>
      `Eine CSV-Datei mit Adressen, Namen, Newslettern und Angaben aller ${count} Leser. Bewahren Sie sie dort auf, wo sie nur sieht, wer muss, und löschen Sie sie, wenn sie ihren Dienst getan hat.`,
    act: count => `${count} Leser exportieren`,
  },
  reader: {
    title: address => `Die Daten von ${address} exportieren`,
    text: 'Eine JSON-Datei mit allem, was über diesen Leser gespeichert ist: Abonnements, Nachweise der Einwilligung, was verschickt wurde. Leser bekommen dasselbe selbst in ihren Einstellungen.',
    act: 'Daten exportieren',
  },
  failures: {
    title: 'Nicht erreichte Leser exportieren',
    text: 'Eine CSV-Datei mit den Adressen der Leser, die hier stehen, und dem, was deren Server sagten.',
    act: 'Liste exportieren',
  },
}

/** Words of the pages on which an owner exports addresses. */
export const exportWords: Record<Language, ExportWords> = { en, de }
