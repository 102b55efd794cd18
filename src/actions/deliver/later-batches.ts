import { addLaterBatch, type Stream } from '../../store/batches.ts'
import type { Raw } from '../../store/client.ts'

type Later = { id: Promise<number>; dueAt: number; room: number }

/** Small enough that one sender does not take all of it, and soon enough leased. */
const room = 1000
const minute = 60_000

/** The batches in which this sender puts what is to be tried again, by stream and time. */
export class LaterBatches {
  readonly #raw: Raw
  readonly #known = new Map<string, Later[]>()

  constructor(raw: Raw) {
    this.#raw = raw
  }

  /** A batch that is due in about `pause` milliseconds: within a tenth of it. */
  async find(stream: Stream, pause: number): Promise<number> {
    const now = Date.now()
    const key = `${stream.dispatchId} ${stream.newsletterId} ${stream.domain}`
    const open = (this.#known.get(key) ?? []).filter(later => later.dueAt > now + 1000 && later.room > 0)
    this.#known.set(key, open)
    const wanted = now + pause
    const fit = open.find(later => Math.abs(later.dueAt - wanted) <= Math.min(pause / 10, 5 * minute))
    if (fit) {
      fit.room--
      return fit.id
    }
    const later: Later = { id: addLaterBatch(this.#raw, stream, pause), dueAt: wanted, room: room - 1 }
    open.push(later)
    // A batch that could not be made is no batch for others.
    later.id.catch(() => {
      later.room = 0
    })
    return later.id
  }

  forget(dispatchId: number): void {
    for (const key of this.#known.keys()) if (key.startsWith(`${dispatchId} `)) this.#known.delete(key)
  }
}
