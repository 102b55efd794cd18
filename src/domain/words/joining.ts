import type { AddressRefusal } from '../email-address.ts'
import type { Language } from '../languages.ts'
import type { NameRefusal } from '../reader-name.ts'
import type { NewsletterRefusal } from '../sign-up.ts'

const en = {
  faults: {
    email: {
      empty: 'Please type your email address.',
      'too-long': 'This is longer than an email address can be. Please check it.',
      'no-at': 'An email address has an @, such as ana@example.com. Please check it.',
      malformed: 'This is not an email address that mail can reach. Please check it.',
      domain: 'What stands after the @ is no domain, such as example.com. Please check it.',
    } satisfies Record<AddressRefusal, string> as Record<AddressRefusal, string>,
    name: {
      'too-long': 'A name can have 100 characters. Please shorten it.',
      'not-one-line': 'A name stands on one line, without control characters. Please type it again.',
    } satisfies Record<NameRefusal, string> as Record<NameRefusal, string>,
    newsletter: {
      none: 'Please choose at least one newsletter.',
      unknown: 'There is no such newsletter here. Please choose again.',
      closed: 'One of these takes no new readers now. Please choose again.',
    } satisfies Record<NewsletterRefusal, string> as Record<NewsletterRefusal, string>,
    sameAddress: 'This is the address that we have.',
  },
  tooMany: {
    title: 'Too much from your network',
    text: (wait: string) =>
      `Your network has asked for a lot in the last hour, so this was not taken. What you typed is still here: try again in ${wait}.`,
    textOnly: (wait: string) =>
      `Your network has asked for a lot in the last hour, so this was not taken. Open this link again in ${wait}.`,
    minutes: (count: number) => (count === 1 ? 'a minute' : `${count} minutes`),
  },
  tooLarge: {
    title: 'That is too much for this form',
    text: 'Nothing was taken. An address, a name and a few ticks are all it needs.',
    back: 'Back to the form',
  },
  signUp: {
    closedTitle: (newsletter: string) => `${newsletter} takes no new readers now`,
    closedText: 'You can sign up for another of our newsletters:',
    noneTitle: 'Nothing to sign up for yet',
    noneText: 'There is no open newsletter here. Come back later.',
    others: 'All our newsletters',
    again: 'Sign up again',
    link: 'Sign up',
  },
  taken: {
    title: 'Look in your inbox',
    text: (address: string, newsletters: string) =>
      `A mail is on its way to ${address}. Press the button in it, and ${newsletters} will come. Until you do, nothing else comes.`,
    didYouMean: (address: string) => `Did you mean ${address}?`,
    asTyped: (address: string) => `Your sign-up stands for ${address}, as you typed it.`,
    correct: (address: string) => `Use ${address}`,
    noMail: 'If no mail comes',
    hints: {
      wait: 'Give it five minutes, and look into spam and promotions.',
      check: (address: string) => `Is ${address} right? If not, sign up again with the right one.`,
      limits:
        'Ask again if you like. We write to an address once in ten minutes and three times a day at most, so the mail may take that long.',
      barred:
        'If this address once told us never to write to it, nothing comes. Only the editors can change that',
      write: 'write to them',
    },
  },
  confirm: {
    title: 'Confirm your sign-up',
    for: (address: string) => `For ${address}`,
    name: (name: string) => `We will greet you as ${name}.`,
    button: 'Confirm',
    notMe: 'This wasn’t me',
    nothing: 'If you didn’t ask for this, do nothing, and nothing will come.',
    keep: 'How we keep your address',
    doneTitle: 'You are signed up',
    done: (newsletters: string, address: string) =>
      `${newsletters} will come to ${address}. Every mail lets you leave with one click.`,
    latest: (subject: string) => `The latest edition is “${subject}”.`,
    sendNow: 'Send me this one now',
    latestTitle: 'It is on its way',
    latestText: (subject: string) => `“${subject}” will be in your inbox in a minute.`,
    nothingToSendTitle: 'There is nothing to send now',
    nothingToSend: 'You have the latest edition already, or there is none yet. The next one comes by itself.',
    archive: 'Read it in the archive',
    usedTitle: 'This link was used before',
    used: 'It confirmed a sign-up once. You have left since, or changed your address, and nothing was changed now.',
    expiredTitle: 'This link has run out',
    expired: 'A confirmation works for 72 hours after its mail was sent. We can send you a new one.',
    again: 'Send me a new mail',
    barredTitle: 'Nothing was confirmed',
    barred:
      'This address told us never to write to it, or complained about our mail. Only the editors can take it on again.',
    endedTitle: 'There is nothing left to confirm',
    ended: 'What this link would have confirmed has ended, or takes no new readers.',
    goneTitle: 'This link is too old',
    gone: 'It belonged to a sign-up that is no longer kept: we remove them after 30 days.',
  },
  notMe: {
    title: 'It wasn’t you?',
    text: (address: string) =>
      `Somebody typed ${address} into our form. If you do nothing, nothing will come: without a confirmation we don’t write again. You can also make sure of it for ever.`,
    reads: (newsletters: string) => `This address gets ${newsletters} now: that stops too.`,
    final: 'You can’t undo this here. Only the editors can.',
    button: 'Never write to this address again',
    doneTitle: 'We will not write to you again',
    done: (address: string) =>
      `${address} gets nothing from us any more, whoever signs it up. A mail that is on its way already may still arrive.`,
  },
}

