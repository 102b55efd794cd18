import type { Language } from '../languages.ts'
import type { ApprovalEvent } from '../notices.ts'
import { duration, type LinkWords } from './link-mail.ts'

/** What mails to editors say by themselves; those of plans and of access stand beside their own matters. */
type EditorMailWords = {
  signIn: LinkWords
  report: {
    pausedSubject: (digest: string) => string
    finishedSubject: (digest: string) => string
    paused: (digest: string) => string
    finished: (digest: string) => string
    counts: (sent: string, intended: string) => string
    notSent: (failed: string, suppressed: string, unknown: string, pending: string) => string
    button: string
  }
  approval: Record<
    ApprovalEvent,
    { subject: (digest: string) => string; text: (by: string, digest: string) => string }
  > & {
    when: (when: string) => string
    comment: (by: string) => string
    button: string
  }
}

const en: EditorMailWords = {
  signIn: {
    subject: publication => `Your link to sign in at ${publication}`,
    text: publication => `This link signs you in to the newsroom of ${publication}.`,
    button: 'Sign in',
    valid: minutes => `It works once, within ${duration(minutes, 'minute', 'hour')}.`,
    ignore: 'If you did not ask for it, do nothing. Nobody can sign in without this mail.',
  },
  report: {
    pausedSubject: digest => `Paused: ${digest}`,
    finishedSubject: digest => `Sent: ${digest}`,
    paused: digest => `The sending of “${digest}” has paused. Nobody was suppressed, and nothing is lost.`,
    finished: digest => `“${digest}” has been sent.`,
    counts: (sent, intended) => `Sent to ${sent} of ${intended} readers.`,
    notSent: (failed, suppressed, unknown, pending) =>
      `Failed: ${failed}. Suppressed: ${suppressed}. Unknown: ${unknown}. Not yet sent: ${pending}.`,
    button: 'Open the digest',
  },
  approval: {
    asked: {
      subject: digest => `To be approved: ${digest}`,
      text: (by, digest) =>
        by ? `${by} asks for your approval of “${digest}”.` : `“${digest}” waits for your approval.`,
    },
    approved: {
      subject: digest => `Approved: ${digest}`,
      text: (by, digest) => `${by} approved of “${digest}”.`,
    },
    sent_back: {
      subject: digest => `Sent back: ${digest}`,
      text: (by, digest) => `${by} sent “${digest}” back.`,
    },
    overridden: {
      subject: digest => `Without a second person: ${digest}`,
      text: (by, digest) => `${by} let “${digest}” go without a second person’s approval.`,
    },
    voided: {
      subject: digest => `No longer approved: ${digest}`,
      text: (by, digest) =>
        by
          ? `${by} edited “${digest}”. What was asked for or approved holds no longer, and nothing goes out by it.`
          : `Something that “${digest}” is made of has changed: a story, a template, a sender. What was asked for or approved holds no longer, and nothing goes out by it.`,
    },
    when: when => `It is to go out ${when}.`,
    comment: by => (by ? `${by} says:` : 'Said to it:'),
    button: 'Open the digest',
  },
}

const de: EditorMailWords = {
  signIn: {
    subject: publication => `Ihr Link zur Anmeldung bei ${publication}`,
    text: publication => `Mit diesem Link melden Sie sich in der Redaktion von ${publication} an.`,
    button: 'Anmelden',
    valid: minutes => `Er gilt einmal, und ${duration(minutes, 'Minute', 'Stunde', 'n')} lang.`,
    ignore: 'Wenn Sie ihn nicht angefordert haben, tun Sie nichts. Ohne diese Mail kommt niemand hinein.',
  },
  report: {
    pausedSubject: digest => `Angehalten: ${digest}`,
    finishedSubject: digest => `Verschickt: ${digest}`,
    paused: digest =>
      `Der Versand von „${digest}“ wurde angehalten. Niemand wurde gesperrt, und nichts ist verloren.`,
    finished: digest => `„${digest}“ ist verschickt.`,
    counts: (sent, intended) => `An ${sent} von ${intended} Lesern verschickt.`,
    notSent: (failed, suppressed, unknown, pending) =>
      `Fehlgeschlagen: ${failed}. Gesperrt: ${suppressed}. Unklar: ${unknown}. Noch nicht verschickt: ${pending}.`,
    button: 'Ausgabe öffnen',
  },
  approval: {
    asked: {
      subject: digest => `Freizugeben: ${digest}`,
      text: (by, digest) =>
        by ? `${by} bittet um Ihre Freigabe von „${digest}“.` : `„${digest}“ wartet auf Ihre Freigabe.`,
    },
    approved: {
      subject: digest => `Freigegeben: ${digest}`,
      text: (by, digest) => `${by} hat „${digest}“ freigegeben.`,
    },
    sent_back: {
      subject: digest => `Zurückgegeben: ${digest}`,
      text: (by, digest) => `${by} hat „${digest}“ zurückgegeben.`,
    },
    overridden: {
      subject: digest => `Ohne zweite Person: ${digest}`,
      text: (by, digest) => `${by} lässt „${digest}“ ohne die Freigabe einer zweiten Person hinaus.`,
    },
    voided: {
      subject: digest => `Nicht mehr freigegeben: ${digest}`,
      text: (by, digest) =>
        by
          ? `${by} hat „${digest}“ bearbeitet. Was erbeten oder freigegeben war, gilt nicht mehr, und nichts geht danach hinaus.`
          : `Etwas, woraus „${digest}“ besteht, hat sich geändert: ein Artikel, eine Vorlage, ein Absender. Was erbeten oder freigegeben war, gilt nicht mehr, und nichts geht danach hinaus.`,
    },
    when: when => `Sie soll hinausgehen ${when}.`,
    comment: by => (by ? `${by} sagt:` : 'Dazu gesagt:'),
    button: 'Ausgabe öffnen',
  },
}

export const editorMailWords: Record<Language, EditorMailWords> = { en, de }
