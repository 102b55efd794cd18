import type { PlanEvent } from './plan-run.ts'

/**
 * What each kind of notice is about, by id: words, names and links are made when it is sent. Nothing in it opens a
 * door by itself, so that who reads the outbox gets in nowhere.
 */
export type NoticeContents = {
  /** To a stranger: confirm these newsletters. Goes out with the sign-up's newsletters of that moment. */
  confirmation: { signUpId: number }
  /** To an editor, or to the first owner: the link of `signInSecret(keys, nonce)`. */
  sign_in: { nonce: string }
  /** To an editor: a digest as the editor saw it when asking for the test, finished. */
  test: {
    subject: string
    html: string
    text: string
    fromName: string
    fromAddress: string
    replyTo?: string
  }
  /** To a reader: a fresh link to all of the preferences. */
  preferences: { subscriberId: number }
  /** To the new address of a reader (`recipient`): prove that it is yours. */
  address_change: { subscriberId: number }
  /** To the old and to the new address of a reader: it was changed. */
  address_changed: { subscriberId: number; oldAddress: string; newAddress: string }
  /** To a reader who has just confirmed: the last edition, from its rendering. */
  latest_edition: { subscriberId: number; dispatchId: number; newsletterId: number }
  /** To an editor: a dispatch needs somebody, or is done. */
  report: { dispatchId: number; event: 'paused' | 'finished' }
  /** To an owner, and to whoever did it: an entry of the log of access. */
  access: { entryId: number }
  /** To an editor: what became of a plan's edition of a day. */
  plan: { planId: number; day: string; event: PlanEvent }
  /** To an editor: a newsletter's edition of a day has not gone out. */
  alarm: { newsletterId: number; day: string }
  /** To an editor: a digest waits for them, or what became of it. */
  approval: { approvalId: number; event: ApprovalEvent; by: string; comment: string }
}

/** What an editor is told of an approval. */
export type ApprovalEvent = 'asked' | 'approved' | 'sent_back' | 'overridden' | 'voided'

export type NoticeKind = keyof NoticeContents

/** Kind and content of a notice, which belong together. */
export type NoticeContent = {
  [Kind in NoticeKind]: { kind: Kind; content: NoticeContents[Kind] }
}[NoticeKind]
