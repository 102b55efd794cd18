import type { Language } from '../languages.ts'
import type { Cadence } from '../newsletter.ts'

const en = {
  title: 'Newsletters',
  list: 'Newsletters, in the order of the front page',
  add: 'Add a newsletter',
  none: 'No newsletters yet',
  noneText:
    'A newsletter is what readers sign up for: Morning Brief every weekday, The Week on Saturdays. Each has its own readers and archive.',
  noneForOthers: 'An owner adds the first one.',
  name: 'Name',
  readers: 'Readers',
  pausing: (count: string) => `${count} pause`,
  cadence: 'How often',
  state: 'Sign-up',
  open: 'Open',
  closed: 'Closed',
  order: 'Order',
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  embed: 'Form for your site',
  close: 'Close the sign-up',
  closeHint: 'It is open. Once closed, nobody can sign up; readers still get it.',
  reopen: 'Open the sign-up',
  reopenHint: 'It is closed: nobody can sign up. Readers still get it.',
  edit: (name: string) => `Settings of ${name}`,
  save: 'Save',
  addAct: 'Add the newsletter',
  cancel: 'Cancel',
  failed: 'Nothing was saved: some fields need another look.',
  saved: 'Saved.',
  added: (name: string) => `${name} is there. Readers can sign up for it from now on.`,
  removed: 'The newsletter is gone.',
  slug: 'Name in addresses',
  slugHint:
    'Lower-case letters, digits and hyphens; made from the name where it is empty. It can’t be changed later.',
  slugFixed: (path: string) => `Its address is ${path}. It stays, since readers’ links point to it.`,
  slugTaken: 'Another newsletter has this name in addresses. Choose another.',
  description: 'Description',
  descriptionHint: 'One or two sentences that tell a stranger what they will get.',
  cadences: {
    daily: 'Every day',
    weekdays: 'Monday to Friday',
    weekly: 'Every week',
    monthly: 'Every month',
    irregular: 'When there is news',
  } satisfies Record<Cadence, string>,
  schedule: 'When it comes',
  scheduleHint: 'As you say it to readers: “Weekdays, 6:30”.',
  advertising: 'Carries advertising',
  advertisingHint: 'Readers are told so where they sign up.',
  archive: 'The archive is public',
  archiveHint: 'Editions and their RSS feed can be read without signing up.',
  needsApproval: 'A second person approves',
  needsApprovalHint:
    'Nothing goes out before somebody other than who edited it last approved of just that content, those readers and that time. Any change voids it.',
  sender: 'Sender',
  senderHint: 'Where these are empty the publication’s own are used.',
  senderName: 'Sender’s name',
  senderAddress: 'Sender’s address',
  replyTo: 'Replies go to',
  language: 'Language',
  timeZone: 'Time zone',
  hours: 'Sending hours',
  hoursHint:
    'Digests go out between these times only, in the time zone above. What is left then waits for the next day; what comes daily is too old by then and ends. Past midnight is fine. Empty: at any time.',
  sendsFrom: 'From',
  sendsUntil: 'Until',
  expected: 'When it is to have gone out',
  expectedHint:
    'If no edition has gone out 15 minutes after this time, in the time zone above, its editors are told by mail. Empty: nobody is told.',
  expectedAt: 'Time',
  expectedWeekday: 'Day (weekly)',
  expectedDate: 'Date (monthly)',
  remove: 'Delete this newsletter',
  removing: {
    title: (name: string) => `Delete ${name}?`,
    readers: (count: number, said: string) =>
      count === 0
        ? 'It has no readers.'
        : count === 1
          ? 'Its one reader loses it without a word.'
          : `Its ${said} readers lose it without a word.`,
    text: 'It goes for good, with its subscriptions. Digests that were sent stay, and the proofs of consent with them. Drafts and scheduled digests no longer go to it.',
    instead: 'To keep its readers and take no new ones, close its sign-up instead.',
    act: (name: string) => `Delete ${name}`,
  },
}

export type NewsletterWords = typeof en

