/** A mail's document as it looks in light or in dark, whatever the browser that shows it prefers. */
export function inScheme(html: string, scheme: 'light' | 'dark'): string {
  const asked = (named: string) => (named.toLowerCase() === scheme ? '(min-width: 0)' : '(max-width: 0)')
  return html
    .replace(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi, (_, named) => asked(named))
    .replace(/<\/head>/i, end => `<style>:root { color-scheme: ${scheme} !important; }</style>${end}`)
}
