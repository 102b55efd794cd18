/** The host of our site for addresses and identifiers of mail: its name, or `localhost` where it has only a number. */
export function mailHost(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return /^[\d.]+$|^\[/.test(hostname) ? 'localhost' : hostname
}

/** Who writes where nobody has said so yet: a new installation on one's own machine. */
export const placeholderSender = (publicUrl: string): string => `newsletter@${mailHost(publicUrl)}`