const de: NewsletterWords = {
  title: 'Newsletter',
  list: 'Newsletter, in der Reihenfolge der Startseite',
  add: 'Newsletter anlegen',
  none: 'Noch kein Newsletter',
  noneText:
    'Einen Newsletter bestellen Leser: das Morgenbriefing an jedem Werktag, die Woche am Samstag. Jeder hat seine eigenen Leser und sein Archiv.',
  noneForOthers: 'Den ersten legt ein Inhaber an.',
  name: 'Name',
  readers: 'Leser',
  pausing: count => `${count} pausieren`,
  cadence: 'Wie oft',
  state: 'Anmeldung',
  open: 'Offen',
  closed: 'Geschlossen',
  order: 'Reihenfolge',
  up: name => `${name} nach oben`,
  down: name => `${name} nach unten`,
  embed: 'Formular für Ihre Website',
  close: 'Anmeldung schließen',
  closeHint: 'Sie ist offen. Geschlossen kann sich niemand mehr anmelden; Leser bekommen ihn weiter.',
  reopen: 'Anmeldung öffnen',
  reopenHint: 'Sie ist geschlossen: niemand kann sich anmelden. Leser bekommen ihn weiter.',
  edit: name => `Einstellungen von ${name}`,
  save: 'Speichern',
  addAct: 'Newsletter anlegen',
  cancel: 'Abbrechen',
  failed: 'Nichts wurde gespeichert: einige Felder brauchen einen zweiten Blick.',
  saved: 'Gespeichert.',
  added: name => `${name} ist da. Ab jetzt können sich Leser dafür anmelden.`,
  removed: 'Der Newsletter ist gelöscht.',
  slug: 'Name in Adressen',
  slugHint:
    'Kleinbuchstaben, Ziffern und Bindestriche; bleibt das Feld leer, wird er aus dem Namen gemacht. Er lässt sich später nicht ändern.',
  slugFixed: path => `Seine Adresse ist ${path}. Sie bleibt, weil die Links der Leser dorthin zeigen.`,
  slugTaken: 'Diesen Namen in Adressen hat schon ein anderer Newsletter. Wählen Sie einen anderen.',
  description: 'Beschreibung',
  descriptionHint: 'Ein oder zwei Sätze, die Fremden sagen, was sie bekommen.',
  cadences: {
    daily: 'Täglich',
    weekdays: 'Montag bis Freitag',
    weekly: 'Wöchentlich',
    monthly: 'Monatlich',
    irregular: 'Wenn es Neues gibt',
  },
  schedule: 'Wann er kommt',
  scheduleHint: 'So, wie Sie es Lesern sagen: „Werktags um 6:30“.',
  advertising: 'Enthält Werbung',
  advertisingHint: 'Leser erfahren es, wo sie sich anmelden.',
  archive: 'Das Archiv ist öffentlich',
  archiveHint: 'Ausgaben und ihr RSS-Feed sind ohne Anmeldung zu lesen.',
  needsApproval: 'Eine zweite Person gibt frei',
  needsApprovalHint:
    'Nichts geht hinaus, bevor jemand anderes als der letzte Bearbeiter genau diesen Inhalt, diese Leser und diese Zeit freigegeben hat. Jede Änderung lässt die Freigabe erlöschen.',
  sender: 'Absender',
  senderHint: 'Was leer bleibt, kommt von der Publikation.',
  senderName: 'Name des Absenders',
  senderAddress: 'Adresse des Absenders',
  replyTo: 'Antworten gehen an',
  language: 'Sprache',
  timeZone: 'Zeitzone',
  hours: 'Sendezeiten',
  hoursHint:
    'Ausgaben gehen nur zwischen diesen Zeiten hinaus, in der Zeitzone darüber. Was dann übrig ist, wartet auf den nächsten Tag; was täglich kommt, ist dann zu alt und endet. Über Mitternacht ist möglich. Leer: jederzeit.',
  sendsFrom: 'Von',
  sendsUntil: 'Bis',
  expected: 'Wann er hinausgegangen sein soll',
  expectedHint:
    'Ist 15 Minuten nach dieser Zeit, in der Zeitzone darüber, keine Ausgabe hinausgegangen, erfahren es die Redakteure per E-Mail. Leer: niemand erfährt es.',
  expectedAt: 'Uhrzeit',
  expectedWeekday: 'Tag (wöchentlich)',
  expectedDate: 'Datum (monatlich)',
  remove: 'Diesen Newsletter löschen',
  removing: {
    title: name => `${name} löschen?`,
    readers: (count, said) =>
      count === 0
        ? 'Er hat keine Leser.'
        : count === 1
          ? 'Der eine Leser bekommt ihn ohne ein Wort nicht mehr.'
          : `Seine ${said} Leser bekommen ihn ohne ein Wort nicht mehr.`,
    text: 'Er verschwindet für immer, mit seinen Abonnements. Verschickte Ausgaben bleiben, die Nachweise der Einwilligung auch. Entwürfe und geplante Ausgaben gehen nicht mehr an ihn.',
    instead: 'Soll er seine Leser behalten und keine neuen nehmen, schließen Sie stattdessen die Anmeldung.',
    act: name => `${name} löschen`,
  },
}

export const newsletterWords: Record<Language, NewsletterWords> = { en, de }
