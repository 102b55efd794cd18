import type { UnknownPolicy } from '../failure-rules.ts'
import type { Language } from '../languages.ts'

const en = {
  title: 'When something fails',
  pauses: 'A dispatch pauses by itself',
  pausesHint:
    'When more than this share of its readers could not be reached, once so many were tried, it stops and asks an editor. At 100 percent it never does.',
  share: 'Percent that failed',
  least: 'Readers tried first',
  unknown: 'A mail that was on the wire at a crash',
  unknownHint: 'Nobody knows whether it arrived. Holds for digests that are sent or scheduled from now on.',
  policies: {
    retry: { label: 'Send it again', hint: 'A few readers may get it twice; none goes without.' },
    hold: {
      label: 'Ask an editor',
      hint: 'It stays “unknown” in the digest’s numbers. Nobody gets it twice; a few may go without.',
    },
  } satisfies Record<UnknownPolicy, { label: string; hint: string }>,
  days: 'Days for which it is kept who got what',
  daysHint: 'From 7 to 3,650. After that only numbers remain. Your privacy page says the same.',
  save: 'Save',
  saved: 'Saved. The privacy page says so too.',
  failed: 'Nothing was saved: some fields below need another look.',
}

export type FailureRuleWords = typeof en

const de: FailureRuleWords = {
  title: 'Wenn etwas scheitert',
  pauses: 'Ein Versand hält von selbst an',
  pausesHint:
    'Sind mehr als so viel Prozent seiner Leser nicht zu erreichen, nachdem es bei so vielen versucht wurde, hält er an und fragt einen Redakteur. Bei 100 Prozent nie.',
  share: 'Prozent gescheitert',
  least: 'Zuvor versuchte Leser',
  unknown: 'Eine Mail, die bei einem Absturz gerade hinausging',
  unknownHint: 'Niemand weiß, ob sie ankam. Gilt für Ausgaben, die ab jetzt gesendet oder geplant werden.',
  policies: {
    retry: {
      label: 'Noch einmal senden',
      hint: 'Einige Leser bekommen sie vielleicht zweimal; keiner gar nicht.',
    },
    hold: {
      label: 'Einen Redakteur fragen',
      hint: 'Sie bleibt in den Zahlen der Ausgabe „unbekannt“. Niemand bekommt sie zweimal; einige vielleicht gar nicht.',
    },
  },
  days: 'Tage, die gespeichert bleibt, wer was bekam',
  daysHint: 'Von 7 bis 3.650. Danach bleiben nur Zahlen. Ihre Datenschutzseite sagt dasselbe.',
  save: 'Speichern',
  saved: 'Gespeichert. Die Datenschutzseite sagt es auch.',
  failed: 'Nichts wurde gespeichert: Unten brauchen einige Felder einen zweiten Blick.',
}

/** Words of what happens when sending fails, and of what is kept about it. */
export const failureRuleWords: Record<Language, FailureRuleWords> = { en, de }
