import { isWebUrl } from '../../domain/text.ts'
import { mailWords } from '../../domain/words/mail.ts'
import type { Templates } from '../templates.ts'
import { compileTemplate } from './compile-template.ts'
import { blockViews, type DigestContent, dateLine, preheaderOf } from './digest-model.ts'
import { imprint } from './imprint.ts'
import { siteOf } from './letter-text.ts'
import type { Markers } from './slots.ts'

/** The HTML of a digest, with markers where the personal values go. */
export function digestHtml(templates: Templates, content: DigestContent, markers: Markers): Promise<string> {
  const { publication, newsletter, archiveUrl, signUpUrl } = content
  const words = mailWords[newsletter.language]
  return compileTemplate(templates, 'digest', {
    language: newsletter.language,
    direction: words.direction,
    accent: publication.accent,
    title: content.subject || newsletter.name,
    preheader: preheaderOf(content),
    publication: {
      name: publication.name,
      logoUrl: publication.logoUrl && isWebUrl(publication.logoUrl) ? publication.logoUrl : null,
      url: publication.url,
    },
    newsletter: { name: newsletter.name },
    date: dateLine(content),
    blocks: blockViews(content),
    anchors: content.anchors ?? [],
    words: { ...words.digest, why: words.digest.why(newsletter.name, siteOf(publication.url)) },
    imprint: imprint(publication.name, publication.postalAddress),
    archiveUrl,
    signUpUrl,
    slots: markers,
  })
}
