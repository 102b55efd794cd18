import type { Language } from '../languages.ts'
import type { Cadence } from '../newsletter.ts'
import { duration, type LinkWords } from './link-mail.ts'

/** All that digests and mails to readers say by themselves. What editors wrote comes from them. */
export type MailWords = {
  direction: 'ltr' | 'rtl'
  digest: {
    /** Before the reader's name, which stands after it with a space, or is left out. */
    greeting: string
    /** The first line of a paid block (2005/29/EC Annex I no. 11): "sponsored" would be too vague. */
    advertisement: (sponsor: string) => string
    seeAlso: string
    by: (author: string) => string
    readInBrowser: string
    forwarded: string
    signUp: string
    preferences: string
    unsubscribe: string
    why: (newsletter: string, site: string) => string
  }
  confirmation: {
    subject: (publication: string) => string
    intro: (publication: string) => string
    newsletters: (count: number) => string
    button: (count: number) => string
    cadence: Record<Cadence, string>
    advertising: string
    leaving: string
    expires: (hours: number) => string
    ignore: string
    notMe: string
    privacy: string
  }
  preferences: LinkWords
  addressChange: LinkWords
  addressChanged: {
    subject: (publication: string) => string
    text: (publication: string, from: string, to: string) => string
    notYou: string
    button: string
  }
  test: (subject: string) => string
  /** Under a button: the same link to read or copy. */
  linkInFull: string
}

const en: MailWords = {
  direction: 'ltr',
  digest: {
    greeting: 'Hello',
    advertisement: sponsor => `Advertisement · ${sponsor}`,
    seeAlso: 'See also:',
    by: author => (/^by\s/i.test(author) ? author : `By ${author}`),
    readInBrowser: 'Read in browser',
    forwarded: 'Forwarded to you?',
    signUp: 'Sign up',
    preferences: 'Preferences',
    unsubscribe: 'Unsubscribe',
    why: (newsletter, site) => `You get ${newsletter} because you signed up for it at ${site}.`,
  },
  confirmation: {
    subject: publication => `Confirm your sign-up to ${publication}`,
    intro: publication =>
      `Somebody, most likely you, asked for newsletters of ${publication} to be sent to this address. Nothing will be sent until you confirm.`,
    newsletters: count => (count === 1 ? 'What you will get' : `What you will get (${count} newsletters)`),
    button: count =>
      count === 1 ? 'Confirm my sign-up' : count === 2 ? 'Confirm both' : `Confirm all ${count}`,
    cadence: {
      daily: 'every day',
      weekdays: 'Monday to Friday',
      weekly: 'once a week',
      monthly: 'once a month',
      irregular: 'when there is news',
    },
    advertising: 'carries labelled advertising',
    leaving: 'Every edition has a link to leave with one click.',
    expires: hours => `The link works for ${hours} hours.`,
    ignore: 'If you did not ask for this, do nothing: you will hear no more of it.',
    notMe: 'This wasn’t me, never write again',
    privacy: 'How we handle your data',
  },
  preferences: {
    subject: publication => `Your preferences at ${publication}`,
    text: publication =>
      `With this link you choose your newsletters of ${publication}, change your name or address, take your data with you, or have it erased.`,
    button: 'Open my preferences',
    valid: minutes => `It works for ${duration(minutes, 'minute', 'hour')}. Do not pass it on.`,
    ignore: 'If you did not ask for it, do nothing. Nothing has changed.',
  },
  addressChange: {
    subject: publication => `Confirm your new address at ${publication}`,
    text: publication =>
      `A reader of ${publication} asked for the newsletters to come to this address from now on. Nothing changes until you confirm.`,
    button: 'Use this address',
    valid: minutes => `The link works for ${duration(minutes, 'minute', 'hour')}.`,
    ignore: 'If you did not ask for this, do nothing: nothing will be sent to you.',
  },
  addressChanged: {
    subject: publication => `Your address at ${publication} was changed`,
    text: (publication, from, to) =>
      `Your newsletters of ${publication} went to ${from} until now. From now on they go to ${to}.`,
    notYou: 'If this was not you, answer this mail: we will change it back.',
    button: 'Open my preferences',
  },
  test: subject => `[Test] ${subject}`,
  linkInFull: 'Or open this link:',
}

