import { type AccessEvent, oftenRepeated } from '../domain/access-event.ts'
import type { By } from '../domain/by.ts'
import { exactMoment, sayNumber } from '../domain/dates.ts'
import type { ApprovalEvent } from '../domain/notices.ts'
import { accessLogWords, sayAccess, sayActor } from '../domain/words/access-log.ts'
import { editorMailWords } from '../domain/words/editor-mails.ts'
import { type ComposedMail, composeLetter, type Letterhead, linkMail } from './letter.ts'
import type { Letter } from './render/letter-text.ts'
import type { Templates } from './templates.ts'

/** Lets an editor in. */
export const signInMail = (
  templates: Templates,
  letterhead: Letterhead,
  link: { url: string; validMinutes: number },
): Promise<ComposedMail> => linkMail(templates, letterhead, editorMailWords[letterhead.language].signIn, link)

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
  const { report } = editorMailWords[letterhead.language]
  const number = (value: number) => sayNumber(value, letterhead.language)
  const left = counts.failed + counts.suppressed + counts.unknown + counts.pending
  const notSent = report.notSent(
    number(counts.failed),
    number(counts.suppressed),
    number(counts.unknown),
    number(counts.pending),
  )
  return composeLetter(templates, 'notice', letterhead, {
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
  return composeLetter(templates, 'notice', letterhead, {
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
  const words = editorMailWords[letterhead.language].approval
  return composeLetter(templates, 'notice', letterhead, {
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

/** A letter to an editor, in the looks of all notices. */
export const editorMail = (
  templates: Templates,
  letterhead: Letterhead,
  letter: Letter,
): Promise<ComposedMail> => composeLetter(templates, 'notice', letterhead, letter)
