/** A block of the digest by its place from 0, a field of it, or a field of the digest itself. */
export type Where = {
  block?: number
  field?: 'subject' | 'preheader' | 'text' | 'markdown' | 'title' | 'standfirst' | 'url' | 'sponsor'
}

type Story = { articleId: number; title: string }

/** About what the digest says. Moments are ISO 8601, newsletters are named by their slugs. */
export type ContentFound =
  | { code: 'no-newsletters' }
  | { code: 'no-subject' }
  | { code: 'subject-long'; characters: number; limit: number }
  | { code: 'no-preheader' }
  | { code: 'preheader-long'; characters: number; limit: number }
  | { code: 'preheader-repeats-subject' }
  | { code: 'no-article' }
  | { code: 'missing-articles'; articleIds: number[] }
  /** Something that was to be written yet: TK, XXX, lorem ipsum. */
  | { code: 'placeholder'; text: string }
  /** `{{`, `}}` or `{%`, which readers would see as they stand there. */
  | { code: 'template-code'; text: string }
  | { code: 'empty-section'; heading: string; newsletter?: string }
  /** An automatic slot for which there is no story now. */
  | { code: 'empty-slot'; section: string }
  /** The block is for readers of a newsletter that the digest doesn't go to. */
  | { code: 'only-elsewhere'; newsletter: string }
  | ({ code: 'same-story-twice' } & Story)
  | ({ code: 'already-sent'; at: string; newsletter: string } & Story)
  /** The story would leave at `at`, and may not before `until`. */
  | ({ code: 'embargo'; until: string; at: string } & Story)
  | ({ code: 'no-sponsor' } & Story)
  | ({ code: 'paid-first' } & Story)
  | ({ code: 'picture-without-description' } & Story)

/** About where its links lead. */
export type LinkFound =
  | { code: 'link-unusable'; url: string; reason: 'relative' | 'scheme' | 'malformed' }
  | { code: 'link-not-https'; url: string }
  | { code: 'link-shortened'; url: string; host: string }
  | { code: 'link-redirects'; url: string; target: string }
  | { code: 'link-dead'; url: string; status: number }
  | { code: 'link-unknown-host'; url: string; host: string }
  | {
      code: 'link-not-checked'
      url: string
      reason: 'refused' | 'timeout' | 'unreachable' | 'private'
      status?: number
    }
  /** More links than could be asked for in the time. */
  | { code: 'links-not-reached'; count: number }

/** About the mail that it becomes, per newsletter. */
export type MailFound =
  | { code: 'not-rendered'; newsletter: string; reason: string }
  /** Gmail clips HTML near 102,000 octets, and the unsubscribe link with it. */
  | { code: 'html-too-large'; newsletter: string; octets: number; limit: number }
  | { code: 'html-nearly-too-large'; newsletter: string; octets: number; limit: number }
  | { code: 'no-text-part'; newsletter: string }
  | { code: 'no-unsubscribe-link'; newsletter: string }
  | { code: 'no-imprint'; newsletter: string }
  /** Too weak for text: another colour stands in its place. */
  | { code: 'accent-weak'; accent: string; contrast: number; least: number; instead: string }

/** About who sends it, and to whom. */
export type SenderFound =
  | { code: 'time-is-past'; at: string }
  /** These newsletters, by name, demand a second person; `waits`: one is asked. */
  | { code: 'not-approved'; newsletters: string[]; waits: boolean }
  /** A condition of the audience names a newsletter that is not there, or a digest of which nobody knows any more who got it. */
  | { code: 'audience-newsletter-gone'; newsletter: string }
  | { code: 'audience-digest-unknown'; digest: number }
  /** Readers of it had a digest of ours within three hours before it would go. */
  | { code: 'recent-mail'; readers: number; digest: string; at: string }
  | { code: 'no-readers'; newsletter: string }
  /** Its readers get it from then on, by the clock of that zone. */
  | { code: 'outside-hours'; newsletter: string; from: string; timeZone: string }
  | { code: 'public-url-not-https'; publicUrl: string }
  | { code: 'sender-missing'; newsletter: string }
  | { code: 'postal-address-missing' }
  | { code: 'sample-publication' }
  | { code: 'from-not-aligned'; newsletter: string; from: string; dkimDomain: string }
  | { code: 'no-dkim' }
  | { code: 'spf-missing'; domain: string }
  | { code: 'spf-several'; domain: string }
  | { code: 'dkim-missing'; name: string }
  | { code: 'dkim-other-key'; name: string }
  | { code: 'dmarc-missing'; domain: string }
  | { code: 'dmarc-several'; domain: string }
  | { code: 'dns-not-checked'; name: string }

export type Found = ContentFound | LinkFound | MailFound | SenderFound

/**
 * What was found about a digest before it goes, by name and with its data: the words are the dictionaries'. An error
 * keeps it from going, a warning asks, and what could not be looked at is no fault.
 */
export type Finding = Found & { level: 'error' | 'warning' | 'unchecked'; where?: Where }

const at =
  (level: Finding['level']) =>
  (found: Found, where?: Where): Finding => ({
    level,
    ...found,
    ...(where && { where }),
  })

export const error = at('error')
export const warning = at('warning')
export const unchecked = at('unchecked')

const ranks: Record<Finding['level'], number> = { error: 0, warning: 1, unchecked: 2 }

/** Errors first; within a level as the digest is read, what is about all of it before its blocks. */
export const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) => ranks[a.level] - ranks[b.level] || (a.where?.block ?? -1) - (b.where?.block ?? -1),
  )

export const errorsOf = (findings: readonly Finding[]): Finding[] =>
  findings.filter(finding => finding.level === 'error')
export const warningsOf = (findings: readonly Finding[]): Finding[] =>
  findings.filter(finding => finding.level === 'warning')
