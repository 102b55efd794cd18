import type { Language } from '../languages.ts'

const en = {
  title: 'Checks',
  back: 'Back to the digest',
  toSend: 'Send …',
  levels: { good: 'Good', error: 'Fix', warning: 'Look', unchecked: 'Not checked' },
  summary: (errors: number, warnings: number) =>
    [
      errors === 1
        ? '1 thing to fix before it can go'
        : errors
          ? `${errors} things to fix before it can go`
          : '',
      warnings === 1 ? '1 to look at' : warnings ? `${warnings} to look at` : '',
    ]
      .filter(Boolean)
      .join(', '),
  ready: 'Nothing stands in the way.',
  block: (number: number) => `Block ${number}`,
  story: 'The story',
  subject: 'The subject',
  preheader: 'The preheader',
  all: 'All checks, with its links',
  slow: 'Links and the sender’s domain',
  slowHint: 'Each link is asked for, and the DNS for the sender’s domain: ten seconds at most.',
  check: 'Check them now',
  again: 'Check them again',
  checking: 'They are being checked …',
  linksGood: (count: number) =>
    count === 1 ? 'The link in it is there.' : `The ${count} links in it are there.`,
  noLinks: 'There is no link in it yet.',
  domainGood: (domains: string) => `SPF, DKIM and DMARC of ${domains} are in order.`,
  domainUnsigned: (domains: string) => `SPF and DMARC of ${domains} are in order.`,
  mailbox: 'The sender’s domain is not looked at: nothing leaves this machine.',
  noSender: 'The sender’s domain is not looked at: no sender is set.',
}

export type PreflightWords = typeof en

const de: PreflightWords = {
  title: 'Prüfung',
  back: 'Zurück zur Ausgabe',
  toSend: 'Senden …',
  levels: { good: 'Gut', error: 'Beheben', warning: 'Prüfen', unchecked: 'Ungeprüft' },
  summary: (errors, warnings) =>
    [errors ? `${errors} zu beheben, bevor sie hinausgeht` : '', warnings ? `${warnings} zu prüfen` : '']
      .filter(Boolean)
      .join(', '),
  ready: 'Nichts steht im Weg.',
  block: number => `Baustein ${number}`,
  story: 'Der Artikel',
  subject: 'Der Betreff',
  preheader: 'Die Vorschauzeile',
  all: 'Alle Prüfungen, auch der Links',
  slow: 'Links und die Domain des Absenders',
  slowHint:
    'Jeder Link wird aufgerufen und das DNS nach der Domain des Absenders gefragt: höchstens zehn Sekunden.',
  check: 'Jetzt prüfen',
  again: 'Noch einmal prüfen',
  checking: 'Sie werden gerade geprüft …',
  linksGood: count => (count === 1 ? 'Der Link darin ist da.' : `Die ${count} Links darin sind da.`),
  noLinks: 'Noch steht kein Link darin.',
  domainGood: domains => `SPF, DKIM und DMARC von ${domains} sind in Ordnung.`,
  domainUnsigned: domains => `SPF und DMARC von ${domains} sind in Ordnung.`,
  mailbox: 'Nach der Domain des Absenders wird nicht gesehen: Nichts verlässt diesen Rechner.',
  noSender: 'Nach der Domain des Absenders wird nicht gesehen: Es gibt noch keinen Absender.',
}

/** Words of the checks of a digest; what they find is said by `sayFound`. */
export const preflightWords: Record<Language, PreflightWords> = { en, de }
