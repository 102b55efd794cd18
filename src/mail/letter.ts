import type { Language } from '../domain/languages.ts'
import type { MailLook } from '../domain/mail-look.ts'
import type { LinkWords } from '../domain/words/link-mail.ts'
import { mailWords } from '../domain/words/mail.ts'
import { compileTemplate } from './render/compile-template.ts'
import { imprint } from './render/imprint.ts'
import { type Letter, letterText, siteOf } from './render/letter-text.ts'
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

/** A letter in the publication's looks: all of a notice, or one that asks a stranger and must not advertise. */
export async function composeLetter(
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

/** A notice whose matter is one link, which is good for a while. */
export function linkMail(
  templates: Templates,
  letterhead: Letterhead,
  words: LinkWords,
  { url, validMinutes }: { url: string; validMinutes: number },
): Promise<ComposedMail> {
  return composeLetter(templates, 'notice', letterhead, {
    title: words.subject(letterhead.publication),
    paragraphs: [words.text(letterhead.publication), words.valid(validMinutes)],
    button: { text: words.button, url },
    after: [words.ignore],
  })
}
