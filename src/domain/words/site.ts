import type { Language } from '../languages.ts'
import type { Cadence } from '../newsletter.ts'

const en = {
  signUp: {
    title: 'Sign up for our newsletters',
    titleOf: (newsletter: string) => `Sign up for ${newsletter}`,
    intro: 'We write when there is something to read. Leave with one click, any time.',
    choose: 'Which newsletters would you like?',
    email: 'Your email address',
    example: 'you@example.com',
    name: 'Your name',
    trap: 'Leave this field empty',
    button: 'Sign up',
    buttonOf: (newsletter: string) => `Sign up for ${newsletter}`,
    keep: 'How we keep your address',
    advertising: 'Carries advertising, labelled.',
  },
  cadences: {
    daily: 'Daily',
    weekdays: 'Weekdays',
    weekly: 'Weekly',
    monthly: 'Monthly',
    irregular: 'Now and then',
  } satisfies Record<Cadence, string>,
  front: {
    latest: 'Latest editions',
    empty: 'Nothing to sign up for yet',
    emptyText: 'This publication has no open newsletter. Its editors add the first one in the workspace.',
    workspace: 'Open the workspace',
    about: (publication: string) => `Newsletters from ${publication}`,
  },
  archive: {
    title: 'Archive',
    titleOf: (newsletter: string) => `${newsletter}: all editions`,
    intro: 'What we have sent, to read here.',
    none: 'Nothing has been sent yet',
    noneText: 'The first edition will stand here when it goes out.',
    feed: 'RSS feed',
    editions: (count: string) => `${count} editions`,
    one: '1 edition',
    zero: 'Nothing sent yet',
    all: 'All editions',
    untitled: 'Without a subject',
    bar: 'This edition',
  },
  feed: {
    title: (newsletter: string, publication: string) => `${newsletter} · ${publication}`,
    advertisement: (title: string) => `Advertisement: ${title}`,
    label: (sponsor: string) => `Advertisement · ${sponsor}`,
    seeAlso: 'See also',
  },
  embed: {
    title: (newsletter: string) => `A form for ${newsletter} on your own pages`,
    intro:
      'Copy this into a page. It is plain HTML: it needs no script, sets no cookie, and takes the look of the page it stands on.',
    code: 'HTML to copy',
    sample: 'How it works here',
    sampleText: 'This is the form itself: what you send is a real sign-up.',
    closed: 'This newsletter is closed: sign-ups for it are refused until it opens again.',
  },
  missing: {
    title: 'There is nothing at this address',
    text: 'The page may have been moved, or the address is cut. Everything that we have is reached from the front page.',
    newsletter: 'There is no such newsletter',
    newsletterText: 'It may have been renamed or ended. These are the ones that we have:',
    edition: 'This edition can’t be read here',
    editionText: 'It may have been taken down, or the address is cut. The others stand in the archive.',
    front: 'To the front page',
    archive: 'To the archive',
    withdrawn: 'This edition was withdrawn',
    withdrawnText: (newsletter: string, day: string) =>
      `We took this edition of ${newsletter} back on ${day}. Our reason:`,
  },
  failed: {
    title: 'Something failed here',
    text: 'The fault is ours, and it is noted. What you sent may not have been kept: try again in a minute.',
    refused: 'This request can’t be served',
    method: 'What is at this address can’t be asked in this way.',
  },
}

export type SiteWords = typeof en

const de: SiteWords = {
  signUp: {
    title: 'Unsere Newsletter bestellen',
    titleOf: newsletter => `${newsletter} bestellen`,
    intro: 'Wir schreiben, wenn es etwas zu lesen gibt. Abbestellen geht jederzeit mit einem Klick.',
    choose: 'Welche Newsletter möchten Sie?',
    email: 'Ihre E-Mail-Adresse',
    example: 'sie@example.com',
    name: 'Ihr Name',
    trap: 'Dieses Feld leer lassen',
    button: 'Bestellen',
    buttonOf: newsletter => `${newsletter} bestellen`,
    keep: 'Wie wir Ihre Adresse aufbewahren',
    advertising: 'Enthält Werbung, gekennzeichnet.',
  },
  cadences: {
    daily: 'Täglich',
    weekdays: 'Werktags',
    weekly: 'Wöchentlich',
    monthly: 'Monatlich',
    irregular: 'Ab und zu',
  },
  front: {
    latest: 'Letzte Ausgaben',
    empty: 'Noch nichts zu bestellen',
    emptyText:
      'Diese Publikation hat keinen offenen Newsletter. Ihre Redaktion legt den ersten im Arbeitsbereich an.',
    workspace: 'Zur Redaktion',
    about: publication => `Newsletter von ${publication}`,
  },
  archive: {
    title: 'Archiv',
    titleOf: newsletter => `${newsletter}: alle Ausgaben`,
    intro: 'Was wir verschickt haben, hier zum Lesen.',
    none: 'Noch wurde nichts verschickt',
    noneText: 'Die erste Ausgabe steht hier, sobald sie hinausgeht.',
    feed: 'RSS-Feed',
    editions: count => `${count} Ausgaben`,
    one: '1 Ausgabe',
    zero: 'Noch nichts verschickt',
    all: 'Alle Ausgaben',
    untitled: 'Ohne Betreff',
    bar: 'Diese Ausgabe',
  },
  feed: {
    title: (newsletter, publication) => `${newsletter} · ${publication}`,
    advertisement: title => `Anzeige: ${title}`,
    label: sponsor => `Anzeige · ${sponsor}`,
    seeAlso: 'Siehe auch',
  },
  embed: {
    title: newsletter => `Ein Formular für ${newsletter} auf Ihren eigenen Seiten`,
    intro:
      'Kopieren Sie das in eine Seite. Es ist schlichtes HTML: es braucht kein Skript, setzt kein Cookie und nimmt das Aussehen der Seite an, auf der es steht.',
    code: 'HTML zum Kopieren',
    sample: 'So geht es hier',
    sampleText: 'Das ist das Formular selbst: was Sie abschicken, ist eine echte Bestellung.',
    closed: 'Dieser Newsletter ist geschlossen: Bestellungen werden abgelehnt, bis er wieder geöffnet wird.',
  },
  missing: {
    title: 'Unter dieser Adresse ist nichts',
    text: 'Die Seite ist vielleicht umgezogen, oder die Adresse ist abgeschnitten. Von der Startseite aus ist alles zu erreichen.',
    newsletter: 'Diesen Newsletter gibt es nicht',
    newsletterText: 'Vielleicht heißt er jetzt anders oder ist eingestellt. Diese gibt es:',
    edition: 'Diese Ausgabe ist hier nicht zu lesen',
    editionText:
      'Vielleicht wurde sie zurückgezogen, oder die Adresse ist abgeschnitten. Die anderen stehen im Archiv.',
    front: 'Zur Startseite',
    archive: 'Zum Archiv',
    withdrawn: 'Diese Ausgabe wurde zurückgezogen',
    withdrawnText: (newsletter, day) =>
      `Wir haben diese Ausgabe von ${newsletter} am ${day} zurückgezogen. Der Grund:`,
  },
  failed: {
    title: 'Hier ist etwas schiefgegangen',
    text: 'Der Fehler liegt bei uns und ist notiert. Was Sie geschickt haben, ist vielleicht nicht angekommen: versuchen Sie es in einer Minute noch einmal.',
    refused: 'Diese Anfrage geht nicht',
    method: 'Was unter dieser Adresse steht, lässt sich so nicht ansprechen.',
  },
}

export const siteWords: Record<Language, SiteWords> = { en, de }
