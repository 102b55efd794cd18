import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { ownProcess } from './own-process.ts'
import type { NewsroomOptions } from './sending.ts'

export type ConsumerProcess = {
  /** Resolves when it has delivered the batch, or was killed over it. */
  deliver(batch: number): Promise<void>
  /** SIGKILL of its whole process group. */
  kill(): Promise<void>
}

/** Starts a consumer of the queue in a process, and a process group, of its own. */
export async function forkConsumer(options: NewsroomOptions): Promise<ConsumerProcess> {
  const file = await ownProcess('consumer-process')
  const child: ChildProcess = fork(file, [JSON.stringify(options)], {
    execArgv: [],
    detached: true,
  })
  const exited = once(child, 'exit')
  await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => {
      throw new Error(`the consumer ended with ${code}`)
    }),
  ])
  return {
    async deliver(batch) {
      child.send(batch)
      await Promise.race([once(child, 'message'), exited])
    },
    async kill() {
      process.kill(-child.pid!, 'SIGKILL')
      await exited
    },
  }
}
