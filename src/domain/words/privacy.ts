import type { Language } from '../languages.ts'

const en = {
  title: 'How we keep your address',
  intro: (publication: string) =>
    `This page is about the newsletters of ${publication}: what is stored about you, why, for how long, and how you end it.`,
  who: {
    title: 'Who we are',
    reach: 'You reach us at',
    unnamed: 'The publication has not entered its postal address yet.',
  },
  what: {
    title: 'What we store',
    items: [
      'Your email address, and your name where you gave one.',
      'Which newsletters you asked for, and in which language.',
      'As proof of your consent: the words you were shown, with their version; the form, and the site it stood on; when you asked, confirmed and left; and the network you came from, shortened so that it names no single connection.',
      'For each edition, whether it could be delivered to you.',
    ],
    clicks:
      'How often each story of an edition was opened from the mail in each hour: a number, which belongs to nobody.',
    basis:
      'We store this because you asked for it, and only once you confirmed by mail (Articles 6(1)(a) and 7 GDPR). You can take it back at any time; what was sent before stays lawful.',
  },
  long: {
    title: 'For how long',
    items: (days: string) => [
      'A sign-up goes after 30 days, confirmed or not.',
      'Your address, your newsletters and the proof of your consent stay while you read us, and after you left until you have them erased.',
      `Whether an edition could be delivered to you is kept for ${days} days; after that only numbers remain.`,
      'When you have yourself erased, only a keyed hash of your address is left: it holds your address out of lists that somebody adds later, and cannot be turned back into it.',
    ],
  },
  not: {
    title: 'What we don’t do',
    links: {
      direct: 'The links of our mails lead straight to the story: we don’t learn that you followed one.',
      correctable:
        'The links to stories in our mails lead over our own server, so that a wrong one can still be put right. They are the same for every reader, and nothing is stored when you follow one.',
      counted:
        'The links to stories in our mails lead over our own server, so that a wrong one can still be put right. They are the same for every reader. When you follow one, a counter of that story for that hour goes up by one; nothing about you is stored.',
    },
    items: [
      'No tracking: our mails have no invisible pictures.',
      'Nobody sees which readers opened or clicked what.',
      'These pages set no cookies for readers, and load nothing from other companies’ servers, except pictures that the publication placed elsewhere.',
      'We sell and lend your address to nobody.',
    ],
  },
  advertising: {
    some: (newsletters: string) =>
      `These carry paid content: ${newsletters}. It begins with the word “Advertisement” and the name of who pays. Advertisers learn nothing about you.`,
    none: 'Our newsletters carry no paid content.',
  },
  sending: {
    title: 'Who carries the mail',
    provider: (provider: string) =>
      `Mails are handed to ${provider}, which delivers them for us and sees your address and the mail.`,
    own: 'Mails leave from a mail server of our own.',
    mailbox: 'This installation is on trial: it catches its mails itself, and none leaves the machine.',
  },
  rights: {
    title: 'What you can do',
    leave: 'Every mail has a link that ends it with one click; no password is needed.',
    own: 'You may see, correct, take with you and erase what is stored about you. We mail you a link for it, good for an hour:',
    button: 'See or erase what you store about me',
    write: 'Or write to us. You may also complain to your data protection authority.',
  },
  more: (publication: string) => `What ${publication} adds`,
}

export type PrivacyWords = typeof en

