import type { Language } from '../languages.ts'
import type { EndReason } from '../subscription.ts'
import type { TagFault } from '../tags.ts'

type ConsentKind =
  | 'asked'
  | 'confirmed'
  | 'imported'
  | 'joined'
  | 'left'
  | 'undone'
  | 'paused'
  | 'resumed'
  | 'address_changed'
  | 'reason'
type DeliveryState = 'pending' | 'sent' | 'failed' | 'suppressed' | 'unknown'
type NoticeState = 'waiting' | 'sent' | 'failed'

const en = {
  office:
    'This looks like an office’s address rather than a person’s: several people may read it, or nobody.',
  language: 'Language',
  attributes: 'Further columns',
  subscriptions: 'Newsletters',
  state: 'State',
  active: 'Active',
  paused: 'Paused',
  ended: 'Ended',
  until: 'until',
  reasons: {
    left: 'left by a link',
    one_click: 'left with one click',
    preferences: 'left in the preferences',
    editor: 'removed by an editor',
    erased: 'erased',
  } satisfies Record<EndReason, string>,
  remove: 'Remove',
  noSubscriptions: 'None.',
  consents: 'What proves it',
  earlier: (count: number) => (count === 1 ? '1 earlier' : `${count} earlier`),
  consentKinds: {
    asked: 'Asked',
    confirmed: 'Confirmed',
    imported: 'Imported',
    joined: 'Joined',
    left: 'Left',
    undone: 'Took the leaving back',
    paused: 'Paused',
    resumed: 'Resumed',
    address_changed: 'Changed the address',
    reason: 'Gave a reason',
  } satisfies Record<ConsentKind, string>,
  what: 'What',
  when: 'When',
  wording: 'Wording',
  where: 'Where',
  digests: 'Digests',
  digest: 'Digest',
  noDigests: 'None yet.',
  deliveries: {
    pending: 'Waiting',
    sent: 'Sent',
    failed: 'Failed',
    suppressed: 'Not sent',
    unknown: 'Unknown',
  } satisfies Record<DeliveryState, string>,
  mails: 'Other mail',
  mailKinds: {
    confirmation: 'Confirmation',
    sign_in: 'Sign-in link',
    test: 'Test',
    preferences: 'Link to the preferences',
    address_change: 'Proof of a new address',
    address_changed: 'News of a new address',
    latest_edition: 'Latest edition',
    report: 'Report',
    approval: 'About an approval',
    plan: 'About a plan',
    alarm: 'Alarm',
    access: 'About access',
  },
  mailStates: { waiting: 'Waiting', sent: 'Sent', failed: 'Failed' } satisfies Record<NoticeState, string>,
  data: 'All that is kept about this reader, as JSON',
  erase: 'Erase this reader',
  suppress: 'Suppress this address',
  tags: 'Tags',
  addTag: 'Add tags',
  addTagHint: 'Several are separated by commas.',
  addTagAct: 'Add',
  removeTag: 'Remove',
  removeTagLabel: (tag: string) => `Remove the tag ${tag}`,
  tagged: 'The tags are added.',
  untagged: 'The tag is removed.',
  noTag: 'Type a tag.',
  tagFaults: {
    'too-long': 'A tag can have 60 characters. Shorten it.',
    'too-many': 'A reader can have 50 tags. Remove some first.',
    'not-one-line': 'Tags stand on one line, without control characters.',
  } satisfies Record<TagFault, string>,
  zone: 'Time zone',
  removeAll: 'Remove from all',
  endedAll: 'All newsletters of this reader are ended.',
  endedWhich: (newsletter: string) => `${newsletter} is ended.`,
  suppressedNow: 'The address is suppressed: no digest goes to it.',
  lifted: 'The suppression is lifted.',
  removing: {
    title: (newsletter: string) => `Remove from ${newsletter}?`,
    text: (address: string, newsletter: string) =>
      `${address} gets ${newsletter} no more. Only the reader can join again: an editor can’t.`,
    act: (newsletter: string) => `Remove from ${newsletter}`,
    titleAll: 'Remove from all newsletters?',
    actAll: (count: number) =>
      count === 1 ? 'Remove from 1 newsletter' : `Remove from ${count} newsletters`,
  },
  erasing: {
    title: 'Erase this reader?',
    text: (address: string) =>
      `Address, name, newsletters and proofs of ${address} go for good. A keyed hash stays, so that no import brings the address back. It can’t be undone.`,
    act: 'Erase this reader',
    done: 'The reader is erased.',
  },
}

export type OneReaderWords = typeof en

