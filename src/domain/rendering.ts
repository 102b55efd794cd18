/**
 * The personal values of a digest: a closed list. Everything else is the same for all readers of a rendering, and is
 * compiled and encoded once.
 */
export const slots = ['name', 'unsubscribe', 'preferences'] as const
export type Slot = (typeof slots)[number]

/**
 * Where a value goes: a slot of the list, or the reader's name within an editor's sentence, with what stands there for
 * a reader who gave none.
 */
export type Place = { slot: Slot } | { slot: 'nameOr'; otherwise: string }

/** A text cut at its slots: what stands between them, and their names, in order. */
export type Pieces = (string | Place)[]

/** The same for a MIME body, which holds the values twice: as plain text, and as HTML. */
export type BodyPieces = (string | (Place & { as: 'text' | 'html' }))[]

/**
 * A digest compiled for one newsletter, ready to be stored and to be spliced per reader. Header lines and body are
 * already encoded (RFC 2047, quoted-printable), have CRLF line ends, and no line that starts with a dot.
 */
export type CompiledMessage = {
  version: 1
  /** Header lines that are the same for all, each with its CRLF, without To, Message-ID, Date, List-Unsubscribe and what is per reader. */
  headers: string
  /**
   * The MIME body, cut at its slots. Each piece before a slot ends with a soft line break and each piece after one
   * starts with it, so that a value stands on lines of its own (RFC 2045 6.7).
   */
  body: BodyPieces
}

/** What a dispatch sends through one newsletter. */
export type Rendering = {
  newsletterId: number
  newsletterSlug: string
  language: 'en' | 'de'
  subject: string
  fromName: string
  fromAddress: string
  listId: string
  /** The document and the plain text, cut at their slots: for archive, preview and tests. */
  html: Pieces
  text: Pieces
  message: CompiledMessage
  /** SHA-256 in hex over all of it but the message, which holds the same with a random boundary. */
  hash: string
}

/** What stands in the slots. URLs are absolute. */
export type SlotValues = {
  /** Empty where the reader gave none: the greeting then goes without. */
  name: string
  unsubscribeUrl: string
  preferencesUrl: string
}

/** What one reader's copy needs. */
export type PersonalValues = SlotValues & {
  address: string
  /** With its angle brackets. The same on a retry. */
  messageId: string
  /** Tells duplicates apart from a second delivery where a provider replaces Message-ID: `dispatch.subscriber`. */
  delivery: string
  date: Date
}
