import { createLog } from '../../src/log.ts'
import { type NewsroomOptions, openNewsroom, openSender } from './sending.ts'

// A sender in a process of its own, for measuring and for killing. SIGTERM drains it.

const options: NewsroomOptions = JSON.parse(process.argv[2]!)
const room = openNewsroom({ ...options, log: createLog('warn') })
const sender = openSender(room)
process.send?.('ready')
process.on('message', ask => {
  if (ask === 'wake') sender.wake()
  if (ask === 'usage') {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    process.send?.({ cpu: (userCPUTime + systemCPUTime) / 1000, peak: maxRSS * 1024 })
  }
})
let draining = false
for (const signal of ['SIGTERM', 'disconnect'] as const)
  process.once(signal, async () => {
    if (draining) return
    draining = true
    await sender.drain()
    await room.close()
    process.exit()
  })
