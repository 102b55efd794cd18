import type { Language } from '../languages.ts'
import type { Role } from '../roles.ts'

const en = {
  back: 'Back to the workspace',
  otherSite: {
    title: 'This came from another site',
    text: 'Another site, or a browser that hides where a form comes from, sent this. Nothing was changed. Open the page here and try again.',
  },
  signedOut: {
    title: 'You are signed out',
    text: 'Nothing was changed. Sign in, go back in your browser and send the form again: what you typed is still there.',
  },
  tooLarge: (megabytes: number) => ({
    title: 'That is too much for one form',
    text: `This one takes ${megabytes} MB. Nothing was changed.`,
  }),
  notYours: (needed: Role) => ({
    title: needed === 'owner' ? 'Only an owner can do this' : 'Writers can’t do this',
    text: 'Nothing was changed. Ask an owner of this workspace: owners give roles.',
  }),
  missing: {
    title: 'There is nothing at this address',
    text: 'It may have been removed, or the address is cut.',
  },
  signIn: {
    title: 'Sign in',
    intro: 'We mail you a link that signs you in. There is no password.',
    address: 'Your e-mail address',
    send: 'Mail me a link',
    notAnAddress:
      'This is not an e-mail address. It needs a name, an @ and a domain, such as ana@example.com.',
    asked: {
      title: 'Look into your mail',
      text: 'If this address belongs to an editor here, a link is on its way. It signs you in once, within an hour.',
      late: 'Nothing there after a few minutes? Look into the spam folder, or ask an owner whether they invited this address. At most five links an hour go to one address.',
      mailbox: 'Open the mailbox of this machine, which caught it',
      again: 'Ask for another link',
    },
    link: {
      title: (publication: string) => `Sign in to ${publication}`,
      as: (name: string) => `You are signing in as ${name}.`,
      act: 'Sign in',
    },
    used: {
      title: 'This link was used',
      text: 'A link signs in once. If it was not you who used it, tell an owner. Ask for a new link here.',
    },
    expired: {
      title: 'This link is too old',
      text: 'A mailed link is good for an hour, a printed one for a day. Ask for a new link here.',
    },
    unknown: {
      title: 'We don’t know this link',
      text: 'Perhaps the mail program cut it: it must be copied whole. Or ask for a new link here.',
    },
    noOwner:
      'Nobody owns this workspace yet. The link for its first owner is printed where Broadsheet is started; starting it again prints a new one.',
    owner: {
      title: (publication: string) => `Become the owner of ${publication}`,
      text: 'You set up the publication, invite the others and say who may send. Sign in later with a link that we mail to this address.',
      name: 'Your name',
      act: 'Become the owner',
    },
    noName: 'Please give a name: others see it beside what you do.',
    badName: 'A name is one line of at most 200 characters.',
  },
  roles: { owner: 'Owner', editor: 'Editor', writer: 'Writer' } satisfies Record<Role, string>,
}

export type AccessWords = typeof en

const de: AccessWords = {
  back: 'Zurück zur Redaktion',
  otherSite: {
    title: 'Das kam von einer anderen Website',
    text: 'Eine andere Website hat das geschickt, oder ein Browser, der verbirgt, woher ein Formular kommt. Nichts wurde geändert. Öffnen Sie die Seite hier und versuchen Sie es noch einmal.',
  },
  signedOut: {
    title: 'Sie sind abgemeldet',
    text: 'Nichts wurde geändert. Melden Sie sich an, gehen Sie im Browser zurück und schicken Sie das Formular noch einmal: Ihre Eingaben stehen noch da.',
  },
  tooLarge: megabytes => ({
    title: 'Das ist zu viel für ein Formular',
    text: `Dieses fasst ${megabytes} MB. Nichts wurde geändert.`,
  }),
  notYours: needed => ({
    title: needed === 'owner' ? 'Das dürfen nur Inhaber' : 'Autoren dürfen das nicht',
    text: 'Nichts wurde geändert. Fragen Sie einen Inhaber dieser Redaktion: Inhaber vergeben die Rollen.',
  }),
  missing: {
    title: 'Unter dieser Adresse ist nichts',
    text: 'Vielleicht wurde es entfernt, oder die Adresse ist abgeschnitten.',
  },
  signIn: {
    title: 'Anmelden',
    intro: 'Wir schicken Ihnen einen Link, der Sie anmeldet. Ein Passwort gibt es nicht.',
    address: 'Ihre E-Mail-Adresse',
    send: 'Link schicken',
    notAnAddress:
      'Das ist keine E-Mail-Adresse. Sie braucht einen Namen, ein @ und eine Domain, etwa ana@example.com.',
    asked: {
      title: 'Sehen Sie in Ihre Mail',
      text: 'Gehört diese Adresse jemandem aus der Redaktion, ist ein Link unterwegs. Er meldet Sie einmal an, binnen einer Stunde.',
      late: 'Nach ein paar Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, oder fragen Sie einen Inhaber, ob diese Adresse eingeladen ist. An eine Adresse gehen höchstens fünf Links in der Stunde.',
      mailbox: 'Das Postfach dieses Rechners öffnen, in dem er liegt',
      again: 'Noch einen Link anfordern',
    },
    link: {
      title: publication => `Anmelden bei ${publication}`,
      as: name => `Sie melden sich als ${name} an.`,
      act: 'Anmelden',
    },
    used: {
      title: 'Dieser Link ist verbraucht',
      text: 'Ein Link meldet einmal an. Waren Sie das nicht, sagen Sie es einem Inhaber. Hier bekommen Sie einen neuen Link.',
    },
    expired: {
      title: 'Dieser Link ist zu alt',
      text: 'Ein Link aus einer Mail gilt eine Stunde, ein ausgedruckter einen Tag. Hier bekommen Sie einen neuen.',
    },
    unknown: {
      title: 'Diesen Link kennen wir nicht',
      text: 'Vielleicht hat das Mailprogramm ihn abgeschnitten: er muss ganz kopiert werden. Oder Sie bekommen hier einen neuen.',
    },
    noOwner:
      'Noch gehört diese Redaktion niemandem. Der Link für den ersten Inhaber steht dort, wo Broadsheet gestartet wurde; ein neuer Start gibt einen neuen aus.',
    owner: {
      title: publication => `Inhaber von ${publication} werden`,
      text: 'Sie richten die Publikation ein, laden die anderen ein und sagen, wer senden darf. Später melden Sie sich mit einem Link an, den wir an diese Adresse schicken.',
      name: 'Ihr Name',
      act: 'Inhaber werden',
    },
    noName: 'Bitte geben Sie einen Namen an: die anderen sehen ihn bei dem, was Sie tun.',
    badName: 'Ein Name ist eine Zeile mit höchstens 200 Zeichen.',
  },
  roles: { owner: 'Inhaber', editor: 'Redakteur', writer: 'Autor' },
}

export const accessWords: Record<Language, AccessWords> = { en, de }
