import type { GrowthRange, GrowthStep } from '../growth.ts'
import type { Language } from '../languages.ts'

const en = {
  title: 'Growth',
  range: 'Time',
  ranges: { month: '30 days', quarter: '3 months', year: '1 year', all: 'All' } satisfies Record<
    GrowthRange,
    string
  >,
  step: 'By',
  steps: { day: 'Day', week: 'Week', month: 'Month' } satisfies Record<GrowthStep, string>,
  newsletter: 'Newsletter',
  any: 'Any newsletter',
  show: 'Show',
  joined: 'Joined',
  gone: 'Left',
  active: 'Read it at the end',
  change: 'Change',
  chart: (newsletter: string) => `Readers of ${newsletter}`,
  chartAny: 'Readers of any newsletter',
  describe: (from: string, to: string, first: string, last: string, joined: string, gone: string) =>
    `From ${from} to ${to} the number of readers went from ${first} to ${last}: ${joined} joined, ${gone} left. The table below has every number.`,
  table: 'Joined and left, the newest first',
  weekFrom: (day: string) => `Week from ${day}`,
  byNewsletter: 'By newsletter, in this time',
  none: 'Nothing counted yet',
  noneText: 'Days are counted while Broadsheet runs, some minutes after readers come and go.',
  counted: 'Counted',
  note: 'A day ends at midnight in the publication’s time zone. Who was erased is in no day that is still corrected: today and yesterday.',
  net: 'Any newsletter',
}

export type GrowthWords = typeof en

const de: GrowthWords = {
  title: 'Wachstum',
  range: 'Zeit',
  ranges: { month: '30 Tage', quarter: '3 Monate', year: '1 Jahr', all: 'Alles' },
  step: 'Je',
  steps: { day: 'Tag', week: 'Woche', month: 'Monat' },
  newsletter: 'Newsletter',
  any: 'Irgendein Newsletter',
  show: 'Zeigen',
  joined: 'Dazugekommen',
  gone: 'Gegangen',
  active: 'Lesen ihn am Ende',
  change: 'Änderung',
  chart: newsletter => `Leser von ${newsletter}`,
  chartAny: 'Leser irgendeines Newsletters',
  describe: (from, to, first, last, joined, gone) =>
    `Vom ${from} bis zum ${to} ging die Zahl der Leser von ${first} auf ${last}: ${joined} kamen dazu, ${gone} gingen. Die Tabelle darunter hat alle Zahlen.`,
  table: 'Dazugekommen und gegangen, das Neueste zuerst',
  weekFrom: day => `Woche ab ${day}`,
  byNewsletter: 'Je Newsletter, in dieser Zeit',
  none: 'Noch nichts gezählt',
  noneText: 'Tage werden gezählt, solange Broadsheet läuft, einige Minuten nachdem Leser kommen und gehen.',
  counted: 'Gezählt',
  note: 'Ein Tag endet um Mitternacht in der Zeitzone der Publikation. Wer gelöscht wurde, fehlt in den Tagen, die noch berichtigt werden: heute und gestern.',
  net: 'Irgendein Newsletter',
}

export const growthWords: Record<Language, GrowthWords> = { en, de }
