/** The host of our site for addresses and identifiers of mail: its name, or `localhost` where it has only a number. */
export function mailHost(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return /^[\d.]+$|^\[/.test(hostname) ? 'localhost' : hostname
}

/** Who writes where nobody has said so yet: a new installation on one's own machine. */
export const placeholderSender = (publicUrl: string): string => `newsletter@${mailHost(publicUrl)}`

const senderFields = ['senderName', 'senderAddress', 'replyTo'] as const
type SenderField = (typeof senderFields)[number]

/** Who writes, of the publication or of one newsletter; empty or absent is the publication's, or none. */
export type SenderFields = { [Field in SenderField]?: string | null }

/** A field of a sender that was changed. */
export type SenderChange = { field: SenderField; from: string; to: string }

/** What differs between two senders. */
export const senderChanges = (before: SenderFields, after: SenderFields): SenderChange[] =>
  senderFields
    .map(field => ({ field, from: before[field] ?? '', to: after[field] ?? '' }))
    .filter(({ from, to }) => from !== to)
