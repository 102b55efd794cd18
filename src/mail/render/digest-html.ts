import { isWebUrl } from '../../domain/text.ts'
import { mailWords } from '../../domain/words/mail.ts'
import type { Templates } from '../templates.ts'
import { compileTemplate, type TemplateModel } from './compile-template.ts'
import { blockViews, type DigestContent, dateLine, preheaderOf } from './digest-model.ts'
import { imprint } from './imprint.ts'
import { siteOf } from './letter-text.ts'
import { markdownToHtml } from './markdown.ts'
import { Markup } from './markup.ts'
import type { Markers } from './slots.ts'

/** The HTML of a digest, with markers where the personal values go. */
export const digestHtml = (templates: Templates, content: DigestContent, markers: Markers): Promise<string> =>
  compileTemplate(templates, 'digest', digestModel(content, markers))

/**
 * What the template of a digest knows: the list stands at the head of emails/digest.mjml. Templates that editors keep
 * rely on each name: some may come, none may go.
 */
export function digestModel(content: DigestContent, markers: Markers): TemplateModel {
  const { publication, newsletter, archiveUrl, signUpUrl } = content
  const { direction, digest: words } = mailWords[newsletter.language]
  const { name, unsubscribe, preferences } = markers
  return {
    language: newsletter.language,
    direction,
    look: publication,
    title: content.subject || newsletter.name,
    preheader: preheaderOf(content),
    publication: {
      name: publication.name,
      logoUrl: publication.logoUrl && isWebUrl(publication.logoUrl) ? publication.logoUrl : null,
      url: publication.url,
    },
    newsletter: { name: newsletter.name },
    date: dateLine(content),
    blocks: blockViews(content, markers),
    anchors: content.anchors ?? [],
    words: {
      greeting: words.greeting,
      seeAlso: words.seeAlso,
      readInBrowser: words.readInBrowser,
      forwarded: words.forwarded,
      signUp: words.signUp,
      preferences: words.preferences,
      unsubscribe: words.unsubscribe,
      why: words.why(newsletter.name, siteOf(publication.url)),
    },
    footer: publication.footer.trim() ? new Markup(markdownToHtml(publication.footer, muted)) : null,
    imprint: imprint(publication.name, publication.postalAddress),
    archiveUrl: archiveUrl ?? null,
    signUpUrl,
    slots: { name, unsubscribe, preferences },
  }
}

/** Links of the small print have its colour. */
const muted = '#655f55'
