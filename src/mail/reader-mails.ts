import type { Cadence } from '../domain/newsletter.ts'
import { mailWords } from '../domain/words/mail.ts'
import { type ComposedMail, composeLetter, type Letterhead, linkMail } from './letter.ts'
import type { Letter } from './render/letter-text.ts'
import type { Templates } from './templates.ts'

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
  return composeLetter(templates, 'confirm', letterhead, letter)
}

/** Brings a reader the link that opens all of the preferences. */
export const preferencesMail = (
  templates: Templates,
  letterhead: Letterhead,
  link: { url: string; validMinutes: number },
): Promise<ComposedMail> => linkMail(templates, letterhead, mailWords[letterhead.language].preferences, link)

/** To a reader's new address: prove that it is yours. Does not name the old one. */
export const addressChangeMail = (
  templates: Templates,
  letterhead: Letterhead,
  link: { url: string; validMinutes: number },
): Promise<ComposedMail> =>
  linkMail(templates, letterhead, mailWords[letterhead.language].addressChange, link)

/** To the old and to the new address: it was changed. Addresses as they may be shown there, masked or not. */
export function addressChangedMail(
  templates: Templates,
  letterhead: Letterhead,
  props: { oldAddress: string; newAddress: string; preferencesUrl: string },
): Promise<ComposedMail> {
  const words = mailWords[letterhead.language].addressChanged
  return composeLetter(templates, 'notice', letterhead, {
    title: words.subject(letterhead.publication),
    paragraphs: [words.text(letterhead.publication, props.oldAddress, props.newAddress)],
    button: { text: words.button, url: props.preferencesUrl },
    after: [words.notYou],
  })
}
