import { Worker } from 'node:worker_threads'
import type { Recode, Recoded } from './recode.ts'

/** A photo of 24 megapixels takes 1.2 s; what takes so long was made to. */
const mostTime = 30_000

// In the bundle the thread stands beside it, in a file of its own.
const thread = new URL(
  import.meta.url.endsWith('.ts') ? './node-thread.ts' : './picture-thread.mjs',
  import.meta.url,
)

/**
 * Takes pictures in beside everything else that the process does: one at a time, each in a thread that ends with it.
 * A thread costs 0.2 s to start, and gives back all it took: 24 megapixels are decoded into 380 MB. `most` pictures, of
 * 15 MB each, may be on their way.
 */
export function nodeRecoder({ most = 20 } = {}): Recode {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return octets => {
    if (waiting >= most) return Promise.resolve({ kind: 'refused', reason: 'busy' })
    waiting++
    const turn = last.then(() => inThread(octets)).finally(() => waiting--)
    last = turn.catch(() => {})
    return turn
  }
}

const inThread = (octets: Uint8Array) =>
  new Promise<Recoded>((resolve, reject) => {
    const worker = new Worker(thread, { workerData: octets })
    const late = setTimeout(() => {
      resolve({ kind: 'refused', reason: 'damaged' })
      void worker.terminate()
    }, mostTime)
    worker.once('message', resolve)
    worker.once('error', error => reject(new Error('a picture’s thread failed', { cause: error })))
    worker.once('exit', code => {
      clearTimeout(late)
      // After a message this says nothing more.
      reject(new Error(`a picture’s thread ended with ${code}`))
    })
  })
