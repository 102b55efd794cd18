import type { Language } from '../languages.ts'
import type { PlanEvent, PlanRunState } from '../plan-run.ts'

/** What a mail about a plan's edition names, all in words already. */
export type PlanMailFacts = {
  plan: string
  /** The edition's subject. */
  subject: string
  /** "Morning Brief and The Week". */
  newsletters: string
  /** "4,812 readers". */
  readers: string
  /** "06:30". */
  time: string
  /** "Monday 22 June 2026". */
  day: string
  zone: string
  /** Whether it needs a second person, rather than somebody's button. */
  needsApproval: boolean
}

type Said = (facts: PlanMailFacts) => string
type PlanMail = { title: Said; text: Said; button: string; after?: string }

export type PlanMailWords = {
  events: Record<PlanEvent, PlanMail>
  /** What stands under the note of an edition that comes whole. */
  asReaders: (newsletter: string) => string
  stories: string
  faults: string
  readers: (count: number, said: string) => string
  /** Days that nobody was there for, in words. */
  missed: (count: number, first: string, last: string) => string
  alarm: {
    title: (newsletter: string) => string
    text: (newsletter: string, time: string, day: string, zone: string) => string
    known: string
    nothing: string
    digest: {
      draft: (subject: string) => string
      scheduled: (subject: string, time: string) => string
      paused: (subject: string) => string
    }
    plan: Partial<Record<PlanRunState, (plan: string) => string>>
    button: string
    openDigest: string
    openPlan: string
    after: string
  }
}

const en: PlanMailWords = {
  events: {
    made: {
      title: ({ subject, time }) => `To check, goes out at ${time}: ${subject}`,
      text: ({ plan, newsletters, readers, time, day, zone }) =>
        `The plan “${plan}” has made this edition. It goes by itself to ${readers} of ${newsletters} at ${time} (${day}, ${zone}).`,
      button: 'Look at it, or stop it',
      after: 'If it is as it should be, you have nothing to do.',
    },
    late: {
      title: ({ subject }) => `Goes out late: ${subject}`,
      text: ({ plan, newsletters, readers, time, zone }) =>
        `The plan “${plan}” was to send this edition at ${time} (${zone}). Nobody was there to make it then, so it goes to ${readers} of ${newsletters} now.`,
      button: 'Open the edition',
    },
    asked: {
      title: ({ subject }) => `Waits for approval: ${subject}`,
      text: ({ plan, newsletters, readers, time, day, zone }) =>
        `The plan “${plan}” has made this edition for ${readers} of ${newsletters}. It goes out at ${time} (${day}, ${zone}), if somebody approves of it before.`,
      button: 'Read it and decide',
    },
    waits: {
      title: ({ subject }) => `Waits for you: ${subject}`,
      text: ({ plan, newsletters, readers, time, day, zone }) =>
        `The plan “${plan}” has made this edition for ${readers} of ${newsletters}, for ${time} (${day}, ${zone}). It goes out when an editor sends it.`,
      button: 'Open the edition',
    },
    empty: {
      title: ({ plan }) => `No edition, since there is no story: ${plan}`,
      text: ({ plan, newsletters, time, day, zone }) =>
        `The plan “${plan}” found no story that readers of ${newsletters} have not had yet. The edition of ${time} (${day}, ${zone}) is skipped, and readers get nothing.`,
      button: 'Open the plan’s day',
    },
    blocked: {
      title: ({ subject }) => `Can’t go out: ${subject}`,
      text: ({ plan, newsletters, time, day, zone }) =>
        `The plan “${plan}” has made this edition of ${newsletters} for ${time} (${day}, ${zone}), but something keeps it from going out. It waits as a draft: mend it, then send it.`,
      button: 'Open the edition',
    },
    unapproved: {
      title: ({ subject }) => `Has not gone out: ${subject}`,
      text: ({ plan, newsletters, time, day, zone, needsApproval }) =>
        `The plan “${plan}” has made this edition of ${newsletters} for ${time} (${day}, ${zone}). ${
          needsApproval ? 'Nobody has approved of it' : 'Nobody has sent it'
        }, so readers have not got it.`,
      button: 'Open the edition',
    },
    asks: {
      title: ({ plan }) => `Send now, or skip? ${plan}`,
      text: ({ plan, newsletters, time, day, zone }) =>
        `Nobody was there to make the edition of “${plan}” for ${newsletters} at ${time} (${day}, ${zone}). That is over an hour ago, so nothing is sent until you say so.`,
      button: 'Send it now, or skip it',
    },
  },
  asReaders: newsletter =>
    `Below is what readers of ${newsletter} get. Here its links to leave and to the preferences change nothing.`,
  stories: 'In it',
  faults: 'What stands in its way',
  readers: (count, said) => (count === 1 ? '1 reader' : `${said} readers`),
  missed: (count, first, last) =>
    count === 1
      ? `The edition of ${first} was skipped: nobody was there to make it.`
      : `${count} editions, from ${first} to ${last}, were skipped: nobody was there to make them.`,
  alarm: {
    title: newsletter => `${newsletter} has not gone out`,
    text: (newsletter, time, day, zone) =>
      `${newsletter} is to go out at ${time} (${day}, ${zone}). 15 minutes later none of its readers has been sent anything.`,
    known: 'What is known',
    nothing: 'No digest for it is scheduled, and no plan has made one.',
    digest: {
      draft: subject => `“${subject}” waits for approval.`,
      scheduled: (subject, time) => `“${subject}” is scheduled for ${time}.`,
      paused: subject => `“${subject}” is paused.`,
    },
    plan: {
      waiting: plan => `The edition of the plan “${plan}” waits for somebody.`,
      skipped: plan => `The plan “${plan}” skipped this day.`,
      blocked: plan => `The edition of the plan “${plan}” can’t go out as it is.`,
      unapproved: plan => `Nobody has approved of the edition of the plan “${plan}”, or sent it.`,
      stopped: plan => `The edition of the plan “${plan}” was stopped.`,
      asks: plan => `The plan “${plan}” asks whether to send its edition late.`,
    },
    button: 'Open the digests',
    openDigest: 'Open the digest',
    openPlan: 'Open the plan’s day',
    after: 'You are told once for this edition.',
  },
}

