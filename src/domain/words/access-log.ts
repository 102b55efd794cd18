import type { AccessEvent, AccessKind } from '../access-event.ts'
import type { By } from '../by.ts'
import type { Language } from '../languages.ts'
import type { Role } from '../roles.ts'
import type { SenderChange } from '../sender.ts'
import { accessWords } from './access.ts'
import { settingsWords } from './settings.ts'

type Saying = { [Kind in AccessKind]: (event: Extract<AccessEvent, { kind: Kind }>) => string }

export type AccessLogWords = {
  title: string
  intro: string
  caption: string
  kind: string
  anyKind: string
  show: string
  what: string
  who: string
  where: string
  when: string
  none: string
  noneText: string
  noneOfKind: string
  thisMachine: string
  kinds: Record<AccessKind, string>
  says: Saying
  commandLine: string
  service: string
  key: (name: string) => string
  mail: {
    subject: (publication: string, kind: string) => string
    done: (by: string, when: string) => string
    network: (network: string) => string
    open: string
    openAccount: string
    unexpected: string
    repeated: string
  }
}

const roleEn = (role: Role) => accessWords.en.roles[role].toLowerCase()
const quoted = (name: string) => (name ? `“${name}”` : '')

const en: AccessLogWords = {
  title: 'Access log',
  intro:
    'Who gave, took or used access. Entries are only added: nobody can change or remove one, not even an owner. Owners get a mail about each; about what one person does reader by reader, one an hour.',
  caption: 'Entries, the newest first',
  kind: 'What happened',
  anyKind: 'Everything',
  show: 'Show',
  what: 'What',
  who: 'Who',
  where: 'From',
  when: 'When',
  none: 'Nothing yet',
  noneText: 'Here stand exports, keys, roles, senders and passkeys, from the first one on.',
  noneOfKind: 'Nothing of this kind happened yet.',
  thisMachine: 'This machine',
  kinds: {
    'first-owner': 'First owner',
    'editor-invited': 'Invitation',
    'role-changed': 'Role changed',
    'editor-removed': 'Editor removed',
    'link-printed': 'Sign-in link printed',
    'passkey-added': 'Passkey added',
    'passkey-removed': 'Passkey removed',
    'key-made': 'API key made',
    'key-revoked': 'API key revoked',
    'sender-changed': 'Sender changed',
    'readers-exported': 'Readers exported',
    'reader-exported': 'One reader exported',
    'failures-exported': 'Failures exported',
    'reader-erased': 'Reader erased',
    'suppressions-lifted': 'Suppression lifted',
  },
  says: {
    'first-owner': ({ address }) => `${address} became the first owner.`,
    'editor-invited': ({ address, role }) => `${address} was invited, with the role ${roleEn(role)}.`,
    'role-changed': ({ address, from, to }) =>
      `The role of ${address} went from ${roleEn(from)} to ${roleEn(to)}.`,
    'editor-removed': ({ address, role }) => `${address}, role ${roleEn(role)}, was removed.`,
    'link-printed': ({ address }) => `A link that signs ${address} in was printed on a terminal.`,
    'passkey-added': ({ name }) => `A passkey was added: ${name || 'without a name'}.`,
    'passkey-removed': ({ name }) => `A passkey was removed: ${name || 'without a name'}.`,
    'key-made': ({ name, role }) => `The API key ${quoted(name)} was made, with the role ${roleEn(role)}.`,
    'key-revoked': ({ name, role }) => `The API key ${quoted(name)}, role ${roleEn(role)}, was revoked.`,
    'sender-changed': ({ newsletter, changes }) =>
      `${newsletter === undefined ? 'The publication’s sender' : `The sender of ${quoted(newsletter)}`} was changed. ${saidEn(changes)}`,
    'readers-exported': ({ newsletter }) =>
      newsletter === undefined
        ? 'All readers were exported with their addresses.'
        : `The readers of ${quoted(newsletter)} were exported with their addresses.`,
    'reader-exported': ({ reader }) => `All that is kept about reader ${reader} was exported.`,
    'failures-exported': ({ digest }) =>
      `The readers whom digest ${digest} did not reach were exported with their addresses.`,
    'reader-erased': ({ reader }) => `Reader ${reader} was erased.`,
    'suppressions-lifted': ({ count, address, domain }) =>
      count === 1
        ? `The suppression of ${address ?? 'an erased address'} was lifted.`
        : `${count} suppressions were lifted${domain ? `, all at ${domain}` : ''}.`,
  },
  commandLine: 'Command line',
  service: 'Broadsheet',
  key: name => `API key ${quoted(name)}`,
  mail: {
    subject: (publication, kind) => `Access at ${publication}: ${kind}`,
    done: (by, when) => `Done by ${by}, ${when}.`,
    network: network => `From the network ${network}.`,
    open: 'Open the access log',
    openAccount: 'Open your page',
    unexpected:
      'If you did not expect this, open the log, end what you don’t know, and ask whoever did it. All owners got this mail.',
    repeated: 'More of the same by the same within the hour stands in the log only.',
  },
}

const roleDe = (role: Role) => accessWords.de.roles[role]
const inGerman = (name: string) => `„${name}“`

