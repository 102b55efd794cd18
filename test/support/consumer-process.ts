import { createLog } from '../../src/log.ts'
import { deliverAlone } from './batch-queue.ts'
import { type NewsroomOptions, openNewsroom } from './sending.ts'

// A consumer of the queue in a process of its own, for killing: delivers the batch that it is told, and says so.

const options: NewsroomOptions = JSON.parse(process.argv[2]!)
const room = openNewsroom({ ...options, log: createLog('warn') })
process.on('message', async (batch: number) => process.send?.(await deliverAlone(room, batch)))
process.once('disconnect', () => process.exit())
process.send?.('ready')
