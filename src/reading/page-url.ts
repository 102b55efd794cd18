/** The longest URL that a digest's blocks take. */
const longest = 2000

/** An absolute http or https URL without a user and password, or undefined; `base` completes a relative one. */
export function webUrl(text: string | undefined, base: URL): string | undefined {
  if (!text?.trim()) return undefined
  const url = URL.parse(text.trim(), base)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined
  return url.href.length <= longest ? url.href : undefined
}

/**
 * The URL to link a story with: the first canonical one that is on the same site, else the one that answered. One
 * that points at the site's front page from deeper inside is a mistake of the site's and is passed over.
 */
export function storyUrl(canonicals: readonly (string | undefined)[], answered: URL, base: URL): string {
  for (const candidate of canonicals) {
    const url = URL.parse(webUrl(candidate, base) ?? '')
    if (!url || !sameSite(url, answered)) continue
    if (url.pathname === '/' && !url.search && answered.pathname !== '/') continue
    return withoutFragment(url)
  }
  return withoutFragment(answered)
}

/** One site: the same host, one a part of the other, or both the same but for www., m. or amp. */
function sameSite(one: URL, other: URL): boolean {
  const [a, b] = [one, other].map(url => url.hostname.replace(/^(www|m|mobile|amp)\./, '')) as [
    string,
    string,
  ]
  return one.port === other.port && (a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`))
}

function withoutFragment(url: URL): string {
  const plain = new URL(url)
  plain.hash = ''
  return plain.href
}
