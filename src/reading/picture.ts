import type { PageImage } from './page.ts'
import { webUrl } from './page-url.ts'
import { plainText } from './plain-text.ts'
import type { StoryFacts } from './story-facts.ts'

export type StoryPicture = {
  /** Absolute, http or https. */
  imageUrl: string | null
  /** At most 300 UTF-16 units. */
  imageAlt: string
  /** At most 200. */
  imageCredit: string
}

/**
 * The story's picture, from the first source with an address that can be used. Its description and credit come from
 * that source, else from where the page itself shows the picture.
 */
export function pictureOf(
  sources: readonly StoryFacts[],
  images: readonly PageImage[],
  base: URL,
): StoryPicture {
  for (const source of sources) {
    const imageUrl = webUrl(source.imageUrl, base)
    if (!imageUrl) continue
    const name = fileName(imageUrl)
    const shown = images.filter(({ src }) => name && fileName(webUrl(src, base) ?? '') === name)
    return {
      imageUrl,
      imageAlt: plainText(source.imageAlt || shown.find(({ alt }) => alt)?.alt || '', 300),
      imageCredit: plainText(source.imageCredit || shown.find(({ credit }) => credit)?.credit || '', 200),
    }
  }
  return { imageUrl: null, imageAlt: '', imageCredit: '' }
}

/** A picture's file name, without the size that content systems add to it: `face-1024x576.jpg` is `face.jpg`. */
const fileName = (url: string): string =>
  (URL.parse(url)?.pathname.split('/').at(-1) ?? '').replace(/-\d+x\d+(?=\.\w+$)/, '')
