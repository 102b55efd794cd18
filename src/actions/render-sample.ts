import { links } from '../domain/links.ts'
import { digestText } from '../mail/render/digest-text.ts'
import { sampleContent } from '../mail/render/sample-content.ts'
import { cutAtMarkers, fillPieces, makeMarkers, neutralValues } from '../mail/render/slots.ts'
import type { Newsletter } from '../store/newsletters.ts'
import type { Publication } from '../store/publication.ts'
import { htmlOf } from './render-digest.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'config' | 'templates'>
type SampleNewsletter = Pick<
  Newsletter,
  'name' | 'slug' | 'language' | 'timeZone' | 'archivePublic' | 'template'
>

/**
 * A digest with a block of every kind, as a reader without a name would get it from this newsletter. Throws where its
 * template can't show it.
 */
export async function renderSample(
  { config, templates }: Deps,
  publication: Pick<
    Publication,
    'name' | 'logoUrl' | 'accent' | 'headlineFont' | 'textFont' | 'footer' | 'postalAddress'
  >,
  newsletter: SampleNewsletter,
): Promise<{ html: string; text: string }> {
  const { publicUrl } = config
  const { name, logoUrl, accent, headlineFont, textFont, footer, postalAddress } = publication
  const content = sampleContent({
    publication: { name, logoUrl, accent, headlineFont, textFont, footer, postalAddress, url: publicUrl },
    newsletter,
    ...(newsletter.archivePublic && { archiveUrl: links.archive(publicUrl, newsletter.slug) }),
    signUpUrl: links.subscribe(publicUrl, newsletter.slug),
  })
  const markers = makeMarkers()
  const html = cutAtMarkers(await htmlOf(templates, newsletter.template, content, markers), markers)
  const text = cutAtMarkers(digestText(content, markers), markers)
  const values = neutralValues(publicUrl)
  return { html: fillPieces(html, values, 'html'), text: fillPieces(text, values, 'text') }
}
