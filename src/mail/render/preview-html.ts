export type Scheme = 'light' | 'dark'

/** A mail's HTML as a client in light or in dark shows it, whatever the editor's own screen is set to. */
export const previewHtml = (html: string, scheme: Scheme): string =>
  html
    .replaceAll(
      /@media \(prefers-color-scheme:\s*dark\)/g,
      scheme === 'dark' ? '@media all' : '@media not all',
    )
    .replaceAll('color-scheme: light dark', `color-scheme: ${scheme}`)
    .replaceAll('content="light dark"', `content="${scheme}"`)