const de: MailWords = {
  direction: 'ltr',
  digest: {
    greeting: 'Guten Tag',
    advertisement: sponsor => `Anzeige · ${sponsor}`,
    seeAlso: 'Siehe auch:',
    by: author => (/^von\s/i.test(author) ? author : `Von ${author}`),
    readInBrowser: 'Im Browser lesen',
    forwarded: 'Weitergeleitet bekommen?',
    signUp: 'Anmelden',
    preferences: 'Einstellungen',
    unsubscribe: 'Abmelden',
    why: (newsletter, site) =>
      `Sie erhalten ${newsletter}, weil Sie sich auf ${site} dafür angemeldet haben.`,
  },
  confirmation: {
    subject: publication => `Bitte bestätigen Sie Ihre Anmeldung bei ${publication}`,
    intro: publication =>
      `Jemand, vermutlich Sie selbst, möchte Newsletter von ${publication} an diese Adresse bekommen. Wir schicken nichts, bevor Sie das bestätigen.`,
    newsletters: count => (count === 1 ? 'Das bekommen Sie' : `Das bekommen Sie (${count} Newsletter)`),
    button: count =>
      count === 1 ? 'Anmeldung bestätigen' : count === 2 ? 'Beide bestätigen' : `Alle ${count} bestätigen`,
    cadence: {
      daily: 'täglich',
      weekdays: 'montags bis freitags',
      weekly: 'einmal in der Woche',
      monthly: 'einmal im Monat',
      irregular: 'wenn es Neues gibt',
    },
    advertising: 'enthält gekennzeichnete Werbung',
    leaving: 'In jeder Ausgabe steht ein Link, mit dem Sie sich mit einem Klick abmelden.',
    expires: hours => `Der Link gilt ${hours} Stunden.`,
    ignore: 'Wenn Sie das nicht waren, müssen Sie nichts tun: Sie hören nichts weiter von uns.',
    notMe: 'Das war ich nicht, bitte nie wieder schreiben',
    privacy: 'Wie wir mit Ihren Daten umgehen',
  },
  preferences: {
    subject: publication => `Ihre Einstellungen bei ${publication}`,
    text: publication =>
      `Mit diesem Link wählen Sie Ihre Newsletter von ${publication}, ändern Namen oder Adresse, nehmen Ihre Daten mit oder lassen sie löschen.`,
    button: 'Einstellungen öffnen',
    valid: minutes => `Er gilt ${duration(minutes, 'Minute', 'Stunde', 'n')}. Geben Sie ihn nicht weiter.`,
    ignore: 'Wenn Sie ihn nicht angefordert haben, tun Sie nichts. Es hat sich nichts geändert.',
  },
  addressChange: {
    subject: publication => `Bitte bestätigen Sie Ihre neue Adresse bei ${publication}`,
    text: publication =>
      `Ein Leser von ${publication} möchte die Newsletter von jetzt an unter dieser Adresse bekommen. Nichts ändert sich, bevor Sie das bestätigen.`,
    button: 'Diese Adresse verwenden',
    valid: minutes => `Der Link gilt ${duration(minutes, 'Minute', 'Stunde', 'n')}.`,
    ignore: 'Wenn Sie das nicht waren, müssen Sie nichts tun: Wir schicken Ihnen nichts.',
  },
  addressChanged: {
    subject: publication => `Ihre Adresse bei ${publication} wurde geändert`,
    text: (publication, from, to) =>
      `Ihre Newsletter von ${publication} gingen bisher an ${from}. Von jetzt an gehen sie an ${to}.`,
    notYou: 'Wenn Sie das nicht waren, antworten Sie auf diese Mail: Wir ändern es zurück.',
    button: 'Einstellungen öffnen',
  },
  test: subject => `[Test] ${subject}`,
  linkInFull: 'Oder öffnen Sie diesen Link:',
}

export const mailWords = { en, de } as const satisfies Record<Language, MailWords>