export type JoiningWords = typeof en

const de: JoiningWords = {
  faults: {
    email: {
      empty: 'Bitte geben Sie Ihre E-Mail-Adresse ein.',
      'too-long': 'Das ist länger, als eine E-Mail-Adresse sein kann. Bitte prüfen Sie sie.',
      'no-at': 'Eine E-Mail-Adresse hat ein @, etwa ana@example.com. Bitte prüfen Sie sie.',
      malformed: 'Das ist keine E-Mail-Adresse, die Post erreicht. Bitte prüfen Sie sie.',
      domain: 'Was nach dem @ steht, ist keine Domain wie example.com. Bitte prüfen Sie sie.',
    },
    name: {
      'too-long': 'Ein Name kann 100 Zeichen haben. Bitte kürzen Sie ihn.',
      'not-one-line': 'Ein Name steht auf einer Zeile, ohne Steuerzeichen. Bitte tippen Sie ihn neu.',
    },
    newsletter: {
      none: 'Bitte wählen Sie mindestens einen Newsletter.',
      unknown: 'Diesen Newsletter gibt es hier nicht. Bitte wählen Sie neu.',
      closed: 'Einer davon nimmt gerade niemanden auf. Bitte wählen Sie neu.',
    },
    sameAddress: 'Das ist die Adresse, die wir haben.',
  },
  tooMany: {
    title: 'Zu viel aus Ihrem Netz',
    text: wait =>
      `Aus Ihrem Netz kam in der letzten Stunde sehr viel, deshalb wurde das nicht angenommen. Ihre Eingaben stehen noch da: versuchen Sie es in ${wait} noch einmal.`,
    textOnly: wait =>
      `Aus Ihrem Netz kam in der letzten Stunde sehr viel, deshalb wurde das nicht angenommen. Öffnen Sie diesen Link in ${wait} noch einmal.`,
    minutes: count => (count === 1 ? 'einer Minute' : `${count} Minuten`),
  },
  tooLarge: {
    title: 'Das ist zu viel für dieses Formular',
    text: 'Nichts wurde angenommen. Eine Adresse, ein Name und ein paar Häkchen genügen.',
    back: 'Zurück zum Formular',
  },
  signUp: {
    closedTitle: newsletter => `${newsletter} nimmt gerade niemanden auf`,
    closedText: 'Sie können einen anderen unserer Newsletter bestellen:',
    noneTitle: 'Noch nichts zu bestellen',
    noneText: 'Hier gibt es keinen offenen Newsletter. Schauen Sie später wieder vorbei.',
    others: 'Alle unsere Newsletter',
    again: 'Noch einmal bestellen',
    link: 'Bestellen',
  },
  taken: {
    title: 'Sehen Sie in Ihr Postfach',
    text: (address, newsletters) =>
      `Eine E-Mail ist unterwegs an ${address}. Drücken Sie den Knopf darin, um ${newsletters} zu bekommen. Bis dahin kommt nichts anderes.`,
    didYouMean: address => `Meinten Sie ${address}?`,
    asTyped: address => `Ihre Bestellung gilt für ${address}, wie Sie es getippt haben.`,
    correct: address => `${address} nehmen`,
    noMail: 'Wenn keine E-Mail kommt',
    hints: {
      wait: 'Warten Sie fünf Minuten, und sehen Sie bei Spam und Werbung nach.',
      check: address => `Stimmt ${address}? Wenn nicht, bestellen Sie noch einmal mit der richtigen Adresse.`,
      limits:
        'Bestellen Sie ruhig noch einmal. Wir schreiben einer Adresse höchstens alle zehn Minuten und dreimal am Tag, so lange kann es dauern.',
      barred:
        'Hat diese Adresse uns einmal verboten, ihr zu schreiben, kommt nichts. Nur die Redaktion kann das ändern',
      write: 'schreiben Sie ihr',
    },
  },
  confirm: {
    title: 'Bestellung bestätigen',
    for: address => `Für ${address}`,
    name: name => `Wir begrüßen Sie mit ${name}.`,
    button: 'Bestätigen',
    notMe: 'Das war ich nicht',
    nothing: 'Wenn Sie das nicht bestellt haben, tun Sie nichts; dann kommt auch nichts.',
    keep: 'Wie wir Ihre Adresse aufbewahren',
    doneTitle: 'Ihre Bestellung gilt',
    done: (newsletters, address) =>
      `Sie bekommen ${newsletters} ab jetzt an ${address}. Jede E-Mail lässt Sie mit einem Klick abbestellen.`,
    latest: subject => `Die letzte Ausgabe heißt „${subject}“.`,
    sendNow: 'Diese gleich schicken',
    latestTitle: 'Sie ist unterwegs',
    latestText: subject => `„${subject}“ ist in einer Minute in Ihrem Postfach.`,
    nothingToSendTitle: 'Gerade gibt es nichts zu schicken',
    nothingToSend:
      'Sie haben die letzte Ausgabe schon, oder es gibt noch keine. Die nächste kommt von selbst.',
    archive: 'Im Archiv lesen',
    usedTitle: 'Dieser Link wurde schon benutzt',
    used: 'Er hat einmal eine Bestellung bestätigt. Inzwischen haben Sie abbestellt oder die Adresse gewechselt; jetzt wurde nichts geändert.',
    expiredTitle: 'Dieser Link ist abgelaufen',
    expired:
      'Eine Bestätigung gilt 72 Stunden, nachdem die E-Mail verschickt wurde. Wir schicken Ihnen gern eine neue.',
    again: 'Neue E-Mail schicken',
    barredTitle: 'Nichts wurde bestätigt',
    barred:
      'Diese Adresse hat uns verboten, ihr zu schreiben, oder sich über unsere Post beschwert. Nur die Redaktion kann sie wieder aufnehmen.',
    endedTitle: 'Hier ist nichts mehr zu bestätigen',
    ended: 'Was dieser Link bestätigt hätte, ist eingestellt oder nimmt niemanden mehr auf.',
    goneTitle: 'Dieser Link ist zu alt',
    gone: 'Er gehörte zu einer Bestellung, die nicht mehr aufbewahrt wird: nach 30 Tagen löschen wir sie.',
  },
  notMe: {
    title: 'Sie waren das nicht?',
    text: address =>
      `Jemand hat ${address} in unser Formular getippt. Wenn Sie nichts tun, kommt nichts: ohne Bestätigung schreiben wir nicht wieder. Sie können das auch für immer festlegen.`,
    reads: newsletters => `Diese Adresse bekommt gerade ${newsletters}: auch das hört dann auf.`,
    final: 'Hier können Sie das nicht zurücknehmen. Das kann nur die Redaktion.',
    button: 'Dieser Adresse nie wieder schreiben',
    doneTitle: 'Wir schreiben Ihnen nicht mehr',
    done: address =>
      `${address} bekommt von uns nichts mehr, wer immer sie einträgt. Eine E-Mail, die schon unterwegs ist, kann noch ankommen.`,
  },
}

export const joiningWords: Record<Language, JoiningWords> = { en, de }