const de: PrivacyWords = {
  title: 'Wie wir Ihre Adresse aufbewahren',
  intro: publication =>
    `Hier steht, was bei den Newslettern von ${publication} über Sie gespeichert wird, wozu, wie lange, und wie Sie es beenden.`,
  who: {
    title: 'Wer wir sind',
    reach: 'Sie erreichen uns unter',
    unnamed: 'Die Publikation hat ihre Postanschrift noch nicht eingetragen.',
  },
  what: {
    title: 'Was wir speichern',
    items: [
      'Ihre E-Mail-Adresse, und Ihren Namen, wenn Sie einen angegeben haben.',
      'Welche Newsletter Sie bestellt haben, und in welcher Sprache.',
      'Als Nachweis Ihrer Einwilligung: die Worte, die Sie vor sich hatten, mit ihrer Fassung; das Formular und die Website, auf der es stand; wann Sie bestellt, bestätigt und abbestellt haben; und das Netz, aus dem Sie kamen, so gekürzt, dass es keinen einzelnen Anschluss nennt.',
      'Zu jeder Ausgabe, ob sie Ihnen zugestellt werden konnte.',
    ],
    clicks:
      'Wie oft jeder Artikel einer Ausgabe in jeder Stunde aus der Mail geöffnet wurde: eine Zahl, die zu niemandem gehört.',
    basis:
      'Wir speichern das, weil Sie es bestellt haben, und erst, nachdem Sie es per E-Mail bestätigt haben (Artikel 6 Absatz 1 Buchstabe a und Artikel 7 DSGVO). Sie können das jederzeit widerrufen; was vorher verschickt wurde, bleibt rechtmäßig.',
  },
  long: {
    title: 'Wie lange',
    items: days => [
      'Eine Bestellung wird nach 30 Tagen gelöscht, ob bestätigt oder nicht.',
      'Ihre Adresse, Ihre Newsletter und der Nachweis Ihrer Einwilligung bleiben, solange Sie uns lesen, und danach, bis Sie sie löschen lassen.',
      `Ob Ihnen eine Ausgabe zugestellt werden konnte, bleibt ${days} Tage gespeichert; danach bleiben nur Zahlen.`,
      'Wenn Sie sich löschen lassen, bleibt nur ein mit einem Schlüssel gebildeter Hashwert Ihrer Adresse: er hält sie aus Listen heraus, die später jemand einträgt, und lässt sich nicht in die Adresse zurückverwandeln.',
    ],
  },
  not: {
    title: 'Was wir nicht tun',
    links: {
      direct:
        'Die Links unserer Mails führen geradewegs zum Artikel: wir erfahren nicht, dass Sie einen aufgerufen haben.',
      correctable:
        'Die Links zu Artikeln in unseren Mails führen über unseren eigenen Server, damit sich ein falscher noch berichtigen lässt. Sie sind für alle Leser dieselben, und es wird nichts gespeichert, wenn Sie einen aufrufen.',
      counted:
        'Die Links zu Artikeln in unseren Mails führen über unseren eigenen Server, damit sich ein falscher noch berichtigen lässt. Sie sind für alle Leser dieselben. Rufen Sie einen auf, so steigt ein Zähler dieses Artikels für diese Stunde um eins; über Sie wird nichts gespeichert.',
    },
    items: [
      'Kein Tracking: unsere Mails enthalten keine unsichtbaren Bilder.',
      'Niemand sieht, wer was geöffnet oder angeklickt hat.',
      'Diese Seiten setzen für Leser keine Cookies und laden nichts von den Servern anderer Firmen, außer Bildern, die die Publikation anderswo abgelegt hat.',
      'Wir verkaufen und verleihen Ihre Adresse nicht.',
    ],
  },
  advertising: {
    some: newsletters =>
      `Bezahlte Inhalte enthalten: ${newsletters}. Sie beginnen mit dem Wort „Anzeige“ und dem Namen dessen, der bezahlt. Werbetreibende erfahren nichts über Sie.`,
    none: 'Unsere Newsletter enthalten keine bezahlten Inhalte.',
  },
  sending: {
    title: 'Wer die Mails befördert',
    provider: provider =>
      `Die Mails gehen an ${provider}; dort werden sie für uns zugestellt, und dort sind Ihre Adresse und die Mail zu sehen.`,
    own: 'Die Mails gehen von einem eigenen Mailserver aus.',
    mailbox:
      'Diese Installation läuft zur Probe: sie fängt ihre Mails selbst ab, keine verlässt den Rechner.',
  },
  rights: {
    title: 'Was Sie tun können',
    leave: 'Jede Mail hat einen Link, der sie mit einem Klick beendet; ein Passwort braucht es nicht.',
    own: 'Sie dürfen sehen, berichtigen, mitnehmen und löschen lassen, was über Sie gespeichert ist. Dafür schicken wir Ihnen einen Link, der eine Stunde gilt:',
    button: 'Zeigen oder löschen, was über mich gespeichert ist',
    write: 'Oder schreiben Sie uns. Sie können sich auch bei Ihrer Datenschutzbehörde beschweren.',
  },
  more: publication => `Was ${publication} hinzufügt`,
}

export const privacyWords: Record<Language, PrivacyWords> = { en, de }
