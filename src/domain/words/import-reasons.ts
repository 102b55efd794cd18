import type { Language } from '../languages.ts'

// The report of an import is in English for programs; these are its reasons for a person who reads German.
const german: [RegExp, string][] = [
  [/^the row has more cells than there are columns$/, 'die Zeile hat mehr Zellen, als es Spalten gibt'],
  [/^there is no address$/, 'es fehlt eine Adresse'],
  [/^the address is too long$/, 'die Adresse ist zu lang'],
  [/^the address has no @$/, 'der Adresse fehlt das @'],
  [/^the address is malformed$/, 'die Adresse ist falsch geschrieben'],
  [/^the part after the @ is no domain$/, 'was hinter dem @ steht, ist keine Domain'],
  [/^the name is longer than 100 characters$/, 'der Name ist länger als 100 Zeichen'],
  [
    /^a cell has a line break or a control character$/,
    'eine Zelle enthält einen Umbruch oder ein Steuerzeichen',
  ],
  [/^a cell is longer than 1,000 characters$/, 'eine Zelle ist länger als 1.000 Zeichen'],
  [/^a tag is longer than 60 characters$/, 'ein Schlagwort ist länger als 60 Zeichen'],
  [/^there are more than 50 tags$/, 'es sind mehr als 50 Schlagwörter'],
  [/^the address stands in the file before$/, 'die Adresse steht weiter oben schon'],
  [/^the reader left; only they can join again$/, 'hat sich abgemeldet und kann nur selbst wiederkommen'],
  [/^suppressed: mail to it bounced$/, 'gesperrt: Post an die Adresse war unzustellbar'],
  [/^suppressed: the reader complained of spam$/, 'gesperrt: hat uns als Spam gemeldet'],
  [/^suppressed: the reader asked never to be written to$/, 'gesperrt: wollte nie Post von uns'],
  [/^suppressed: the reader had their data erased$/, 'gesperrt: hat die eigenen Daten löschen lassen'],
  [/^suppressed by hand$/, 'von der Redaktion gesperrt'],
  [
    /^the file is empty.*$/s,
    'die Datei ist leer; die erste Zeile muss die Spalten nennen, eine davon „email“',
  ],
  [/^the first row must name.*$/s, 'die erste Zeile muss die Spalten nennen, eine davon „email“'],
  [/^the column (“.*”) is there twice$/, 'die Spalte $1 gibt es zweimal'],
  [
    /^the file is no text; .*$/,
    'die Datei ist kein Text; eine Tabelle muss erst als CSV in UTF-8 gesichert werden',
  ],
  [/^the file can’t be read as CSV: /, 'die Datei lässt sich nicht als CSV lesen: '],
]

/** Why a row, or the whole file, was not imported, for a person. */
export function importReason(language: Language, reason: string): string {
  if (language === 'en') return reason
  const found = german.find(([pattern]) => pattern.test(reason))
  return found ? reason.replace(found[0], found[1]) : reason
}
