import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'

type Words = {
  empty: string
  tooLong: (most: string) => string
  oneLine: string
  control: string
  webUrl: string
  email: string
  emailNamed: (typed: string) => string
  atMostAddresses: (most: string) => string
  colour: string
  timeZone: string
  slug: string
  timeOfDay: string
  domain: string
  wholeNumber: (least: number, most: number) => string
  oneLimit: string
  bothTimes: string
  sameTimes: string
  noTime: string
  needsCorrectable: string
  other: string
}

const en: Words = {
  empty: 'Please fill this in.',
  tooLong: most => `This is too long: at most ${most} characters.`,
  oneLine: 'This must be one line, without control characters.',
  control: 'This has control characters, which cannot be kept. Please type it again.',
  webUrl: 'This is not a web address. It starts with https:// or http://, such as https://www.example.com/.',
  email: 'This is not an e-mail address. It needs a name, an @ and a domain, such as ana@example.com.',
  emailNamed: typed => `“${typed}” is not an e-mail address. Each line needs one, such as ana@example.com.`,
  atMostAddresses: most => `These are too many: at most ${most} addresses.`,
  colour: 'A colour is # and six digits or letters from a to f, such as #8a1c1c.',
  timeZone: 'This time zone is not known. Choose one such as Europe/London.',
  slug: 'Use lower-case letters, digits and single hyphens, such as morning-brief.',
  timeOfDay: 'This is not a time of day. It has hours and minutes, such as 06:30.',
  domain: 'This is not a domain. It looks like example.com, without an @.',
  wholeNumber: (least, most) => `A whole number from ${sayNumber(least, 'en')} to ${sayNumber(most, 'en')}.`,
  oneLimit: 'Give one limit at least. To lift both, remove the domain.',
  bothTimes: 'Give both times, or none.',
  sameTimes: 'The two times must differ.',
  noTime: 'What comes when there is news has no time. Choose another “How often”, or leave this empty.',
  needsCorrectable: 'Only links that lead over this service can be counted: tick the box above too.',
  other: 'This can’t be taken. Please choose again.',
}

const de: Words = {
  empty: 'Bitte ausfüllen.',
  tooLong: most => `Das ist zu lang: höchstens ${most} Zeichen.`,
  oneLine: 'Das muss eine Zeile sein, ohne Steuerzeichen.',
  control: 'Das enthält Steuerzeichen, die nicht bleiben können. Bitte tippen Sie es neu.',
  webUrl: 'Das ist keine Webadresse. Sie beginnt mit https:// oder http://, etwa https://www.example.com/.',
  email:
    'Das ist keine E-Mail-Adresse. Sie braucht einen Namen, ein @ und eine Domain, etwa ana@example.com.',
  emailNamed: typed => `„${typed}“ ist keine E-Mail-Adresse. Jede Zeile braucht eine, etwa ana@example.com.`,
  atMostAddresses: most => `Das sind zu viele: höchstens ${most} Adressen.`,
  colour: 'Eine Farbe ist # und sechs Ziffern oder Buchstaben von a bis f, etwa #8a1c1c.',
  timeZone: 'Diese Zeitzone gibt es nicht. Wählen Sie eine wie Europe/Berlin.',
  slug: 'Nehmen Sie Kleinbuchstaben, Ziffern und einzelne Bindestriche, etwa morgen-brief.',
  timeOfDay: 'Das ist keine Uhrzeit. Sie hat Stunden und Minuten, etwa 06:30.',
  domain: 'Das ist keine Domain. Sie sieht aus wie example.com, ohne @.',
  wholeNumber: (least, most) => `Eine ganze Zahl von ${sayNumber(least, 'de')} bis ${sayNumber(most, 'de')}.`,
  oneLimit: 'Setzen Sie wenigstens eine Grenze. Um beide aufzuheben, entfernen Sie die Domain.',
  bothTimes: 'Geben Sie beide Zeiten an oder keine.',
  sameTimes: 'Die beiden Zeiten müssen verschieden sein.',
  noTime:
    'Was kommt, wenn es Neues gibt, hat keine Zeit. Wählen Sie ein anderes „Wie oft“, oder lassen Sie das leer.',
  needsCorrectable:
    'Nur Links, die über diesen Dienst führen, lassen sich zählen: kreuzen Sie auch das Kästchen darüber an.',
  other: 'Das geht nicht. Bitte wählen Sie neu.',
}

const words: Record<Language, Words> = { en, de }

// The schemas' own messages are the API's words; these are the same faults, for a person at a form.
const faults: [RegExp, (words: Words, found: RegExpExecArray) => string][] = [
  [/^must not be empty$/, words => words.empty],
  [/^must be at most (\d+) characters$/, (words, [, most]) => words.tooLong(most!)],
  [/^must be one line/, words => words.oneLine],
  [/^must not have control characters$/, words => words.control],
  [/^must be an address that starts with https/, words => words.webUrl],
  [/^must be an e-mail address/, words => words.email],
  [/^must be e-mail addresses, which (.+) is not$/s, (words, [, typed]) => words.emailNamed(typed!)],
  [/^must be at most (\d+) addresses$/, (words, [, most]) => words.atMostAddresses(most!)],
  [/^must be a colour/, words => words.colour],
  [/^must be a zone/, words => words.timeZone],
  [/^must be lower-case letters/, words => words.slug],
  [/^must be a time of day/, words => words.timeOfDay],
  [/^must be a domain/, words => words.domain],
  [
    /^must be a whole number from (\d+) to (\d+)$/,
    (words, [, least, most]) => words.wholeNumber(Number(least), Number(most)),
  ],
  [/^must have one limit/, words => words.oneLimit],
  [/^must be given with the other time/, words => words.bothTimes],
  [/^must be empty for what comes irregularly$/, words => words.noTime],
  [/^must differ from sendsFrom$/, words => words.sameTimes],
  [/^must go with correctable links$/, words => words.needsCorrectable],
]

/** What a schema found wrong with a field, for the person who filled it in. */
export function formFault(language: Language, message: string): string {
  for (const [pattern, say] of faults) {
    const found = pattern.exec(message)
    if (found) return say(words[language], found)
  }
  return words[language].other
}
