import { addAudience, addBenchDigest, openBenchRoom } from './bench-room.ts'
import { type Figure, figuresOf } from './figures.ts'
import { sendMeasured } from './measured-send.ts'
import { parseSize } from './message-of-size.ts'
import type { Options } from './options.ts'
import { findPeer, runPeer } from './peer.ts'

/** Milliseconds: every group of replies but the last is held back by the first, the one after the final dot by the second. */
const distance = { away: 40, takes: 100 }

/**
 * Sending into a sink that is far away: what counts is that many connections wait at once. `possible` is what they
 * come to when each does nothing but wait for two groups of replies; smtp-source, which does not pipeline, waits for
 * four.
 */
export async function* benchFar(options: Options): AsyncGenerator<Figure> {
  const { short } = options
  const peer = findPeer()
  await using opened = new AsyncDisposableStack()
  const bench = await openBenchRoom(distance)
  opened.defer(bench.close)
  let from = 1
  for (const connections of options.connections ?? (short ? [20] : [20, 200, 500])) {
    // About five seconds for us at any number of connections.
    const recipients = options.recipients ?? connections * (short ? 5 : 35)
    const newsletter = await addAudience(bench.room, recipients, from)
    from += recipients
    for (const size of options.sizes ?? ['6']) {
      const digestId = await addBenchDigest(bench.room, newsletter, parseSize(size))
      const ours = await sendMeasured(bench, { digestId, recipients, connections })
      const bytes = Math.round(ours.sink.bytes / recipients)
      const theirs = await runPeer(peer, bench.sink, { messages: recipients, bytes, connections })
      yield {
        figure: `far, ${size} KB, ${connections} connections`,
        ...figuresOf(ours, theirs, peer.name),
        possible: Math.round((connections * 1000) / (distance.away + distance.takes)),
        ...distance,
        recipients,
        ...bench.durability,
      }
    }
  }
}
