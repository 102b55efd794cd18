import type { PauseReason } from '../domain/dispatch.ts'
import { maskAddress } from '../domain/email-address.ts'
import { links } from '../domain/links.ts'
import type { NoticeContents, NoticeKind } from '../domain/notices.ts'
import { placeholderSender } from '../domain/sender.ts'
import { signInSecret } from '../domain/sign-in-secret.ts'
import { confirmationHours } from '../domain/subscription.ts'
import { signToken } from '../domain/tokens.ts'
import { digestWords } from '../domain/words/digests.ts'
import { sendingWords } from '../domain/words/sending.ts'
import { sayWhen } from '../domain/words/when.ts'
import { latestEditionMail } from '../mail/edition-mails.ts'
import { accessMail, approvalMail, reportMail, signInMail } from '../mail/editor-mails.ts'
import type { ComposedMail, Letterhead } from '../mail/letter.ts'
import {
  addressChangedMail,
  addressChangeMail,
  confirmationMail,
  preferencesMail,
} from '../mail/reader-mails.ts'
import { findAccessEntry } from '../store/access-log.ts'
import { findApproval } from '../store/approvals.ts'
import type { Queryable } from '../store/client.ts'
import { databaseTime } from '../store/clock.ts'
import { findDigest } from '../store/digests.ts'
import { findDispatch } from '../store/dispatches.ts'
import { findEditorByAddress } from '../store/editors.ts'
import { listNewsletters } from '../store/newsletters.ts'
import type { Notice } from '../store/notices.ts'
import { type Publication, readPublication } from '../store/publication.ts'
import { findCorrectedRendering, listRenderings } from '../store/renderings.ts'
import { minutesLeft } from '../store/sign-in-links.ts'
import { findSignUp, mergedInto } from '../store/sign-ups.ts'
import { findSubscriber } from '../store/subscribers.ts'
import { subscriptionsOf } from '../store/subscriptions.ts'
import { isWithdrawn } from '../store/withdrawals.ts'
import { composeAlarm } from './compose-alarm.ts'
import { composePlanNotice } from './compose-plan-notice.ts'
import type { Services } from './services.ts'

type Sender = { name: string; address: string; replyTo?: string }
type ComposedNotice = ComposedMail & { from: Sender; headers?: Record<string, string> }

type Deps = Pick<Services, 'db' | 'keys' | 'config' | 'templates'>
type Ground = Deps & { letterhead: Letterhead; publicUrl: string; notice: Notice; sender: Sender }
type Composers = {
  [Kind in NoticeKind]: (
    ground: Ground,
    content: NoticeContents[Kind],
  ) => Promise<ComposedMail | ComposedNotice | 'obsolete'>
}

/** A link that does more than lessen is good for so long after it was mailed. */
const linkMinutes = 60

/**
 * Makes the mail of a notice from what its ids stand for now. `obsolete`: what it is about is gone or settled, so that
 * nobody waits for it any more.
 */
export async function composeNotice(services: Deps, notice: Notice): Promise<ComposedNotice | 'obsolete'> {
  const publication = await readPublication(services.db)
  const { publicUrl } = services.config
  const sender = senderOf(publication, publicUrl)
  const ground: Ground = {
    ...services,
    publicUrl,
    notice,
    sender,
    letterhead: {
      publication: publication.name,
      logoUrl: publication.logoUrl,
      look: publication,
      postalAddress: publication.postalAddress,
      publicUrl,
      language: notice.language,
    },
  }
  const compose = composers[notice.kind] as Composers[NoticeKind]
  const mail = await compose(ground, notice.content as never)
  return mail === 'obsolete' ? mail : { from: sender, ...mail }
}

const senderOf = (publication: Publication, publicUrl: string): Sender => ({
  name: publication.senderName || publication.name,
  address: publication.senderAddress || placeholderSender(publicUrl),
  ...(publication.replyTo && { replyTo: publication.replyTo }),
})

/** In seconds since 1970, by the clock that will be asked whether the link is still good. */
const expiry = async (db: Queryable) =>
  Math.floor((await databaseTime(db)).getTime() / 1000) + linkMinutes * 60