const de: AccessLogWords = {
  title: 'Zugriffsprotokoll',
  intro:
    'Wer Zugang gab, nahm oder nutzte. Einträge kommen nur hinzu: niemand kann einen ändern oder entfernen, auch kein Inhaber. Inhaber bekommen über jeden eine Mail; über das, was jemand Leser für Leser tut, eine in der Stunde.',
  caption: 'Einträge, die neuesten zuerst',
  kind: 'Was geschah',
  anyKind: 'Alles',
  show: 'Zeigen',
  what: 'Was',
  who: 'Wer',
  where: 'Von',
  when: 'Wann',
  none: 'Noch nichts',
  noneText: 'Hier stehen Exporte, Schlüssel, Rollen, Absender und Passkeys, vom ersten an.',
  noneOfKind: 'Davon ist noch nichts vorgekommen.',
  thisMachine: 'Dieser Rechner',
  kinds: {
    'first-owner': 'Erster Inhaber',
    'editor-invited': 'Einladung',
    'role-changed': 'Rolle geändert',
    'editor-removed': 'Aus dem Team entfernt',
    'link-printed': 'Anmeldelink ausgegeben',
    'passkey-added': 'Passkey hinzugefügt',
    'passkey-removed': 'Passkey entfernt',
    'key-made': 'API-Schlüssel angelegt',
    'key-revoked': 'API-Schlüssel widerrufen',
    'sender-changed': 'Absender geändert',
    'readers-exported': 'Leser exportiert',
    'reader-exported': 'Ein Leser exportiert',
    'failures-exported': 'Fehlgeschlagene exportiert',
    'reader-erased': 'Leser gelöscht',
    'suppressions-lifted': 'Sperre aufgehoben',
  },
  says: {
    'first-owner': ({ address }) => `${address} wurde erster Inhaber.`,
    'editor-invited': ({ address, role }) => `${address} wurde eingeladen, Rolle: ${roleDe(role)}.`,
    'role-changed': ({ address, from, to }) =>
      `Die Rolle von ${address} wurde geändert: von ${roleDe(from)} zu ${roleDe(to)}.`,
    'editor-removed': ({ address, role }) => `${address}, Rolle ${roleDe(role)}, wurde entfernt.`,
    'link-printed': ({ address }) =>
      `Ein Link, der ${address} anmeldet, wurde auf einem Terminal ausgegeben.`,
    'passkey-added': ({ name }) => `Ein Passkey wurde hinzugefügt: ${name || 'ohne Namen'}.`,
    'passkey-removed': ({ name }) => `Ein Passkey wurde entfernt: ${name || 'ohne Namen'}.`,
    'key-made': ({ name, role }) =>
      `Der API-Schlüssel ${inGerman(name)} wurde angelegt, Rolle: ${roleDe(role)}.`,
    'key-revoked': ({ name, role }) =>
      `Der API-Schlüssel ${inGerman(name)}, Rolle ${roleDe(role)}, wurde widerrufen.`,
    'sender-changed': ({ newsletter, changes }) =>
      `${newsletter === undefined ? 'Der Absender der Publikation' : `Der Absender von ${inGerman(newsletter)}`} wurde geändert. ${saidDe(changes)}`,
    'readers-exported': ({ newsletter }) =>
      newsletter === undefined
        ? 'Alle Leser wurden mit ihren Adressen exportiert.'
        : `Die Leser von ${inGerman(newsletter)} wurden mit ihren Adressen exportiert.`,
    'reader-exported': ({ reader }) => `Alles, was über Leser ${reader} gespeichert ist, wurde exportiert.`,
    'failures-exported': ({ digest }) =>
      `Die Leser, die Ausgabe ${digest} nicht erreicht hat, wurden mit ihren Adressen exportiert.`,
    'reader-erased': ({ reader }) => `Leser ${reader} wurde gelöscht.`,
    'suppressions-lifted': ({ count, address, domain }) =>
      count === 1
        ? `Die Sperre von ${address ?? 'einer gelöschten Adresse'} wurde aufgehoben.`
        : `${count} Sperren wurden aufgehoben${domain ? `, alle bei ${domain}` : ''}.`,
  },
  commandLine: 'Kommandozeile',
  service: 'Broadsheet',
  key: name => `API-Schlüssel ${inGerman(name)}`,
  mail: {
    subject: (publication, kind) => `Zugriff bei ${publication}: ${kind}`,
    done: (by, when) => `Von ${by}, ${when}.`,
    network: network => `Aus dem Netz ${network}.`,
    open: 'Zugriffsprotokoll öffnen',
    openAccount: 'Ihre Seite öffnen',
    unexpected:
      'Wenn Sie das nicht erwartet haben: Öffnen Sie das Protokoll, beenden Sie, was Sie nicht kennen, und fragen Sie nach. Alle Inhaber haben diese Mail bekommen.',
    repeated: 'Was dieselbe Person binnen einer Stunde noch davon tut, steht nur im Protokoll.',
  },
}

const saying = (language: Language, nothing: string) => (changes: readonly SenderChange[]) =>
  changes
    .map(({ field, from, to }) => `${settingsWords[language][field]}: ${from || nothing} → ${to || nothing}.`)
    .join(' ')
const saidEn = saying('en', 'none')
const saidDe = saying('de', 'keiner')

export const accessLogWords: Record<Language, AccessLogWords> = { en, de }

/** An entry in a sentence. */
export const sayAccess = (event: AccessEvent, language: Language): string =>
  (accessLogWords[language].says[event.kind] as (event: AccessEvent) => string)(event)

/** Who did it. */
export function sayActor(by: By, language: Language): string {
  const words = accessLogWords[language]
  switch (by.kind) {
    case 'command-line':
      return words.commandLine
    case 'service':
      return words.service
    case 'key':
      return words.key(by.name)
    case 'editor':
    case 'plan':
      return by.name
  }
}
