import { clock, sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'
import type { DomainPauseReason } from '../mail-domain.ts'

const en = {
  saved: 'Saved. It holds from the next message on.',
  rules: 'When something fails',
  rulesHint: 'A digest stops by itself and asks when more of what was tried fails than this.',
  failureShare: 'Failures, in percent',
  failureLeast: 'Once so many readers were tried',
  unknownPolicy: 'A message that was on the wire when a sender crashed',
  unknownHint: 'It may have arrived. At most one message for each connection is in doubt.',
  unknownPolicies: { retry: 'is sent again', hold: 'waits until an editor decides' },
  ledgerDays: 'Days for which it is kept who got what',
  ledgerHint: 'After that only numbers remain. The privacy page says it.',
  save: 'Save',
  domains: 'Domains of readers',
  domainsHint:
    'How much a domain takes at once and in a minute, over all senders together. A domain that is slow or paused holds up no other.',
  domainsCaption: 'Domains with a limit or a pause',
  domain: 'Domain',
  connections: 'At once',
  perMinute: 'A minute',
  none: 'No limit',
  state: 'State',
  open: 'Open',
  pausedUntil: (at: Date, zone: string) => `Paused until ${clock(at, zone, 'en')}`,
  reasons: {
    'slow-down': 'It said again and again that this is too much.',
    policy: 'It refuses us by its policy.',
    'unknown-mailboxes': 'It called too many of its readers unknown; none of them was suppressed.',
  } satisfies Record<DomainPauseReason, string>,
  unpause: 'End the pause',
  unpauseLabel: (domain: string) => `End the pause of ${domain}`,
  remove: 'Remove',
  removeLabel: (domain: string) => `Remove the limit of ${domain}`,
  actions: 'Actions',
  add: 'Limit a domain',
  addHint: 'One that is in the list is changed. Leave a number empty for no limit.',
  addAct: 'Set the limit',
  number: (count: number) => sayNumber(count, 'en'),
}

export type SendRulesWords = typeof en

const de: SendRulesWords = {
  saved: 'Gespeichert. Es gilt von der nächsten Nachricht an.',
  rules: 'Wenn etwas scheitert',
  rulesHint: 'Eine Ausgabe hält von selbst an und fragt, wenn mehr von dem scheitert, was versucht wurde.',
  failureShare: 'Gescheiterte, in Prozent',
  failureLeast: 'Sobald so viele Leser versucht wurden',
  unknownPolicy: 'Eine Nachricht, die beim Absturz eines Senders unterwegs war,',
  unknownHint: 'Sie kann angekommen sein. Höchstens eine Nachricht je Verbindung ist im Zweifel.',
  unknownPolicies: { retry: 'wird noch einmal gesandt', hold: 'wartet, bis ein Redakteur entscheidet' },
  ledgerDays: 'Tage, für die gespeichert bleibt, wer was bekam',
  ledgerHint: 'Danach bleiben nur Zahlen. Die Seite zum Datenschutz sagt es.',
  save: 'Speichern',
  domains: 'Domains der Leser',
  domainsHint:
    'Wie viel eine Domain zugleich und in einer Minute nimmt, über alle Sender zusammen. Eine langsame oder ruhende Domain hält keine andere auf.',
  domainsCaption: 'Domains mit einer Grenze oder einer Pause',
  domain: 'Domain',
  connections: 'Zugleich',
  perMinute: 'In der Minute',
  none: 'Ohne Grenze',
  state: 'Zustand',
  open: 'Offen',
  pausedUntil: (at, zone) => `Ruht bis ${clock(at, zone, 'de')}`,
  reasons: {
    'slow-down': 'Sie sagte immer wieder, das sei zu viel.',
    policy: 'Sie weist uns nach ihren Regeln ab.',
    'unknown-mailboxes': 'Sie nannte zu viele ihrer Leser unbekannt; keiner davon wurde gesperrt.',
  },
  unpause: 'Pause beenden',
  unpauseLabel: domain => `Pause von ${domain} beenden`,
  remove: 'Entfernen',
  removeLabel: domain => `Grenze von ${domain} entfernen`,
  actions: 'Aktionen',
  add: 'Eine Domain begrenzen',
  addHint: 'Eine, die in der Liste steht, wird geändert. Ein leeres Feld heißt: ohne Grenze.',
  addAct: 'Grenze setzen',
  number: count => sayNumber(count, 'de'),
}

export const sendRulesWords: Record<Language, SendRulesWords> = { en, de }
