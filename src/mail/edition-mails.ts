import { links } from '../domain/links.ts'
import type { Rendering, SlotValues } from '../domain/rendering.ts'
import { mailWords } from '../domain/words/mail.ts'
import type { ComposedMail, Letterhead } from './letter.ts'
import { fillPieces } from './render/slots.ts'
import { htmlUnderNote, type Note, textUnderNote } from './render/under-note.ts'

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

const filled = (rendering: Rendering, values: SlotValues): ComposedMail => ({
  subject: rendering.subject,
  html: fillPieces(rendering.html, values, 'html'),
  text: fillPieces(rendering.text, values, 'text'),
})
