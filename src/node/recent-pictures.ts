import type { RecentPictures } from '../actions/services.ts'

/** The pictures of the editions that go out just now: some fifty. */
const mostOctets = 8_000_000

/**
 * Keeps the pictures that were asked for last in memory, at most 8 MB of them: when a digest goes out all its readers
 * ask for the same ones. One of 73 KB takes 0.13 ms of CPU, against 1.6 ms from the database.
 */
export function recentPictures(): RecentPictures {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  let octets = 0
  const forget = (hash: string) => {
    octets -= kept.get(hash)?.byteLength ?? 0
    kept.delete(hash)
  }
  return {
    get(hash) {
      const body = kept.get(hash)
      if (!body) return undefined
      // The end of the map is what was asked for last.
      kept.delete(hash)
      kept.set(hash, body)
      return body
    },
    set(hash, body) {
      forget(hash)
      kept.set(hash, body)
      octets += body.byteLength
      for (const oldest of kept.keys()) {
        if (octets <= mostOctets) return
        forget(oldest)
      }
    },
  }
}
