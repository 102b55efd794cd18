/**
 * The embedded database cannot be made, started or stopped. The message is written for a person and is
 * complete: what happened, in which folder, what to do. `cause` is for those who debug.
 */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError'
}

/** The database that a process works with is gone, or not where it was: only a new start helps. */
export class EmbeddedDatabaseLost extends EmbeddedDatabaseError {}
