import type { FeedTrouble } from '../feed.ts'
import type { Language } from '../languages.ts'

type FaultKind = FeedTrouble['kind'] | 'not-a-url' | 'scheme' | 'too-long'

/** Why a feed, or an address that should be one, brought nothing: by kind, with its data. */
export type FeedFault = {
  kind: FaultKind
  status?: number
  host?: string
  scheme?: string
  reason?: string
}

type Words = Record<FaultKind, (fault: FeedFault) => string>

const en: Words = {
  'not-a-url': () => 'This is not a web address. It looks like https://www.example.com/feed.',
  scheme: () => 'Only addresses that start with https:// or http:// can be read.',
  'too-long': () => 'This address is too long: at most 1,000 characters.',
  'blocked-address': ({ host, reason }) =>
    reason === 'credentials'
      ? 'The address has a user name or password in it. Give it without.'
      : `${host} is no public address, so it is not asked. FETCH_ALLOW lets a host through.`,
  'unknown-host': ({ host }) => `There is no site ${host}. Check the spelling.`,
  status: ({ status }) => {
    switch (status) {
      case 410:
        return 'The site says that this feed is gone for good (410). It is asked again only when you say so.'
      case 404:
        return 'The site knows nothing at this address (404). Check it.'
      case 401:
      case 403:
        return `The site does not let us read it (${status}).`
      case 429:
      case 503:
        return `The site asks us to wait (${status}).`
      default:
        return `The site answered with an error (${status}).`
    }
  },
  'no-feed': () => 'No feed is to be found there: neither RSS nor Atom nor JSON Feed.',
  'too-large': () => 'The feed is larger than 5 MB. Ask for one with fewer stories.',
  timeout: () => 'The site did not answer within 10 seconds.',
  unreachable: ({ host, reason }) =>
    reason === 'too-many-redirects' || reason === 'bad-redirect'
      ? `${host} sends us from one address to the next, and to no feed.`
      : host
        ? `${host} could not be reached.`
        : 'The site sends us to an address that is no web address.',
}

const de: Words = {
  'not-a-url': () => 'Das ist keine Webadresse. Sie sieht aus wie https://www.example.com/feed.',
  scheme: () => 'Nur Adressen, die mit https:// oder http:// beginnen, können gelesen werden.',
  'too-long': () => 'Diese Adresse ist zu lang: höchstens 1.000 Zeichen.',
  'blocked-address': ({ host, reason }) =>
    reason === 'credentials'
      ? 'Die Adresse enthält einen Namen oder ein Passwort. Geben Sie sie ohne an.'
      : `${host} ist keine öffentliche Adresse und wird nicht gefragt. FETCH_ALLOW lässt einen Rechner zu.`,
  'unknown-host': ({ host }) => `Es gibt keine Site ${host}. Prüfen Sie die Schreibweise.`,
  status: ({ status }) => {
    switch (status) {
      case 410:
        return 'Die Site sagt, dass es diesen Feed nicht mehr gibt (410). Er wird erst wieder gefragt, wenn Sie es sagen.'
      case 404:
        return 'Die Site kennt unter dieser Adresse nichts (404). Prüfen Sie sie.'
      case 401:
      case 403:
        return `Die Site lässt uns ihn nicht lesen (${status}).`
      case 429:
      case 503:
        return `Die Site bittet uns zu warten (${status}).`
      default:
        return `Die Site antwortete mit einem Fehler (${status}).`
    }
  },
  'no-feed': () => 'Dort ist kein Feed zu finden: weder RSS noch Atom noch JSON Feed.',
  'too-large': () => 'Der Feed ist größer als 5 MB. Bitten Sie um einen mit weniger Artikeln.',
  timeout: () => 'Die Site hat nicht innerhalb von 10 Sekunden geantwortet.',
  unreachable: ({ host, reason }) =>
    reason === 'too-many-redirects' || reason === 'bad-redirect'
      ? `${host} schickt uns von einer Adresse zur nächsten, und zu keinem Feed.`
      : host
        ? `${host} war nicht zu erreichen.`
        : 'Die Site schickt uns zu etwas, das keine Webadresse ist.',
}

/** A sentence for the list of feeds, or for the field where the address was typed. */
export const feedFault = (language: Language, fault: FeedFault): string =>
  ({ en, de })[language][fault.kind](fault)
