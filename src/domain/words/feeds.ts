import type { Language } from '../languages.ts'

const en = {
  title: 'Feeds',
  intro:
    'What your site publishes comes by itself: each feed is asked every 15 minutes, or as often as it likes.',
  back: 'All stories',
  caption: 'Feeds, by name',
  columns: { feed: 'Feed', state: 'State', section: 'Section', stories: 'Stories', actions: 'Actions' },
  emptyTitle: 'No feeds yet',
  empty:
    'Give the address of your site, or of one of its feeds. Its newest 30 stories come at once, others as they appear.',
  emptyForWriters: 'An editor can add the feeds of your site; then its stories come by themselves.',
  states: { good: 'Answers', waiting: 'New', trouble: 'Trouble', stopped: 'Stopped' },
  answered: 'Answered',
  neverAnswered: 'It has never answered.',
  next: 'Asked again',
  soon: 'in a moment',
  byCategory: 'By category',
  check: 'Check now',
  checkNamed: (name: string) => `Check now: ${name}`,
  change: 'Change',
  changeNamed: (name: string) => `Change ${name}`,
  addTitle: 'Add a feed',
  url: 'Address of a feed or of a page',
  urlHint: 'RSS, Atom or JSON Feed; or a page, whose feeds are then looked for.',
  section: 'Section',
  sectionHint: 'What its stories are filed under from now on. Empty: the first category that each story has.',
  add: 'Add feed',
  choose: 'This page has several feeds. Which one?',
  anotherAddress: 'Another address',
  editTitle: 'Change feed',
  save: 'Save',
  wrong: 'Not saved yet: a field needs another look.',
  notAdded: 'Not added yet: a field needs another look.',
  removeTitle: 'Remove this feed',
  removeText: 'It is not asked any more. The stories that it brought stay.',
  remove: 'Remove feed',
  added: (name: string, stories: number) =>
    `${name} is added, with ${stories === 1 ? 'one story' : `${stories} stories`}.`,
  checked: (name: string, stories: number) =>
    stories === 0
      ? `${name} has nothing new.`
      : `${name} has brought ${stories === 1 ? 'one new story' : `${stories} new stories`}.`,
  failed: (name: string) => `${name} brought nothing.`,
  justChecked: (name: string) => `${name} was asked within the last half minute. Try again in a moment.`,
  saved: (name: string) => `${name} is changed. Stories that came before keep their section.`,
  known: (name: string) => `${name} is here already.`,
  removed: (name: string) => `${name} is removed. Its stories stay.`,
  putBack: 'Put it back',
}

export type FeedWords = typeof en

const de: FeedWords = {
  title: 'Feeds',
  intro:
    'Was Ihre Site veröffentlicht, kommt von selbst: Jeder Feed wird alle 15 Minuten gefragt, oder so oft er es wünscht.',
  back: 'Alle Artikel',
  caption: 'Feeds, nach Namen',
  columns: { feed: 'Feed', state: 'Stand', section: 'Ressort', stories: 'Artikel', actions: 'Aktionen' },
  emptyTitle: 'Noch keine Feeds',
  empty:
    'Geben Sie die Adresse Ihrer Site an, oder die eines ihrer Feeds. Die neuesten 30 Artikel kommen sofort, andere, sobald sie erscheinen.',
  emptyForWriters:
    'Wer Ausgaben versenden darf, kann die Feeds Ihrer Site hinzufügen; dann kommen ihre Artikel von selbst.',
  states: { good: 'Antwortet', waiting: 'Neu', trouble: 'Gestört', stopped: 'Angehalten' },
  answered: 'Antwort',
  neverAnswered: 'Er hat noch nie geantwortet.',
  next: 'Nächste Frage',
  soon: 'gleich',
  byCategory: 'Nach Kategorie',
  check: 'Jetzt fragen',
  checkNamed: name => `Jetzt fragen: ${name}`,
  change: 'Ändern',
  changeNamed: name => `${name} ändern`,
  addTitle: 'Feed hinzufügen',
  url: 'Adresse eines Feeds oder einer Seite',
  urlHint: 'RSS, Atom oder JSON Feed; oder eine Seite, deren Feeds dann gesucht werden.',
  section: 'Ressort',
  sectionHint: 'Unter was seine Artikel von jetzt an stehen. Leer: die erste Kategorie, die ein Artikel hat.',
  add: 'Feed hinzufügen',
  choose: 'Diese Seite hat mehrere Feeds. Welcher ist es?',
  anotherAddress: 'Andere Adresse',
  editTitle: 'Feed ändern',
  save: 'Sichern',
  wrong: 'Noch nicht gesichert: Ein Feld braucht einen zweiten Blick.',
  notAdded: 'Noch nicht hinzugefügt: Ein Feld braucht einen zweiten Blick.',
  removeTitle: 'Diesen Feed entfernen',
  removeText: 'Er wird nicht mehr gefragt. Die Artikel, die er gebracht hat, bleiben.',
  remove: 'Feed entfernen',
  added: (name, stories) =>
    `${name} ist hinzugefügt, mit ${stories === 1 ? 'einem Artikel' : `${stories} Artikeln`}.`,
  checked: (name, stories) =>
    stories === 0
      ? `${name} hat nichts Neues.`
      : `${name} hat ${stories === 1 ? 'einen neuen Artikel' : `${stories} neue Artikel`} gebracht.`,
  failed: name => `${name} hat nichts gebracht.`,
  justChecked: name =>
    `${name} wurde in der letzten halben Minute gefragt. Versuchen Sie es gleich noch einmal.`,
  saved: name => `${name} ist geändert. Artikel, die vorher kamen, behalten ihr Ressort.`,
  known: name => `${name} ist schon hier.`,
  removed: name => `${name} ist entfernt. Seine Artikel bleiben.`,
  putBack: 'Wieder hinzufügen',
}

export const feedWords: Record<Language, FeedWords> = { en, de }
