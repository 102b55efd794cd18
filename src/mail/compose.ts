import { type AccessEvent, oftenRepeated } from '../domain/access-event.ts'
import type { By } from '../domain/by.ts'
import { exactMoment, sayNumber } from '../domain/dates.ts'
import type { Language } from '../domain/languages.ts'
import { links } from '../domain/links.ts'
import type { MailLook } from '../domain/mail-look.ts'
import type { Cadence } from '../domain/newsletter.ts'
import type { ApprovalEvent } from '../domain/notices.ts'
import type { Rendering, SlotValues } from '../domain/rendering.ts'
import { accessLogWords, sayAccess, sayActor } from '../domain/words/access-log.ts'
import { mailWords } from '../domain/words/mail.ts'
import { compileTemplate } from './render/compile-template.ts'
import { imprint } from './render/imprint.ts'
import { type Letter, letterText, siteOf } from './render/letter-text.ts'
import { fillPieces } from './render/slots.ts'
import { htmlUnderNote, type Note, textUnderNote } from './render/under-note.ts'
import type { Templates } from './templates.ts'

/** A mail's words and looks, ready for whoever makes the message. */
export type ComposedMail = { subject: string; html: string; text: string }

/** Who writes, and in which language. */
export type Letterhead = {
  publication: string
  logoUrl: string | null
  look: MailLook
  postalAddress: string
  publicUrl: string
  language: Language
}

export type AskedNewsletter = {
  name: string
  cadence: Cadence
  /** As the publication says it ("Weekdays, 6:30"); empty: the cadence in words. */
  schedule: string
  carriesAdvertising: boolean
}

/** Asks a stranger to confirm: nothing in it comes from the stranger, and nothing in it advertises. */
export async function confirmationMail(
  templates: Templates,
  letterhead: Letterhead,
  props: {
    newsletters: readonly AskedNewsletter[]
    confirmUrl: string
    objectionUrl: string
    privacyUrl: string
    validHours: number
  },
): Promise<ComposedMail> {
  const words = mailWords[letterhead.language].confirmation
  const subject = words.subject(letterhead.publication)
  const newsletters = props.newsletters.map(one => ({
    name: one.name,
    details: [
      one.schedule || words.cadence[one.cadence],
      ...(one.carriesAdvertising ? [words.advertising] : []),
    ],
  }))
  const letter: Letter = {
    title: subject,
    paragraphs: [words.intro(letterhead.publication)],
    listTitle: words.newsletters(newsletters.length),
    list: newsletters.map(({ name, details }) => ({ name, details: details.join(', ') })),
    button: { text: words.button(newsletters.length), url: props.confirmUrl },
    after: [`${words.expires(props.validHours)} ${words.leaving}`, words.ignore],
    links: [
      { text: words.notMe, url: props.objectionUrl },
      { text: words.privacy, url: props.privacyUrl },
    ],
  }
  return compose(templates, 'confirm', letterhead, letter)
}

/** Lets an editor in. */
export function signInMail(
  templates: Templates,
  letterhead: Letterhead,
  props: { signInUrl: string; validMinutes: number },
): Promise<ComposedMail> {
  const words = mailWords[letterhead.language].signIn
  return compose(templates, 'notice', letterhead, {
    title: words.subject(letterhead.publication),
    paragraphs: [words.text(letterhead.publication), words.valid(props.validMinutes)],
    button: { text: words.button, url: props.signInUrl },
    after: [words.ignore],
  })
}

/** Brings a reader the link that opens all of the preferences. */
export function preferencesMail(
  templates: Templates,
  letterhead: Letterhead,
  props: { preferencesUrl: string; validMinutes: number },
): Promise<ComposedMail> {
  const words = mailWords[letterhead.language].preferences
  return compose(templates, 'notice', letterhead, {
    title: words.subject(letterhead.publication),
    paragraphs: [words.text(letterhead.publication), words.valid(props.validMinutes)],
    button: { text: words.button, url: props.preferencesUrl },
    after: [words.ignore],
  })
}

/** To a reader's new address: prove that it is yours. Does not name the old one. */
export function addressChangeMail(
  templates: Templates,
  letterhead: Letterhead,
  props: { confirmUrl: string; validMinutes: number },
): Promise<ComposedMail> {
  const words = mailWords[letterhead.language].addressChange
  return compose(templates, 'notice', letterhead, {
    title: words.subject(letterhead.publication),
    paragraphs: [words.text(letterhead.publication), words.valid(props.validMinutes)],
    button: { text: words.button, url: props.confirmUrl },
    after: [words.ignore],
  })
}

/** To the old and to the new address: it was changed. Addresses as they may be shown there, masked or not. */
export function addressChangedMail(
  templates: Templates,
  letterhead: Letterhead,
  props: { oldAddress: string; newAddress: string; preferencesUrl: string },
): Promise<ComposedMail> {
  const words = mailWords[letterhead.language].addressChanged
  return compose(templates, 'notice', letterhead, {
    title: words.subject(letterhead.publication),
    paragraphs: [words.text(letterhead.publication, props.oldAddress, props.newAddress)],
    button: { text: words.button, url: props.preferencesUrl },
    after: [words.notYou],
  })
}

export type DispatchReport = {
  event: 'paused' | 'finished'
  /** The digest's subject. */
  digest: string
  /** Why it paused, in words of the letterhead's language; with the server's reply where there is one. */
  reason?: string
  counts: Record<'intended' | 'sent' | 'failed' | 'suppressed' | 'unknown' | 'pending', number>
  digestUrl: string
}

