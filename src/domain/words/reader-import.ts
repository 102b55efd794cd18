import type { Language } from '../languages.ts'

const en = {
  title: 'Import readers',
  intro:
    'A CSV file with the columns email and name; others are kept as attributes. An import only adds: whoever left or is suppressed stays away, and is reported with the row.',
  file: 'CSV file',
  fileHint: '16 MB at most; larger ones by the command line: npx broadsheet subscribers import.',
  newsletter: 'They get',
  consent: 'Where their consent came from',
  consentHint:
    'Kept as the proof, in your words: “Form on our old site, 2019 to 2024, list export of 3 May”.',
  update: 'Also take names and attributes of readers who are here already',
  try: 'Try it first',
  act: 'Import',
  noNewsletter: 'Add a newsletter first: readers are imported into one.',
  noFile: 'Choose a file.',
  noConsent: 'Say where their consent came from: without it nobody may be written to.',
  tried: 'A try: nothing was written. Choose the file again to import it.',
  done: 'The import is done.',
  report: {
    rows: 'Rows',
    added: 'Added',
    already: 'Here already',
    updated: 'Updated',
    refused: 'Refused',
  },
  refusedCaption: 'Rows that were refused',
  row: 'Row',
  reason: 'Reason',
  more: (count: string) => `and ${count} more`,
}

export type ReaderImportWords = typeof en

const de: ReaderImportWords = {
  title: 'Leser importieren',
  intro:
    'Eine CSV-Datei mit den Spalten email und name; andere bleiben als Eigenschaften erhalten. Ein Import fügt nur hinzu: wer sich abgemeldet hat oder gesperrt ist, bleibt fort und steht mit seiner Zeile im Bericht.',
  file: 'CSV-Datei',
  fileHint: 'Höchstens 16 MB; größere auf der Kommandozeile: npx broadsheet subscribers import.',
  newsletter: 'Sie bekommen',
  consent: 'Woher ihre Einwilligung kommt',
  consentHint:
    'Wird als Nachweis aufbewahrt, in Ihren Worten: „Formular der alten Website, 2019 bis 2024, Ausgabe vom 3. Mai“.',
  update: 'Auch Namen und Eigenschaften von Lesern übernehmen, die schon hier sind',
  try: 'Erst probieren',
  act: 'Importieren',
  noNewsletter: 'Legen Sie zuerst einen Newsletter an: Leser werden in einen importiert.',
  noFile: 'Wählen Sie eine Datei.',
  noConsent: 'Sagen Sie, woher die Einwilligung kommt: ohne sie darf niemand Post bekommen.',
  tried: 'Eine Probe: nichts wurde geschrieben. Zum Importieren wählen Sie die Datei noch einmal.',
  done: 'Der Import ist fertig.',
  report: {
    rows: 'Zeilen',
    added: 'Neu',
    already: 'Schon hier',
    updated: 'Geändert',
    refused: 'Abgewiesen',
  },
  refusedCaption: 'Abgewiesene Zeilen',
  row: 'Zeile',
  reason: 'Grund',
  more: count => `und ${count} weitere`,
}

/** Importing readers from a file. */
export const readerImportWords: Record<Language, ReaderImportWords> = { en, de }
