import { parentPort, workerData } from 'node:worker_threads'
import { codecsOf } from './codecs.ts'
import { nodeCodecs } from './node-codecs.ts'
import { recode } from './recode.ts'

// The thread that `nodeRecoder` starts: one picture, and its end.
const codecs = codecsOf(nodeCodecs, { mostMemory: 512 * 1024 * 1024 })
parentPort!.postMessage(await recode(workerData, codecs, { megapixels: 40 }))
