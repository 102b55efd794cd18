import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'
import type { SuppressionCause } from '../suppression.ts'

const addresses = (count: number) => (count === 1 ? '1 address' : `${sayNumber(count, 'en')} addresses`)

const en = {
  title: 'Suppressed addresses',
  intro:
    'No digest goes to these, whatever their newsletters say. Who bounced or was erased comes back by signing up and confirming; the others only an owner lets back.',
  caption: 'Suppressed addresses, the newest first',
  none: 'No address is suppressed',
  noneText: 'Bounces, complaints and objections stand here when they come.',
  cause: 'Cause',
  causes: {
    bounced: 'Mail bounced',
    complained: 'Complained of spam',
    objected: 'Asked never to be written to',
    erased: 'Erased',
    manual: 'By an editor',
  } satisfies Record<SuppressionCause, string>,
  hashOnly: 'known by its hash only',
  evidence: 'Evidence',
  lift: 'Lift',
  liftLabel: (address: string) => `Lift the suppression of ${address}`,
  add: 'Suppress an address',
  addText:
    'For whoever asked by telephone or letter never to be written to. No digest goes to it from now on.',
  why: 'Why',
  whyHint: 'Kept as the evidence.',
  addAct: 'Suppress the address',
  searches: { all: 'Part of the address', one: 'Whole address' },
  wholeOnly: 'Type the whole address: only owners look for a part of one.',
  domain: 'Domain',
  anyCause: 'Any cause',
  from: 'From',
  to: 'Until',
  noTime: 'This is no day with a time.',
  find: 'Find',
  everything: 'Show all',
  ofDigest: (subject: string) => `Those that “${subject}” brought about.`,
  ofThisDigest: 'Those that one digest brought about.',
  noneFound: 'No suppression fits',
  noneFoundText: 'Look for less, or show all.',
  digest: 'Digest',
  liftAll: (count: number) => `Lift ${addresses(count)} that bounced …`,
  lifting: {
    title: (count: number) => `Lift the suppression of ${addresses(count)}?`,
    text: 'For when a provider refused valid addresses for a while. Their readers get the next digest again, and what they missed can be sent on the page of that digest.',
    others: 'Who complained, objected or was suppressed by an editor stays so: these are lifted one by one.',
    nothing: 'Nothing to lift',
    nothingText: 'No address that bounced fits. Choose a domain, a time or a digest first.',
    which: 'Which',
    act: (count: number) => `Lift ${addresses(count)}`,
    keep: 'Leave them suppressed',
  },
  lifted: (count: number) => `${addresses(count)} may get digests again.`,
}

export type SuppressionWords = typeof en

const adressen = (count: number) => (count === 1 ? '1 Adresse' : `${sayNumber(count, 'de')} Adressen`)

const de: SuppressionWords = {
  title: 'Gesperrte Adressen',
  intro:
    'An diese Adressen geht keine Ausgabe, was auch immer sie bestellt haben. Wer unzustellbar war oder gelöscht wurde, kommt durch Anmelden und Bestätigen zurück; die anderen lässt nur ein Inhaber zurück.',
  caption: 'Gesperrte Adressen, die neuesten zuerst',
  none: 'Keine Adresse ist gesperrt',
  noneText: 'Unzustellbares, Beschwerden und Widersprüche stehen hier, wenn sie kommen.',
  cause: 'Grund',
  causes: {
    bounced: 'Unzustellbar',
    complained: 'Als Spam gemeldet',
    objected: 'Wollte nie Post von uns',
    erased: 'Gelöscht',
    manual: 'Von der Redaktion',
  },
  hashOnly: 'nur als Abdruck bekannt',
  evidence: 'Beleg',
  lift: 'Aufheben',
  liftLabel: address => `Die Sperre von ${address} aufheben`,
  add: 'Eine Adresse sperren',
  addText:
    'Für alle, die am Telefon oder per Brief darum gebeten haben, nie mehr Post zu bekommen. Ab jetzt geht keine Ausgabe an die Adresse.',
  why: 'Warum',
  whyHint: 'Wird als Beleg aufbewahrt.',
  addAct: 'Adresse sperren',
  searches: { all: 'Teil der Adresse', one: 'Ganze Adresse' },
  wholeOnly: 'Geben Sie die ganze Adresse ein: nach einem Teil suchen nur Inhaber.',
  domain: 'Domain',
  anyCause: 'Jeder Grund',
  from: 'Von',
  to: 'Bis',
  noTime: 'Das ist kein Tag mit Uhrzeit.',
  find: 'Suchen',
  everything: 'Alle zeigen',
  ofDigest: subject => `Die durch „${subject}“ entstanden sind.`,
  ofThisDigest: 'Die durch eine Ausgabe entstanden sind.',
  noneFound: 'Keine Sperre passt',
  noneFoundText: 'Suchen Sie nach weniger, oder zeigen Sie alle.',
  digest: 'Ausgabe',
  liftAll: count => `${adressen(count)} mit unzustellbarer Mail freigeben …`,
  lifting: {
    title: count => `Die Sperre von ${adressen(count)} aufheben?`,
    text: 'Für den Fall, dass ein Anbieter eine Zeit lang gültige Adressen abgewiesen hat. Diese Leser bekommen die nächste Ausgabe wieder; was sie verpasst haben, lässt sich auf der Seite jener Ausgabe senden.',
    others:
      'Wer sich beschwert oder widersprochen hat oder von der Redaktion gesperrt wurde, bleibt es: Das wird einzeln aufgehoben.',
    nothing: 'Nichts aufzuheben',
    nothingText:
      'Keine Adresse mit unzustellbarer Mail passt. Wählen Sie zuerst eine Domain, eine Zeit oder eine Ausgabe.',
    which: 'Welche',
    act: count => `${adressen(count)} freigeben`,
    keep: 'Gesperrt lassen',
  },
  lifted: count => `${adressen(count)} ${count === 1 ? 'kann' : 'können'} wieder Ausgaben bekommen.`,
}

export const suppressionWords: Record<Language, SuppressionWords> = { en, de }
