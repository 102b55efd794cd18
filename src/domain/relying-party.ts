/** The site that a passkey belongs to: its domain, and the origin that its pages have. */
export type RelyingParty = { id: string; origin: string }

/**
 * Ours, from PUBLIC_URL. Undefined where no browser makes passkeys: a site that has only a number for a name, and one
 * over plain http that is not this machine's `localhost`.
 */
export function relyingParty(publicUrl: string): RelyingParty | undefined {
  const { hostname, protocol, origin } = new URL(publicUrl)
  if (/^[\d.]+$|^\[/.test(hostname)) return undefined
  if (protocol !== 'https:' && !/(^|\.)localhost$/.test(hostname)) return undefined
  return { id: hostname, origin }
}
