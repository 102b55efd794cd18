/** The embedded database cannot be used; the message is written for a person: what, which folder, what to do. */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError'
}
