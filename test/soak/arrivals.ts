import type { SinkRecord } from '../support/smtp-sink.ts'

export type Arrivals = {
  /** Readers who got nothing. */
  lost: number
  /** Readers who got it more than once. */
  duplicated: number
  /** Readers who got a third copy. */
  thirds: number
  /** Readers whose copies have different Message-IDs. */
  changedIds: number
}

/** What the mail server accepted, counted by reader and Message-ID. */
export function countArrivals(records: readonly SinkRecord[], intended: number): Arrivals {
  const copies = new Map<string, string[]>()
  for (const { to, messageId } of records) copies.set(to, [...(copies.get(to) ?? []), messageId])
  const repeated = [...copies.values()].filter(ids => ids.length > 1)
  return {
    lost: intended - copies.size,
    duplicated: repeated.length,
    thirds: repeated.filter(ids => ids.length > 2).length,
    changedIds: repeated.filter(ids => new Set(ids).size > 1).length,
  }
}
