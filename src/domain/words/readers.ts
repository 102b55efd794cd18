import type { Language } from '../languages.ts'

const en = {
  title: 'Readers',
  tabs: {
    label: 'Readers',
    list: 'Readers',
    signUps: 'Sign-ups',
    growth: 'Growth',
    suppressions: 'Suppressed',
    import: 'Import',
  },
  all: (count: string) => `${count} readers`,
  counts: {
    reading: 'Get at least one newsletter',
    none: 'Get none any more',
    waiting: 'Asked, and have not confirmed yet',
    suppressed: 'Suppressed addresses',
  },
  onlyNumbers: 'Writers see numbers. Whose they are is shown to editors and owners.',
  newsletter: 'Newsletter',
  removedNewsletter: 'Removed newsletter',
  every: 'Every newsletter',
  find: 'Find',
  caption: 'Readers, the newest first',
  nothing: 'No reader here',
  noneYet: 'Readers sign up on the front page and confirm by mail; then they stand here.',
  address: 'Address',
  name: 'Name',
  gets: 'Gets',
  getsNothing: 'nothing',
  since: 'Since',
  suppressed: 'Suppressed',
  export: 'Export as CSV',
  add: 'Add a reader',
  cancel: 'Cancel',
}

export type ReaderWords = typeof en

const de: ReaderWords = {
  title: 'Leser',
  tabs: {
    label: 'Leser',
    list: 'Leser',
    signUps: 'Anmeldungen',
    growth: 'Wachstum',
    suppressions: 'Gesperrt',
    import: 'Import',
  },
  all: count => `${count} Leser`,
  counts: {
    reading: 'Bekommen mindestens einen Newsletter',
    none: 'Bekommen keinen mehr',
    waiting: 'Haben gefragt und noch nicht bestätigt',
    suppressed: 'Gesperrte Adressen',
  },
  onlyNumbers: 'Autoren sehen Zahlen. Um wen es geht, sehen Redakteure und Inhaber.',
  newsletter: 'Newsletter',
  removedNewsletter: 'Entfernter Newsletter',
  every: 'Jeder Newsletter',
  find: 'Suchen',
  caption: 'Leser, die neuesten zuerst',
  nothing: 'Hier ist kein Leser',
  noneYet: 'Leser melden sich auf der Startseite an und bestätigen per Mail; dann stehen sie hier.',
  address: 'Adresse',
  name: 'Name',
  gets: 'Bekommt',
  getsNothing: 'nichts',
  since: 'Seit',
  suppressed: 'Gesperrt',
  export: 'Als CSV ausgeben',
  add: 'Leser hinzufügen',
  cancel: 'Abbrechen',
}

/** The list of readers, and what its pages share. */
export const readerWords: Record<Language, ReaderWords> = { en, de }
