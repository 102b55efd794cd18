import type { Language } from '../languages.ts'
import type { PlanRunReason, PlanRunState } from '../plan-run.ts'

const en = {
  title: 'Plans',
  tabs: { label: 'Digests and plans', list: 'Digests', plans: 'Plans' },
  caption: 'Plans, those that run next first',
  intro: 'A plan makes an edition on its days, 30 minutes before its time, from the newest stories.',
  columns: { name: 'Plan', when: 'When', next: 'Next edition', last: 'Last edition' },
  off: 'Off',
  never: 'None yet',
  emptyTitle: 'No plans yet',
  empty:
    'A plan makes a digest by itself: every weekday at 06:30, with the newest stories of these sections. It sends it, or waits for you.',
  emptyForWriters: 'An editor makes the first one.',
  add: 'New plan',
  days: {
    every: 'Every day',
    weekdays: 'Monday to Friday',
    weekend: 'Saturday and Sunday',
  },
  at: (days: string, time: string) => `${days}, ${time}`,
  inZone: (zone: string) => `in ${zone}`,
  states: {
    making: 'Being made',
    made: 'Scheduled',
    waiting: 'Waits',
    sent: 'Sent',
    skipped: 'Skipped',
    blocked: 'Can’t go out',
    unapproved: 'Not sent',
    stopped: 'Stopped',
    asks: 'Asks',
  } satisfies Record<PlanRunState, string>,
  paused: 'Paused',
  reasons: {
    empty: 'There was no story for it.',
    missed: 'Nobody was there to make it.',
    declined: 'An editor skipped it.',
    deleted: 'An editor deleted it.',
  } satisfies Record<PlanRunReason, string>,
  plan: {
    on: 'On',
    edit: 'Change',
    turnOff: 'Turn it off',
    turnOn: 'Turn it on',
    offText: 'It is off: it makes no editions.',
    madeAt: 'It is made:',
    newsletters: 'Goes to',
    subject: 'Subject',
    mode: 'Its editions',
    takes: 'It would take now',
    takesNothing:
      'There is no story for it now. If that stays so, its next edition is skipped, and editors are told.',
    onlyTexts: 'It has no place for newest stories: every edition says the same.',
    runs: 'Its editions',
    runsCaption: 'The editions of this plan, the last first',
    runsNone: 'None yet.',
    columns: { day: 'Day', state: 'State', digest: 'Digest' },
    gone: 'No digest',
    saved: 'Saved. It runs from its next time on; an edition that is made already stays as it is.',
    added: (name: string) => `“${name}” is there, and on.`,
    removed: (name: string) => `The plan “${name}” is gone.`,
    remove: 'Delete this plan',
    stands: (subject: string) =>
      `“${subject}” is made and scheduled. It stays as it is, whatever you change here. Stop it on its own page.`,
  },
  removing: {
    title: (name: string) => `Delete the plan “${name}”?`,
    text: 'It makes no editions any more, and its list of editions goes. The digests that it made stay.',
    scheduled: (subject: string) =>
      `“${subject}” is scheduled and goes out all the same. Stop it first, if it should not.`,
    see: 'See that edition',
    act: 'Delete the plan',
    keep: 'Keep it',
  },
}

export type PlanWords = typeof en

const de: PlanWords = {
  title: 'Pläne',
  tabs: { label: 'Ausgaben und Pläne', list: 'Ausgaben', plans: 'Pläne' },
  caption: 'Pläne, die nächsten zuerst',
  intro: 'Ein Plan macht an seinen Tagen eine Ausgabe, 30 Minuten vor ihrer Zeit, aus den neuesten Artikeln.',
  columns: { name: 'Plan', when: 'Wann', next: 'Nächste Ausgabe', last: 'Letzte Ausgabe' },
  off: 'Aus',
  never: 'Noch keine',
  emptyTitle: 'Noch keine Pläne',
  empty:
    'Ein Plan macht eine Ausgabe von selbst: an jedem Werktag um 06:30, mit den neuesten Artikeln dieser Ressorts. Er sendet sie, oder er wartet auf Sie.',
  emptyForWriters: 'Den ersten macht ein Redakteur.',
  add: 'Neuer Plan',
  days: { every: 'Täglich', weekdays: 'Montag bis Freitag', weekend: 'Samstag und Sonntag' },
  at: (days, time) => `${days}, ${time} Uhr`,
  inZone: zone => `in ${zone}`,
  states: {
    making: 'Entsteht',
    made: 'Geplant',
    waiting: 'Wartet',
    sent: 'Versandt',
    skipped: 'Entfallen',
    blocked: 'Kann nicht hinaus',
    unapproved: 'Nicht gesendet',
    stopped: 'Gestoppt',
    asks: 'Fragt',
  },
  paused: 'Angehalten',
  reasons: {
    empty: 'Es gab keinen Artikel dafür.',
    missed: 'Niemand war da, um sie zu machen.',
    declined: 'Ein Redakteur hat sie ausgelassen.',
    deleted: 'Ein Redakteur hat sie gelöscht.',
  },
  plan: {
    on: 'An',
    edit: 'Ändern',
    turnOff: 'Ausschalten',
    turnOn: 'Einschalten',
    offText: 'Er ist aus: Er macht keine Ausgaben.',
    madeAt: 'Gemacht wird sie:',
    newsletters: 'Geht an',
    subject: 'Betreff',
    mode: 'Seine Ausgaben',
    takes: 'Jetzt nähme er',
    takesNothing:
      'Jetzt gibt es keinen Artikel dafür. Bleibt das so, entfällt seine nächste Ausgabe, und Redakteure erfahren es.',
    onlyTexts: 'Er hat keinen Platz für neueste Artikel: Jede Ausgabe sagt dasselbe.',
    runs: 'Seine Ausgaben',
    runsCaption: 'Die Ausgaben dieses Plans, die letzten zuerst',
    runsNone: 'Noch keine.',
    columns: { day: 'Tag', state: 'Stand', digest: 'Ausgabe' },
    gone: 'Keine Ausgabe',
    saved:
      'Gespeichert. Er läuft ab seiner nächsten Zeit; eine Ausgabe, die schon gemacht ist, bleibt, wie sie ist.',
    added: name => `„${name}“ ist da und eingeschaltet.`,
    removed: name => `Der Plan „${name}“ ist gelöscht.`,
    remove: 'Diesen Plan löschen',
    stands: subject =>
      `„${subject}“ ist gemacht und geplant. Sie bleibt, wie sie ist, was Sie hier auch ändern. Stoppen Sie sie auf ihrer eigenen Seite.`,
  },
  removing: {
    title: name => `Den Plan „${name}“ löschen?`,
    text: 'Er macht keine Ausgaben mehr, und die Liste seiner Ausgaben verschwindet. Die Ausgaben, die er gemacht hat, bleiben.',
    scheduled: subject =>
      `„${subject}“ ist geplant und geht trotzdem hinaus. Stoppen Sie sie zuerst, wenn sie das nicht soll.`,
    see: 'Diese Ausgabe ansehen',
    act: 'Plan löschen',
    keep: 'Behalten',
  },
}

/** The list of plans, and a plan’s own page. */
export const planWords: Record<Language, PlanWords> = { en, de }
