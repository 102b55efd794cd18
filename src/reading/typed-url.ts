/** What people paste: a URL, or one without "https://". */
export function typedUrl(text: string): URL | null {
  const typed = text.trim()
  return URL.parse(typed) ?? (/^[^\s/:]+\.[^\s/:]+/.test(typed) ? URL.parse(`https://${typed}`) : null)
}