/** Tells an editor that a dispatch needs somebody, or is done. */
export function reportMail(
  templates: Templates,
  letterhead: Letterhead,
  { event, digest, reason, counts, digestUrl }: DispatchReport,
): Promise<ComposedMail> {
  const { report } = mailWords[letterhead.language]
  const number = (value: number) => sayNumber(value, letterhead.language)
  const left = counts.failed + counts.suppressed + counts.unknown + counts.pending
  const notSent = report.notSent(
    number(counts.failed),
    number(counts.suppressed),
    number(counts.unknown),
    number(counts.pending),
  )
  return compose(templates, 'notice', letterhead, {
    title: event === 'paused' ? report.pausedSubject(digest) : report.finishedSubject(digest),
    paragraphs: [
      event === 'paused' ? report.paused(digest) : report.finished(digest),
      ...(reason ? [reason] : []),
      report.counts(number(counts.sent), number(counts.intended)),
      ...(left ? [notSent] : []),
    ],
    button: { text: report.button, url: digestUrl },
    after: [],
  })
}

export type AccessReport = {
  event: AccessEvent
  by: By
  network: string
  at: Date
  timeZone: string
  /** Where an owner looks; an editor who is none gets their own page. */
  page: { kind: 'log' | 'account'; url: string }
}

/** Tells an owner, or whom it is about, that somebody gave, took or used access. */
export function accessMail(
  templates: Templates,
  letterhead: Letterhead,
  { event, by, network, at, timeZone, page }: AccessReport,
): Promise<ComposedMail> {
  const { language, publication } = letterhead
  const { kinds, mail } = accessLogWords[language]
  return compose(templates, 'notice', letterhead, {
    title: mail.subject(publication, kinds[event.kind]),
    paragraphs: [
      sayAccess(event, language),
      [
        mail.done(sayActor(by, language), exactMoment(at, timeZone, language)),
        ...(network ? [mail.network(network)] : []),
      ].join(' '),
    ],
    button: { text: page.kind === 'log' ? mail.open : mail.openAccount, url: page.url },
    after: [mail.unexpected, ...(oftenRepeated.has(event.kind) ? [mail.repeated] : [])],
  })
}

export type ApprovalNews = {
  event: ApprovalEvent
  digest: string
  /** Who did it; empty for nobody. */
  by: string
  comment: string
  /** When it is to go out, in words. */
  when: string
  digestUrl: string
}

/** Tells an editor that a digest waits for their approval, or what became of it. */
export function approvalMail(
  templates: Templates,
  letterhead: Letterhead,
  { event, digest, by, comment, when, digestUrl }: ApprovalNews,
): Promise<ComposedMail> {
  const words = mailWords[letterhead.language].approval
  return compose(templates, 'notice', letterhead, {
    title: words[event].subject(digest),
    paragraphs: [
      words[event].text(by, digest),
      ...(event === 'voided' ? [] : [words.when(when)]),
      ...(comment ? [`${words.comment(by)} ${comment}`] : []),
    ],
    button: { text: words.button, url: digestUrl },
    after: [],
  })
}

/** A digest as one editor sees it beforehand: marked as a test, and its links to leave lead to pages that change nothing. */
export function testMail(
  rendering: Rendering,
  { publicUrl, name }: { publicUrl: string; name: string },
): ComposedMail {
  const values = {
    name,
    unsubscribeUrl: links.testUnsubscribe(publicUrl, rendering.newsletterSlug),
    preferencesUrl: links.testPreferences(publicUrl, rendering.newsletterSlug),
  }
  return { ...filled(rendering, values), subject: mailWords[rendering.language].test(rendering.subject) }
}

/** An edition for an editor who is to check it: the mail of a test, under a note. */
export function editionToCheckMail(
  { publicUrl, language, look }: Letterhead,
  rendering: Rendering,
  { name, note }: { name: string; note: Note },
): ComposedMail {
  const { html, text } = testMail(rendering, { publicUrl, name })
  return {
    subject: note.title,
    html: htmlUnderNote(html, note, language, look),
    text: textUnderNote(text, note),
  }
}

/** The last edition, for a reader who has just confirmed. */
export const latestEditionMail = (rendering: Rendering, values: SlotValues): ComposedMail =>
  filled(rendering, values)

/** A letter to an editor, in the looks of all notices. */
export const editorMail = (
  templates: Templates,
  letterhead: Letterhead,
  letter: Letter,
): Promise<ComposedMail> => compose(templates, 'notice', letterhead, letter)

const filled = (rendering: Rendering, values: SlotValues): ComposedMail => ({
  subject: rendering.subject,
  html: fillPieces(rendering.html, values, 'html'),
  text: fillPieces(rendering.text, values, 'text'),
})

async function compose(
  templates: Templates,
  template: 'confirm' | 'notice',
  letterhead: Letterhead,
  letter: Letter,
): Promise<ComposedMail> {
  const words = mailWords[letterhead.language]
  const html = await compileTemplate(templates, template, {
    language: letterhead.language,
    direction: words.direction,
    look: letterhead.look,
    publication: { name: letterhead.publication, logoUrl: letterhead.logoUrl, url: letterhead.publicUrl },
    imprint: imprint(letterhead.publication, letterhead.postalAddress),
    site: siteOf(letterhead.publicUrl),
    linkInFull: words.linkInFull,
    letter,
  })
  return { subject: letter.title, html, text: letterText(letterhead, letter) }
}
