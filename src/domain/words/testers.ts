import type { Language } from '../languages.ts'

const en = {
  title: 'Testers',
  intro: 'They get a test of a digest together. A test says so in its subject, and its links change nothing.',
  label: 'Addresses',
  hint: 'One a line, 20 at most. They need no account here.',
  save: 'Save the list',
  saved: 'Saved.',
  failed: 'Nothing was saved: the list needs another look.',
}

export const testerWords: Record<Language, typeof en> = {
  en,
  de: {
    title: 'Tester',
    intro:
      'Sie bekommen zusammen einen Test einer Ausgabe. Ein Test sagt es im Betreff, und seine Links ändern nichts.',
    label: 'Adressen',
    hint: 'Eine je Zeile, höchstens 20. Ein Konto hier brauchen sie nicht.',
    save: 'Liste speichern',
    saved: 'Gespeichert.',
    failed: 'Nichts wurde gespeichert: Die Liste braucht einen zweiten Blick.',
  },
}
