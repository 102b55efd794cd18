import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'
import type { DomainPauseReason } from '../mail-domain.ts'

const en = {
  title: 'Domains',
  intro:
    'Large providers take so much and no more. What is over a limit waits its turn, and so does what goes to a domain that asked us to wait; everybody else’s mail goes on.',
  caption: 'Domains with a limit or a pause',
  none: 'No domain has a limit: each gets mail as fast as the mail server takes it.',
  domain: 'Domain',
  connections: 'At once',
  perMinute: 'A minute',
  state: 'State',
  actions: 'Actions',
  open: 'Open',
  unlimited: 'no limit',
  pausedUntil: 'Paused until',
  reasons: {
    'slow-down': 'It says we are too many',
    policy: 'It refuses us by its policy',
    'unknown-mailboxes': 'It calls too many readers unknown',
  } satisfies Record<DomainPauseReason, string>,
  unpause: 'End the pause',
  unpauseNamed: (domain: string) => `End the pause of ${domain}`,
  change: 'Change',
  changeNamed: (domain: string) => `Change the limits of ${domain}`,
  remove: 'Remove',
  removeNamed: (domain: string) => `Remove ${domain}`,
  add: 'Limit a domain',
  changing: (domain: string) => `Limits of ${domain}`,
  domainHint: 'What stands behind the @. Subdomains count by themselves.',
  connectionsLabel: 'Connections at once',
  perMinuteLabel: 'Messages a minute',
  most: (most: number) => `From 1 to ${sayNumber(most, 'en')}; empty: no limit.`,
  save: 'Set the limits',
  cancel: 'Limit another domain',
  failed: 'The limits were not set: see the field below.',
  limited: (domain: string) => `The limits of ${domain} hold from the next message on.`,
  unpaused: (domain: string) => `${domain} gets mail again, within a second.`,
  removed: (domain: string) => `${domain} has no limit any more.`,
  undo: (connections: number | null, perMinute: number | null) =>
    `Put back ${[
      ...(connections === null ? [] : [`${sayNumber(connections, 'en')} at once`]),
      ...(perMinute === null ? [] : [`${sayNumber(perMinute, 'en')} a minute`]),
    ].join(', ')}`,
}

export type MailDomainWords = typeof en

const de: MailDomainWords = {
  title: 'Domains',
  intro:
    'Große Anbieter nehmen so viel an und nicht mehr. Was über einer Grenze liegt, wartet, bis es an der Reihe ist, und ebenso, was an eine Domain geht, die um eine Pause bat; die Mails aller anderen gehen weiter.',
  caption: 'Domains mit einer Grenze oder einer Pause',
  none: 'Keine Domain hat eine Grenze: Jede bekommt Mails, so schnell der Mailserver sie nimmt.',
  domain: 'Domain',
  connections: 'Zugleich',
  perMinute: 'Je Minute',
  state: 'Stand',
  actions: 'Aktionen',
  open: 'Offen',
  unlimited: 'ohne Grenze',
  pausedUntil: 'Pause bis',
  reasons: {
    'slow-down': 'Dort heißt es, wir schicken zu viel',
    policy: 'Dort werden wir nach eigenen Regeln abgewiesen',
    'unknown-mailboxes': 'Dort gelten zu viele Leser als unbekannt',
  },
  unpause: 'Pause beenden',
  unpauseNamed: domain => `Pause beenden für ${domain}`,
  change: 'Ändern',
  changeNamed: domain => `Ändern: Grenzen von ${domain}`,
  remove: 'Entfernen',
  removeNamed: domain => `Entfernen: ${domain}`,
  add: 'Eine Domain begrenzen',
  changing: domain => `Grenzen von ${domain}`,
  domainHint: 'Was hinter dem @ steht. Subdomains zählen für sich.',
  connectionsLabel: 'Verbindungen zugleich',
  perMinuteLabel: 'Mails je Minute',
  most: most => `Von 1 bis ${sayNumber(most, 'de')}; leer: ohne Grenze.`,
  save: 'Grenzen setzen',
  cancel: 'Eine andere Domain begrenzen',
  failed: 'Die Grenzen wurden nicht gesetzt: Ein Feld unten braucht einen zweiten Blick.',
  limited: domain => `Die Grenzen von ${domain} gelten ab der nächsten Mail.`,
  unpaused: domain => `${domain} bekommt wieder Mails, binnen einer Sekunde.`,
  removed: domain => `${domain} hat keine Grenze mehr.`,
  undo: (connections, perMinute) =>
    `Zurück zu ${[
      ...(connections === null ? [] : [`${sayNumber(connections, 'de')} zugleich`]),
      ...(perMinute === null ? [] : [`${sayNumber(perMinute, 'de')} je Minute`]),
    ].join(', ')}`,
}

/** Words of what domains take, and of their pauses. */
export const mailDomainWords: Record<Language, MailDomainWords> = { en, de }