const de: OneReaderWords = {
  office:
    'Das sieht nach der Adresse einer Stelle aus, nicht einer Person: Vielleicht lesen mehrere mit, vielleicht niemand.',
  language: 'Sprache',
  attributes: 'Weitere Spalten',
  subscriptions: 'Newsletter',
  state: 'Stand',
  active: 'Aktiv',
  paused: 'Pausiert',
  ended: 'Beendet',
  until: 'bis',
  reasons: {
    left: 'über einen Link abgemeldet',
    one_click: 'mit einem Klick abgemeldet',
    preferences: 'in den Einstellungen abgemeldet',
    editor: 'von der Redaktion entfernt',
    erased: 'gelöscht',
  },
  remove: 'Entfernen',
  noSubscriptions: 'Keine.',
  consents: 'Was es belegt',
  earlier: count => (count === 1 ? '1 früherer' : `${count} frühere`),
  consentKinds: {
    asked: 'Gefragt',
    confirmed: 'Bestätigt',
    imported: 'Importiert',
    joined: 'Dazubestellt',
    left: 'Abgemeldet',
    undone: 'Abmeldung zurückgenommen',
    paused: 'Pausiert',
    resumed: 'Fortgesetzt',
    address_changed: 'Adresse geändert',
    reason: 'Grund genannt',
  },
  what: 'Was',
  when: 'Wann',
  wording: 'Wortlaut',
  where: 'Wo',
  digests: 'Ausgaben',
  digest: 'Ausgabe',
  noDigests: 'Noch keine.',
  deliveries: {
    pending: 'Wartet',
    sent: 'Verschickt',
    failed: 'Gescheitert',
    suppressed: 'Nicht verschickt',
    unknown: 'Unbekannt',
  },
  mails: 'Andere Mails',
  mailKinds: {
    confirmation: 'Bestätigung',
    sign_in: 'Link zum Anmelden',
    test: 'Test',
    preferences: 'Link zu den Einstellungen',
    address_change: 'Nachweis einer neuen Adresse',
    address_changed: 'Nachricht über eine neue Adresse',
    latest_edition: 'Neueste Ausgabe',
    report: 'Bericht',
    approval: 'Über eine Freigabe',
    plan: 'Über einen Plan',
    alarm: 'Warnung',
    access: 'Über Zugänge',
  },
  mailStates: { waiting: 'Wartet', sent: 'Verschickt', failed: 'Gescheitert' },
  data: 'Alles, was über diesen Leser aufbewahrt wird, als JSON',
  erase: 'Diesen Leser löschen',
  suppress: 'Diese Adresse sperren',
  tags: 'Schlagwörter',
  addTag: 'Schlagwörter hinzufügen',
  addTagHint: 'Mehrere durch Kommas getrennt.',
  addTagAct: 'Hinzufügen',
  removeTag: 'Entfernen',
  removeTagLabel: tag => `Das Schlagwort ${tag} entfernen`,
  tagged: 'Die Schlagwörter sind hinzugefügt.',
  untagged: 'Das Schlagwort ist entfernt.',
  noTag: 'Geben Sie ein Schlagwort ein.',
  tagFaults: {
    'too-long': 'Ein Schlagwort darf 60 Zeichen haben. Kürzen Sie es.',
    'too-many': 'Ein Leser kann 50 Schlagwörter haben. Entfernen Sie erst welche.',
    'not-one-line': 'Schlagwörter stehen in einer Zeile, ohne Steuerzeichen.',
  },
  zone: 'Zeitzone',
  removeAll: 'Aus allen entfernen',
  endedAll: 'Alle Newsletter dieses Lesers sind beendet.',
  endedWhich: newsletter => `${newsletter} ist beendet.`,
  suppressedNow: 'Die Adresse ist gesperrt: keine Ausgabe geht mehr an sie.',
  lifted: 'Die Sperre ist aufgehoben.',
  removing: {
    title: newsletter => `Aus ${newsletter} entfernen?`,
    text: (address, newsletter) =>
      `${address} bekommt ${newsletter} nicht mehr. Wieder bestellen kann ihn nur die Leserin oder der Leser, nicht die Redaktion.`,
    act: newsletter => `Aus ${newsletter} entfernen`,
    titleAll: 'Aus allen Newslettern entfernen?',
    actAll: count => (count === 1 ? 'Aus 1 Newsletter entfernen' : `Aus ${count} Newslettern entfernen`),
  },
  erasing: {
    title: 'Diesen Leser löschen?',
    text: address =>
      `Adresse, Name, Newsletter und Nachweise von ${address} verschwinden für immer. Ein verschlüsselter Abdruck bleibt, damit kein Import die Adresse zurückbringt. Das lässt sich nicht rückgängig machen.`,
    act: 'Diesen Leser löschen',
    done: 'Der Leser ist gelöscht.',
  },
}

/** The page of a reader, and the two that end something there. */
export const oneReaderWords: Record<Language, OneReaderWords> = { en, de }