const de: PlanMailWords = {
  events: {
    made: {
      title: ({ subject, time }) => `Zur Prüfung, geht um ${time} hinaus: ${subject}`,
      text: ({ plan, newsletters, readers, time, day, zone }) =>
        `Der Plan „${plan}“ hat diese Ausgabe gemacht. Sie geht von selbst um ${time} (${day}, ${zone}) an ${readers} von ${newsletters}.`,
      button: 'Ansehen oder stoppen',
      after: 'Ist sie, wie sie sein soll, haben Sie nichts zu tun.',
    },
    late: {
      title: ({ subject }) => `Geht verspätet hinaus: ${subject}`,
      text: ({ plan, newsletters, readers, time, zone }) =>
        `Der Plan „${plan}“ sollte diese Ausgabe um ${time} (${zone}) senden. Da war niemand da, um sie zu machen; jetzt geht sie an ${readers} von ${newsletters}.`,
      button: 'Ausgabe öffnen',
    },
    asked: {
      title: ({ subject }) => `Wartet auf Freigabe: ${subject}`,
      text: ({ plan, newsletters, readers, time, day, zone }) =>
        `Der Plan „${plan}“ hat diese Ausgabe für ${readers} von ${newsletters} gemacht. Sie geht um ${time} (${day}, ${zone}) hinaus, wenn jemand sie vorher freigibt.`,
      button: 'Lesen und entscheiden',
    },
    waits: {
      title: ({ subject }) => `Wartet auf Sie: ${subject}`,
      text: ({ plan, newsletters, readers, time, day, zone }) =>
        `Der Plan „${plan}“ hat diese Ausgabe für ${readers} von ${newsletters} gemacht, für ${time} (${day}, ${zone}). Sie geht hinaus, wenn ein Redakteur sie sendet.`,
      button: 'Ausgabe öffnen',
    },
    empty: {
      title: ({ plan }) => `Keine Ausgabe, denn es gibt keinen Artikel: ${plan}`,
      text: ({ plan, newsletters, time, day, zone }) =>
        `Der Plan „${plan}“ hat keinen Artikel gefunden, den die Leser von ${newsletters} noch nicht bekommen haben. Die Ausgabe um ${time} (${day}, ${zone}) entfällt, die Leser bekommen nichts.`,
      button: 'Tag des Plans öffnen',
    },
    blocked: {
      title: ({ subject }) => `Kann nicht hinausgehen: ${subject}`,
      text: ({ plan, newsletters, time, day, zone }) =>
        `Der Plan „${plan}“ hat diese Ausgabe von ${newsletters} für ${time} (${day}, ${zone}) gemacht, aber etwas steht ihr im Weg. Sie wartet als Entwurf: Beheben Sie es, dann senden Sie sie.`,
      button: 'Ausgabe öffnen',
    },
    unapproved: {
      title: ({ subject }) => `Ist nicht hinausgegangen: ${subject}`,
      text: ({ plan, newsletters, time, day, zone, needsApproval }) =>
        `Der Plan „${plan}“ hat diese Ausgabe von ${newsletters} für ${time} (${day}, ${zone}) gemacht. ${
          needsApproval ? 'Niemand hat sie freigegeben' : 'Niemand hat sie gesendet'
        }; die Leser haben sie nicht bekommen.`,
      button: 'Ausgabe öffnen',
    },
    asks: {
      title: ({ plan }) => `Jetzt senden oder auslassen? ${plan}`,
      text: ({ plan, newsletters, time, day, zone }) =>
        `Um ${time} (${day}, ${zone}) war niemand da, um die Ausgabe von „${plan}“ für ${newsletters} zu machen. Das ist über eine Stunde her; nichts geht hinaus, bis Sie es sagen.`,
      button: 'Jetzt senden oder auslassen',
    },
  },
  asReaders: newsletter =>
    `Unten steht, was Leser von ${newsletter} bekommen. Die Links zum Abbestellen und zu den Einstellungen ändern hier nichts.`,
  stories: 'Darin',
  faults: 'Was ihr im Weg steht',
  readers: (count, said) => (count === 1 ? '1 Leser' : `${said} Leser`),
  missed: (count, first, last) =>
    count === 1
      ? `Die Ausgabe vom ${first} entfiel: Niemand war da, um sie zu machen.`
      : `${count} Ausgaben, vom ${first} bis zum ${last}, entfielen: Niemand war da, um sie zu machen.`,
  alarm: {
    title: newsletter => `${newsletter} ist nicht hinausgegangen`,
    text: (newsletter, time, day, zone) =>
      `${newsletter} soll um ${time} (${day}, ${zone}) hinausgehen. 15 Minuten danach ist noch an keinen Leser etwas gesendet.`,
    known: 'Was bekannt ist',
    nothing: 'Keine Ausgabe ist dafür geplant, und kein Plan hat eine gemacht.',
    digest: {
      draft: subject => `„${subject}“ wartet auf Freigabe.`,
      scheduled: (subject, time) => `„${subject}“ ist für ${time} geplant.`,
      paused: subject => `„${subject}“ ist angehalten.`,
    },
    plan: {
      waiting: plan => `Die Ausgabe des Plans „${plan}“ wartet auf jemanden.`,
      skipped: plan => `Der Plan „${plan}“ hat diesen Tag ausgelassen.`,
      blocked: plan => `Die Ausgabe des Plans „${plan}“ kann so nicht hinausgehen.`,
      unapproved: plan => `Niemand hat die Ausgabe des Plans „${plan}“ freigegeben oder gesendet.`,
      stopped: plan => `Die Ausgabe des Plans „${plan}“ wurde gestoppt.`,
      asks: plan => `Der Plan „${plan}“ fragt, ob er seine Ausgabe verspätet senden soll.`,
    },
    button: 'Ausgaben öffnen',
    openDigest: 'Ausgabe öffnen',
    openPlan: 'Tag des Plans öffnen',
    after: 'Das erfahren Sie für diese Ausgabe einmal.',
  },
}

export const planMailWords: Record<Language, PlanMailWords> = { en, de }
