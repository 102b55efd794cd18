import type { Language } from '../languages.ts'

/** Each language by its own name. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' }

const en = {
  title: 'Settings',
  saved: 'Saved. Pages show it from now on, mails from the next one.',
  failed: 'Nothing was saved: some fields need another look.',
  save: 'Save settings',
  sample:
    'This is the sample’s publication. Nothing goes out over a mail server until name, sender address and postal address are your own.',
  publication: 'Publication',
  name: 'Name',
  tagline: 'Tagline',
  taglineHint: 'One line under the name on the front page.',
  sender: 'Sender',
  senderName: 'Sender’s name',
  senderNameHint: 'Stands in From. Without it the publication’s name is used. A newsletter may have its own.',
  senderAddress: 'Sender’s address',
  senderAddressHint: 'An address at your own domain, the one that signs your mail.',
  replyTo: 'Replies go to',
  replyToHint: 'Without it replies go to the sender’s address.',
  postalAddress: 'Postal address',
  postalAddressHint: 'Stands in each digest, as the law demands.',
  readers: 'Readers',
  links: 'Links in mails',
  linksHint:
    'By themselves, links lead straight to the story, and nobody here learns that one was followed. What you set here counts from the next digest on, and the privacy page and the confirmation say it by themselves. Mails never hold invisible pictures.',
  correctableLinks: 'Links can be put right after sending',
  correctableLinksHint:
    'Links to stories then lead over this service, which sends the reader on to wherever the story is by now. The link is the same for every reader, so it does not tell who follows it; nothing is noted. Readers see your address in the link, and it needs this service to be up.',
  countClicks: 'Count how often each link is followed',
  countClicksHint:
    'Keeps one number for each story and hour. It tells which stories are read and when; not by whom, from where, or with what, and not whether two clicks came from one reader. Mail scanners follow links too, and are counted with the rest.',
  language: 'Language of the pages',
  timeZone: 'Time zone',
  privacyText: 'Your own words on privacy',
  privacyHint: 'Stand on the privacy page beneath what it says by itself. Markdown.',
  delivery: {
    title: 'Delivery',
    intro: 'These come from the environment of the server; whoever runs it can change them.',
    transport: 'Mail goes',
    mailbox: 'into the mailbox of this machine; nothing leaves it',
    smtp: (server: string) => `to the mail server ${server}`,
    security: {
      tls: 'encrypted from the start',
      starttls: 'encrypted by STARTTLS; a server that can’t is not used',
      https: 'over HTTPS, as Amazon SES wants it',
      none: 'not encrypted',
    },
    publicUrl: 'Readers reach us at',
    home: 'This database belongs to',
    noHome: 'nobody yet: the first start under a public address decides',
    bounces: 'Bounces go to',
    bouncesFrom: 'the sender’s address',
    rate: 'Speed',
    perSecond: (count: string) => `${count} messages a second at most`,
    unlimited: 'as fast as the mail server takes it',
    dkim: 'Signature (DKIM)',
    noDkim: 'none: set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY',
    dkimBy: (domain: string, selector: string) => `${domain}, selector ${selector}`,
    record: 'Publish this in the DNS',
    recordHint: 'Big providers check the signature of each mail against it.',
    recordName: 'Name',
    recordType: 'Type',
    recordValue: 'Value',
    before: 'Before a digest goes out',
    beforeHint:
      'Over a mail server that is not this machine, a digest is refused while one of these is wrong.',
    beforeMailbox:
      'Nothing is refused while the mailbox catches it all. Over a mail server it would be, for these:',
    ready: 'Sender, postal address and public address are as they must be.',
    copyTitle: (of: string) => `This is a copy of ${of}`,
    copyText:
      'It sends nothing over a mail server, so that no reader gets a digest twice. Make it the original if the other one is gone, or keep it silent.',
    copyHere:
      'This address is known to this machine alone: to make it the original, start it under its public address.',
    claim: 'Make this the original',
    claimed: 'This is the original now.',
    noSender: 'The sender’s address is missing.',
  },
}

export type SettingsWords = typeof en

const de: SettingsWords = {
  title: 'Einstellungen',
  saved: 'Gespeichert. Die Seiten zeigen es ab jetzt, Mails ab der nächsten.',
  failed: 'Nichts wurde gespeichert: einige Felder brauchen einen zweiten Blick.',
  save: 'Einstellungen speichern',
  sample:
    'Das ist die Publikation des Beispiels. Über einen Mailserver geht nichts hinaus, bis Name, Absender und Postanschrift Ihre eigenen sind.',
  publication: 'Publikation',
  name: 'Name',
  tagline: 'Untertitel',
  taglineHint: 'Eine Zeile unter dem Namen auf der Startseite.',
  sender: 'Absender',
  senderName: 'Name des Absenders',
  senderNameHint:
    'Steht in der Zeile „Von“. Ohne ihn steht dort der Name der Publikation. Ein Newsletter kann einen eigenen haben.',
  senderAddress: 'Adresse des Absenders',
  senderAddressHint: 'Eine Adresse in Ihrer eigenen Domain, mit der Ihre Mail unterschrieben wird.',
  replyTo: 'Antworten gehen an',
  replyToHint: 'Ohne Angabe gehen Antworten an die Adresse des Absenders.',
  postalAddress: 'Postanschrift',
  postalAddressHint: 'Steht in jeder Ausgabe, wie das Gesetz es verlangt.',
  readers: 'Leser',
  links: 'Links in Mails',
  linksHint:
    'Von sich aus führen Links geradewegs zum Artikel, und niemand hier erfährt, dass einer aufgerufen wurde. Was Sie hier einstellen, gilt ab der nächsten Ausgabe; die Datenschutzseite und die Bestätigung sagen es von selbst. Unsichtbare Bilder enthalten Mails nie.',
  correctableLinks: 'Links lassen sich nach dem Versand berichtigen',
  correctableLinksHint:
    'Links zu Artikeln führen dann über diesen Dienst, der die Leser dorthin weiterschickt, wo der Artikel inzwischen steht. Der Link ist für alle Leser derselbe und verrät nicht, wer ihn aufruft; notiert wird nichts. Leser sehen Ihre Adresse im Link, und dieser Dienst muss laufen.',
  countClicks: 'Zählen, wie oft jeder Link aufgerufen wird',
  countClicksHint:
    'Behält eine Zahl für jeden Artikel und jede Stunde. Sie sagt, welche Artikel gelesen werden und wann; nicht von wem, von wo oder womit, und nicht, ob zwei Klicks von einem Leser kamen. Auch Mailscanner rufen Links auf und werden mitgezählt.',
  language: 'Sprache der Seiten',
  timeZone: 'Zeitzone',
  privacyText: 'Ihre eigenen Worte zum Datenschutz',
  privacyHint: 'Stehen auf der Datenschutzseite unter dem, was sie von selbst sagt. Markdown.',
  delivery: {
    title: 'Zustellung',
    intro: 'Das kommt aus der Umgebung des Servers; ändern kann es, wer ihn betreibt.',
    transport: 'Mail geht',
    mailbox: 'in das Postfach dieses Rechners; nichts verlässt ihn',
    smtp: server => `zum Mailserver ${server}`,
    security: {
      tls: 'von Anfang an verschlüsselt',
      starttls: 'verschlüsselt durch STARTTLS; ein Server, der das nicht kann, wird nicht benutzt',
      https: 'über HTTPS, wie Amazon SES es will',
      none: 'unverschlüsselt',
    },
    publicUrl: 'Leser erreichen uns unter',
    home: 'Diese Datenbank gehört zu',
    noHome: 'noch niemandem: der erste Start unter einer öffentlichen Adresse entscheidet',
    bounces: 'Unzustellbares geht an',
    bouncesFrom: 'die Adresse des Absenders',
    rate: 'Tempo',
    perSecond: count => `höchstens ${count} Mails in der Sekunde`,
    unlimited: 'so schnell, wie der Mailserver annimmt',
    dkim: 'Unterschrift (DKIM)',
    noDkim: 'keine: dafür gibt es DKIM_DOMAIN, DKIM_SELECTOR und DKIM_PRIVATE_KEY',
    dkimBy: (domain, selector) => `${domain}, Selektor ${selector}`,
    record: 'Das gehört ins DNS',
    recordHint: 'Große Anbieter prüfen damit die Unterschrift jeder Mail.',
    recordName: 'Name',
    recordType: 'Typ',
    recordValue: 'Wert',
    before: 'Bevor eine Ausgabe hinausgeht',
    beforeHint:
      'Über einen Mailserver, der nicht dieser Rechner ist, geht keine Ausgabe hinaus, solange hier etwas nicht stimmt.',
    beforeMailbox:
      'Solange das Postfach alles auffängt, wird nichts abgewiesen. Über einen Mailserver würde es das, deswegen:',
    ready: 'Absender, Postanschrift und öffentliche Adresse sind, wie sie sein müssen.',
    copyTitle: of => `Das ist eine Kopie von ${of}`,
    copyText:
      'Sie schickt nichts über einen Mailserver, damit kein Leser eine Ausgabe doppelt bekommt. Machen Sie sie zum Original, wenn es das andere nicht mehr gibt, oder lassen Sie sie stumm.',
    copyHere:
      'Diese Adresse kennt nur dieser Rechner: Zum Original wird sie, wenn sie unter ihrer öffentlichen Adresse startet.',
    claim: 'Zum Original machen',
    claimed: 'Das ist jetzt das Original.',
    noSender: 'Die Adresse des Absenders fehlt.',
  },
}

/** Words of the publication's settings and of the facts of delivery. */
export const settingsWords: Record<Language, SettingsWords> = { en, de }
