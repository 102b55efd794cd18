import type { Language } from './languages.ts'
import type { Cadence } from './newsletter.ts'
import type { LinkWays } from './publication.ts'
import { sayList } from './say-list.ts'

/** What a reader was shown when they decided, as the proof keeps it. */
export type Wording = { text: string; version: string }

export type WordingKind =
  /** Our own sign-up form, beneath its list of newsletters. */
  | 'sign-up'
  /** A form on another site, or a program: its words are not ours, what it asked for is. */
  | 'elsewhere'
  | 'confirm'
  /** The same where links lead over us, and where it is counted how often, too. */
  | 'confirm-correctable'
  | 'confirm-counted'
  | 'join'
  | 'leave'
  /** RFC 8058: no page was shown. */
  | 'one-click'
  | 'undo'
  | 'pause'
  | 'resume'
  | 'address'

type Named = { name: string; cadence: Cadence; schedule: string; carriesAdvertising: boolean }
export type WordingFacts = { publication: string; newsletters: readonly Named[] }

type Sentence = (publication: string, newsletters: string) => string

/**
 * The sentences, each with its version. A changed sentence needs a new number: the version is the proof's name for it
 * (a test holds the texts by their versions).
 */
const sentences: Record<WordingKind, { version: number } & Record<Language, Sentence>> = {
  'sign-up': {
    version: 1,
    en: (publication, newsletters) => `${formPromise.en(publication)} Chosen: ${newsletters}.`,
    de: (publication, newsletters) => `${formPromise.de(publication)} Gewählt: ${newsletters}.`,
  },
  elsewhere: {
    version: 1,
    en: (publication, newsletters) => `A form outside our pages asked ${publication} for: ${newsletters}.`,
    de: (publication, newsletters) =>
      `Ein Formular außerhalb unserer Seiten bestellte bei ${publication}: ${newsletters}.`,
  },
  confirm: {
    version: 1,
    en: (publication, newsletters) =>
      `I want ${newsletters} from ${publication} by mail to this address. Every mail lets me leave with one click.`,
    de: (publication, newsletters) =>
      `Ich möchte ${newsletters} von ${publication} per E-Mail an diese Adresse bekommen. Jede E-Mail lässt mich mit einem Klick abbestellen.`,
  },
  'confirm-correctable': {
    version: 1,
    en: (publication, newsletters) =>
      `I want ${newsletters} from ${publication} by mail to this address. Links to stories lead over ${publication}’s own server, the same for every reader; nothing is stored when I follow one. Every mail lets me leave with one click.`,
    de: (publication, newsletters) =>
      `Ich möchte ${newsletters} von ${publication} per E-Mail an diese Adresse bekommen. Links zu Artikeln führen über den Server von ${publication}, für alle Leser dieselben; es wird nichts gespeichert, wenn ich einen aufrufe. Jede E-Mail lässt mich mit einem Klick abbestellen.`,
  },
  'confirm-counted': {
    version: 1,
    en: (publication, newsletters) =>
      `I want ${newsletters} from ${publication} by mail to this address. Links to stories lead over ${publication}’s own server, the same for every reader; it counts how often each is followed in an hour, and stores nothing about who follows it. Every mail lets me leave with one click.`,
    de: (publication, newsletters) =>
      `Ich möchte ${newsletters} von ${publication} per E-Mail an diese Adresse bekommen. Links zu Artikeln führen über den Server von ${publication}, für alle Leser dieselben; er zählt, wie oft jeder in einer Stunde aufgerufen wird, und speichert nichts darüber, wer ihn aufruft. Jede E-Mail lässt mich mit einem Klick abbestellen.`,
  },
  join: {
    version: 1,
    en: (publication, newsletters) => `${joinPromise.en(publication)} Chosen: ${newsletters}.`,
    de: (publication, newsletters) => `${joinPromise.de(publication)} Gewählt: ${newsletters}.`,
  },
  leave: {
    version: 1,
    en: (publication, newsletters) => `I no longer want ${newsletters} from ${publication}.`,
    de: (publication, newsletters) => `Ich möchte ${newsletters} von ${publication} nicht mehr bekommen.`,
  },
  'one-click': {
    version: 1,
    en: (publication, newsletters) =>
      `List-Unsubscribe=One-Click: no more ${newsletters} from ${publication}.`,
    de: (publication, newsletters) =>
      `List-Unsubscribe=One-Click: kein ${newsletters} mehr von ${publication}.`,
  },
  undo: {
    version: 1,
    en: (publication, newsletters) =>
      `By mistake? For 24 hours you can take ${newsletters} from ${publication} back.`,
    de: (publication, newsletters) =>
      `Aus Versehen? 24 Stunden lang können Sie ${newsletters} von ${publication} zurückholen.`,
  },
  pause: {
    version: 1,
    en: (publication, newsletters) => `Pause ${newsletters} from ${publication} for a while.`,
    de: (publication, newsletters) => `${newsletters} von ${publication} eine Zeit lang aussetzen.`,
  },
  resume: {
    version: 1,
    en: (publication, newsletters) => `Send me ${newsletters} from ${publication} again.`,
    de: (publication, newsletters) => `${newsletters} von ${publication} wieder schicken.`,
  },
  address: {
    version: 1,
    en: publication => `Send everything that I get from ${publication} to this new address from now on.`,
    de: publication =>
      `Alles, was ich von ${publication} bekomme, soll ab jetzt an diese neue Adresse gehen.`,
  },
}