const composers: Composers = {
  async confirmation({ db, keys, publicUrl, templates, letterhead }, { signUpId }) {
    const signUp = await findSignUp(db, signUpId)
    if (!signUp || (signUp.state !== 'asked' && signUp.state !== 'waiting')) return 'obsolete'
    const asked = new Set([signUp, ...(await mergedInto(db, signUpId))].flatMap(one => one.newsletterIds))
    const newsletters = (await listNewsletters(db)).filter(newsletter => asked.has(newsletter.id))
    if (!newsletters.length) return 'obsolete'
    return confirmationMail(templates, letterhead, {
      newsletters,
      confirmUrl: links.confirm(publicUrl, signToken(keys, { purpose: 'confirm', signUp: signUpId })),
      objectionUrl: links.objection(publicUrl, signToken(keys, { purpose: 'objection', signUp: signUpId })),
      privacyUrl: links.privacy(publicUrl),
      validHours: confirmationHours,
    })
  },

  async sign_in({ db, keys, publicUrl, templates, letterhead }, { nonce }) {
    const secret = signInSecret(keys, nonce)
    const validMinutes = secret === undefined ? 0 : await minutesLeft(db, secret)
    if (secret === undefined || validMinutes === 0) return 'obsolete'
    return signInMail(templates, letterhead, { url: links.signIn(publicUrl, secret), validMinutes })
  },

  async test({ sender }, { subject, html, text, fromName, fromAddress, replyTo }) {
    const from = { name: fromName, address: fromAddress || sender.address, ...(replyTo && { replyTo }) }
    return { subject, html, text, from }
  },

  async preferences({ db, keys, publicUrl, templates, letterhead, notice }, { subscriberId }) {
    const subscriber = await findSubscriber(db, subscriberId)
    // Sent to the address that the reader has now, or not at all: the link opens everything.
    if (subscriber?.address !== notice.recipient) return 'obsolete'
    const expires = await expiry(db)
    const token = signToken(keys, { purpose: 'preferences', subscriber: subscriberId, expires })
    return preferencesMail(templates, letterhead, {
      url: links.preferences(publicUrl, token),
      validMinutes: linkMinutes,
    })
  },

  async address_change({ db, keys, publicUrl, templates, letterhead, notice }, { subscriberId }) {
    if (!(await findSubscriber(db, subscriberId))) return 'obsolete'
    const token = signToken(keys, {
      purpose: 'address',
      subscriber: subscriberId,
      notice: notice.id,
      expires: await expiry(db),
    })
    return addressChangeMail(templates, letterhead, {
      url: links.newAddress(publicUrl, token),
      validMinutes: linkMinutes,
    })
  },

  async address_changed({ publicUrl, templates, letterhead, notice }, { oldAddress, newAddress }) {
    const shown = (address: string) => (address === notice.recipient ? address : maskAddress(address))
    return addressChangedMail(templates, letterhead, {
      oldAddress: shown(oldAddress),
      newAddress: shown(newAddress),
      preferencesUrl: `${publicUrl}/preferences`,
    })
  },

  async latest_edition({ db, keys, publicUrl, notice }, { subscriberId, dispatchId, newsletterId }) {
    const subscriber = await findSubscriber(db, subscriberId)
    const renderings = await listRenderings(db, dispatchId)
    const rendering = renderings.find(one => one.newsletterId === newsletterId)
    if (!rendering || subscriber?.address !== notice.recipient) return 'obsolete'
    if (await isWithdrawn(db, dispatchId)) return 'obsolete'
    const theirs = await subscriptionsOf(db, subscriberId)
    if (!theirs.some(({ subscription: s }) => s.newsletterId === newsletterId && s.state === 'active'))
      return 'obsolete'
    const said = { ...rendering, ...(await findCorrectedRendering(db, dispatchId, newsletterId)) }
    const leave = signToken(keys, {
      purpose: 'unsubscribe',
      subscriber: subscriberId,
      newsletters: renderings.map(one => one.newsletterId),
      dispatch: dispatchId,
    })
    const manage = signToken(keys, { purpose: 'manage', subscriber: subscriberId, dispatch: dispatchId })
    const unsubscribeUrl = links.unsubscribe(publicUrl, leave)
    return {
      ...latestEditionMail(said, {
        name: subscriber.name,
        unsubscribeUrl,
        preferencesUrl: links.preferences(publicUrl, manage),
      }),
      from: { name: rendering.fromName, address: rendering.fromAddress },
      headers: {
        'List-Id': `<${rendering.listId}>`,
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    }
  },

  async report({ db, publicUrl, templates, letterhead, notice }, { dispatchId, event }) {
    const dispatch = await findDispatch(db, dispatchId)
    const digest = dispatch && (await findDigest(db, dispatch.digestId))
    if (!digest || dispatch.state !== event) return 'obsolete'
    if (!(await findEditorByAddress(db, notice.recipient.toLowerCase()))) return 'obsolete'
    return reportMail(templates, letterhead, {
      event,
      digest: digest.subject,
      ...(event === 'paused' &&
        dispatch.pauseReason && {
          reason: sendingWords[notice.language].paused[dispatch.pauseReason as PauseReason],
        }),
      counts: dispatch,
      digestUrl: links.digest(publicUrl, digest.id),
    })
  },

  async access({ db, publicUrl, templates, letterhead, notice }, { entryId }) {
    const entry = await findAccessEntry(db, entryId)
    if (!entry) return 'obsolete'
    const editor = await findEditorByAddress(db, notice.recipient.toLowerCase())
    const { timeZone } = await readPublication(db)
    const page =
      editor?.role === 'owner'
        ? ({ kind: 'log', url: links.accessLog(publicUrl) } as const)
        : ({ kind: 'account', url: links.account(publicUrl) } as const)
    return accessMail(templates, letterhead, { ...entry, timeZone, page })
  },

  async approval({ db, publicUrl, templates, letterhead, notice }, { approvalId, event, by, comment }) {
    const approval = await findApproval(db, approvalId)
    const digest = approval && (await findDigest(db, approval.digestId))
    if (!digest || digest.hiddenAt || (event === 'asked' && approval.state !== 'asked')) return 'obsolete'
    if (!(await findEditorByAddress(db, notice.recipient.toLowerCase()))) return 'obsolete'
    const { timeZone } = await readPublication(db)
    const { language } = notice
    return approvalMail(templates, letterhead, {
      event,
      by,
      comment,
      digest: digest.subject || digestWords[language].untitled,
      when: sayWhen(approval.proposal.when, timeZone, language),
      digestUrl: event === 'asked' ? links.review(publicUrl, digest.id) : links.digest(publicUrl, digest.id),
    })
  },

  plan: composePlanNotice,
  alarm: composeAlarm,
}
