/**
 * The address that tells one story from another: without a fragment, and without the `utm_` parameters that only count
 * where visitors came from. Undefined for what is no address on the web. The index `articles_address` says the same.
 */
export function articleAddress(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  return url.href
    .replace(/#.*$/s, '')
    .replace(/(?<=[?&])utm_[^&]*(&|$)/g, '')
    .replace(/[?&]$/, '')
}
