/**
 * What is wrong with a picture's description. It may be missing only where the picture is decoration, and the headline
 * again is none: a screen reader would say it twice.
 */
export function descriptionFault(story: {
  title: string
  imageAlt: string
  imageDecorative: boolean
}): 'missing' | 'title' | undefined {
  if (story.imageDecorative) return undefined
  const alt = plain(story.imageAlt)
  if (alt === '') return 'missing'
  return alt === plain(story.title) ? 'title' : undefined
}

/** Letters and digits alone: `“A mill”` and `a mill.` are the same words. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
