import type { Language } from '../languages.ts'
import type { PlanMode } from '../plan.ts'

const en = {
  newTitle: 'New plan',
  editTitle: (name: string) => `Change ${name}`,
  failed: 'Nothing was saved: some fields need another look.',
  name: 'Name of the plan',
  nameHint: 'For this workspace; readers never see it.',
  when: 'When',
  days: 'On these days',
  time: 'Time',
  timeZone: 'Time zone',
  timeHint:
    'By the clock of that zone, in summer and winter. Where the clocks skip the hour it goes at the first minute after it; where they show it twice, at the first.',
  mode: 'What becomes of an edition',
  modes: {
    sends: 'It goes out by itself',
    waits: 'It waits for somebody',
  } satisfies Record<PlanMode, string>,
  modeHints: {
    sends: 'Editors get it by mail 30 minutes before, with a page to stop it.',
    waits: 'Editors are told 30 minutes before. It goes out when one of them sends it.',
  } satisfies Record<PlanMode, string>,
  approval:
    'A newsletter that needs approval keeps needing it: such an edition always waits for a second person.',
  newsletters: 'Goes to',
  noNewsletters: 'There is no newsletter yet.',
  says: 'What it says',
  subject: 'Subject',
  subjectHint: 'With {{ date }} for the day, such as “Monday 22 June 2026”.',
  preheader: 'Preheader',
  preheaderHint: 'The line after the subject; {{ date }} works here too.',
  blocks: 'Blocks',
  blocksHint:
    'Newest stories are found when the edition is made: those that its readers have not had yet. A section without any is left out.',
  noBlocks: 'Nothing in it yet. Add newest stories first.',
  save: 'Save the plan',
  cancel: 'Cancel',
  errors: {
    weekdays: 'Choose one day at least.',
    newsletters: 'Choose one newsletter at least.',
    gone: 'One of these newsletters is not there any more. Choose again.',
    code: 'Only {{ date }} can be filled in here. Remove the other braces.',
    blocks: 'It needs one block at least: newest stories, most likely.',
    mode: 'Choose one of the two.',
  },
  from: {
    title: 'Start from a digest',
    hint: 'Its headings and texts are taken over. Its stories become places that fill themselves with as many of the same section; paid stories are left out.',
    label: 'Digest',
    none: 'Start empty',
    act: 'Start',
  },
}

export type PlanFormWords = typeof en

const de: PlanFormWords = {
  newTitle: 'Neuer Plan',
  editTitle: name => `${name} ändern`,
  failed: 'Nichts wurde gespeichert: einige Felder brauchen einen zweiten Blick.',
  name: 'Name des Plans',
  nameHint: 'Für diese Redaktion; Leser sehen ihn nie.',
  when: 'Wann',
  days: 'An diesen Tagen',
  time: 'Uhrzeit',
  timeZone: 'Zeitzone',
  timeHint:
    'Nach der Uhr dieser Zone, im Sommer wie im Winter. Überspringen die Uhren die Stunde, geht sie in der ersten Minute danach hinaus; zeigen sie sie zweimal, beim ersten Mal.',
  mode: 'Was aus einer Ausgabe wird',
  modes: { sends: 'Sie geht von selbst hinaus', waits: 'Sie wartet auf jemanden' },
  modeHints: {
    sends: 'Redakteure bekommen sie 30 Minuten vorher per E-Mail, mit einer Seite zum Stoppen.',
    waits: 'Redakteure erfahren es 30 Minuten vorher. Sie geht hinaus, wenn einer von ihnen sie sendet.',
  },
  approval:
    'Braucht ein Newsletter eine Freigabe, so bleibt es dabei: Eine solche Ausgabe wartet immer auf eine zweite Person.',
  newsletters: 'Geht an',
  noNewsletters: 'Es gibt noch keinen Newsletter.',
  says: 'Was sie sagt',
  subject: 'Betreff',
  subjectHint: 'Mit {{ date }} für den Tag, etwa „Montag, 22. Juni 2026“.',
  preheader: 'Vorschautext',
  preheaderHint: 'Die Zeile nach dem Betreff; auch hier geht {{ date }}.',
  blocks: 'Bausteine',
  blocksHint:
    'Die neuesten Artikel werden gesucht, wenn die Ausgabe gemacht wird: die, die ihre Leser noch nicht hatten. Ein Abschnitt ohne solche bleibt weg.',
  noBlocks: 'Noch nichts darin. Beginnen Sie mit den neuesten Artikeln.',
  save: 'Plan speichern',
  cancel: 'Abbrechen',
  errors: {
    weekdays: 'Wählen Sie wenigstens einen Tag.',
    newsletters: 'Wählen Sie wenigstens einen Newsletter.',
    gone: 'Einen dieser Newsletter gibt es nicht mehr. Wählen Sie neu.',
    code: 'Hier lässt sich nur {{ date }} ausfüllen. Entfernen Sie die anderen Klammern.',
    blocks: 'Er braucht wenigstens einen Baustein: am ehesten die neuesten Artikel.',
    mode: 'Wählen Sie eines von beiden.',
  },
  from: {
    title: 'Mit einer Ausgabe beginnen',
    hint: 'Überschriften und Texte werden übernommen. Aus ihren Artikeln werden Plätze, die sich selbst mit ebenso vielen desselben Ressorts füllen; bezahlte Artikel bleiben weg.',
    label: 'Ausgabe',
    none: 'Leer beginnen',
    act: 'Beginnen',
  },
}

/** The form of a plan, and what a new one starts from. */
export const planFormWords: Record<Language, PlanFormWords> = { en, de }
