import type { Language } from '../languages.ts'

const en = {
  skip: 'Skip to the text',
  sections: {
    digests: 'Digests',
    stories: 'Stories',
    readers: 'Readers',
    newsletters: 'Newsletters',
    settings: 'Settings',
  },
  workspace: 'Workspace',
  frontPage: 'Front page',
  signOut: 'Sign out',
  newer: 'Newer',
  older: 'Older',
  pages: 'Pages',
  archive: 'Archive',
  feed: 'RSS',
  privacy: 'Privacy',
  optional: 'optional',
  states: { good: 'Good', look: 'Look', fix: 'Fix' },
}

export const commonWords: Record<Language, typeof en> = {
  en,
  de: {
    skip: 'Zum Text',
    sections: {
      digests: 'Ausgaben',
      stories: 'Artikel',
      readers: 'Leser',
      newsletters: 'Newsletter',
      settings: 'Einstellungen',
    },
    workspace: 'Redaktion',
    frontPage: 'Startseite',
    signOut: 'Abmelden',
    newer: 'Neuere',
    older: 'Ältere',
    pages: 'Seiten',
    archive: 'Archiv',
    feed: 'RSS',
    privacy: 'Datenschutz',
    optional: 'freiwillig',
    states: { good: 'Gut', look: 'Prüfen', fix: 'Beheben' },
  },
}
