import type { Language } from '../languages.ts'
import type { LeavingReason } from '../subscription.ts'

const en = {
  unsubscribe: {
    title: (newsletter: string) => `Leave ${newsletter}?`,
    titleMany: 'Leave these newsletters?',
    text: (address: string, newsletters: string) => `${newsletters} will no longer come to ${address}.`,
    button: (newsletter: string) => `Leave ${newsletter}`,
    buttonMany: 'Leave all that I don’t keep',
    keep: 'All of them end. Tick what you want to keep.',
    keepLegend: 'Keep',
    leftTitle: (newsletters: string) => `You have left ${newsletters}`,
    left: (address: string) =>
      `No further edition goes to ${address}. One that is being sent at this moment may still arrive.`,
    kept: (newsletters: string) => `You keep ${newsletters}.`,
    alreadyTitle: 'You have left',
    already: 'Nothing from this link comes to you any more. There is nothing else to do.',
    nothingTitle: 'Nothing was changed',
    nothing: (newsletters: string) => `You keep ${newsletters}.`,
    undo: 'Undo',
    undoneTitle: 'You are back',
    undone: (newsletters: string) => `${newsletters} will come as before.`,
    notUndoneTitle: 'There is nothing to undo',
    notUndone: 'What this link ended can be taken back for 24 hours. You can sign up again at any time.',
    reasonTitle: 'Would you tell us why?',
    reasonText: 'You have left either way.',
    reasons: {
      too_often: 'It comes too often',
      not_relevant: 'It isn’t for me',
      never_asked: 'I never signed up for it',
      other: 'Something else',
    } satisfies Record<LeavingReason, string> as Record<LeavingReason, string>,
    words: 'In your words',
    send: 'Send',
    chooseReason: 'Please choose one of these.',
    thanksTitle: 'Thank you',
    thanks: 'We have noted it.',
    oneClick: 'You have left. Nothing else is to do.',
  },
  badLink: {
    title: 'This link is not complete',
    text: 'It is cut, or was changed on its way, so nothing was done. Mail programs sometimes break long links: copy the whole of it from the mail.',
    leaving: 'To leave without it, have a link mailed to you:',
    foreignTitle: 'This link belongs to another page',
    foreignText: 'Nothing was done. It opens this page:',
    plain: 'This link is not complete, so nothing was done. Please use the whole link from the mail.',
    pages: {
      confirm: 'Confirm a sign-up',
      objection: 'This wasn’t me',
      unsubscribe: 'Leave a newsletter',
      manage: 'Your preferences',
      preferences: 'Your preferences',
      address: 'A new address',
      preview: 'Preview of a digest',
      link: 'Story of a digest',
    },
  },
}

export type LeavingWords = typeof en

const de: LeavingWords = {
  unsubscribe: {
    title: newsletter => `${newsletter} abbestellen?`,
    titleMany: 'Diese Newsletter abbestellen?',
    text: (address, newsletters) => `${address} bekommt ${newsletters} nicht mehr.`,
    button: newsletter => `${newsletter} abbestellen`,
    buttonMany: 'Alles andere abbestellen',
    keep: 'Alle enden. Haken Sie an, was Sie behalten möchten.',
    keepLegend: 'Behalten',
    leftTitle: newsletters => `${newsletters} abbestellt`,
    left: address =>
      `An ${address} geht keine weitere Ausgabe. Eine, die gerade verschickt wird, kann noch ankommen.`,
    kept: newsletters => `Sie behalten ${newsletters}.`,
    alreadyTitle: 'Sie haben abbestellt',
    already: 'Von diesem Link kommt nichts mehr zu Ihnen. Sonst ist nichts zu tun.',
    nothingTitle: 'Nichts wurde geändert',
    nothing: newsletters => `Sie behalten ${newsletters}.`,
    undo: 'Rückgängig machen',
    undoneTitle: 'Sie sind wieder dabei',
    undone: newsletters => `Sie bekommen ${newsletters} wie bisher.`,
    notUndoneTitle: 'Es gibt nichts zurückzuholen',
    notUndone:
      'Was dieser Link beendet hat, lässt sich 24 Stunden lang zurückholen. Neu bestellen können Sie jederzeit.',
    reasonTitle: 'Sagen Sie uns, warum?',
    reasonText: 'Abbestellt haben Sie so oder so.',
    reasons: {
      too_often: 'Er kommt zu oft',
      not_relevant: 'Er ist nichts für mich',
      never_asked: 'Ich habe ihn nie bestellt',
      other: 'Etwas anderes',
    },
    words: 'Mit Ihren Worten',
    send: 'Abschicken',
    chooseReason: 'Bitte wählen Sie eines davon.',
    thanksTitle: 'Danke',
    thanks: 'Wir haben es notiert.',
    oneClick: 'Abbestellt. Sonst ist nichts zu tun.',
  },
  badLink: {
    title: 'Dieser Link ist nicht vollständig',
    text: 'Er ist abgeschnitten oder unterwegs verändert worden, deshalb ist nichts geschehen. Mailprogramme brechen lange Links manchmal um: kopieren Sie ihn ganz aus der E-Mail.',
    leaving: 'Um ohne ihn abzubestellen, lassen Sie sich einen Link schicken:',
    foreignTitle: 'Dieser Link gehört zu einer anderen Seite',
    foreignText: 'Nichts ist geschehen. Er öffnet diese Seite:',
    plain:
      'Dieser Link ist nicht vollständig, deshalb ist nichts geschehen. Bitte nehmen Sie den ganzen Link aus der E-Mail.',
    pages: {
      confirm: 'Eine Bestellung bestätigen',
      objection: 'Das war ich nicht',
      unsubscribe: 'Einen Newsletter abbestellen',
      manage: 'Ihre Einstellungen',
      preferences: 'Ihre Einstellungen',
      address: 'Eine neue Adresse',
      preview: 'Vorschau einer Ausgabe',
      link: 'Artikel einer Ausgabe',
    },
  },
}

export const leavingWords: Record<Language, LeavingWords> = { en, de }