/** What our sign-up form says beneath its list, where cadence and advertising stand beside each newsletter. */
export const formPromise: Record<Language, (publication: string) => string> = {
  en: publication =>
    `${publication} sends you what you choose here, as often as it says beside it. You will get one mail to confirm; nothing else comes before you do. Every mail lets you leave with one click.`,
  de: publication =>
    `${publication} schickt Ihnen, was Sie hier wählen, so oft, wie es daneben steht. Sie bekommen eine E-Mail zum Bestätigen; vorher kommt nichts anderes. Jede E-Mail lässt Sie mit einem Klick abbestellen.`,
}

/** What the preferences say beneath what a reader could join, as `formPromise` does. */
export const joinPromise: Record<Language, (publication: string) => string> = {
  en: publication =>
    `What you choose here comes from ${publication} from its next edition on, as often as it says beside it. Every mail lets you leave with one click.`,
  de: publication =>
    `Was Sie hier wählen, kommt von ${publication} ab der nächsten Ausgabe, so oft, wie es daneben steht. Jede E-Mail lässt Sie mit einem Klick abbestellen.`,
}

/** The words that stand before a reader who decides, with their version: `confirm/en/1`. */
export function wordingOf(kind: WordingKind, language: Language, facts: WordingFacts): Wording {
  const { version, [language]: sentence } = sentences[kind]
  return {
    text: sentence(facts.publication, nameNewsletters(language, facts.newsletters)),
    version: `${kind}/${language}/${version}`,
  }
}

const cadences: Record<Language, Record<Cadence, string>> = {
  en: {
    daily: 'daily',
    weekdays: 'on weekdays',
    weekly: 'weekly',
    monthly: 'monthly',
    irregular: 'now and then',
  },
  de: {
    daily: 'täglich',
    weekdays: 'werktags',
    weekly: 'wöchentlich',
    monthly: 'monatlich',
    irregular: 'ab und zu',
  },
}
const advertising: Record<Language, string> = { en: 'carries advertising', de: 'enthält Werbung' }

function nameNewsletters(language: Language, newsletters: readonly Named[]): string {
  const named = newsletters.map(({ name, cadence, schedule, carriesAdvertising }) => {
    const facts = [
      schedule || cadences[language][cadence],
      ...(carriesAdvertising ? [advertising[language]] : []),
    ]
    return `${name} (${facts.join('; ')})`
  })
  return sayList(named, language)
}

/** What a confirmation is asked in, where links lead so. */
export const confirmWording: Record<LinkWays, WordingKind> = {
  direct: 'confirm',
  correctable: 'confirm-correctable',
  counted: 'confirm-counted',
}
