import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { ownProcess } from './own-process.ts'
import type { NewsroomOptions } from './sending.ts'

export type SenderProcess = {
  child: ChildProcess
  /** Milliseconds of processor time so far, and the most memory that it ever had, in bytes. */
  usage(): Promise<{ cpu: number; peak: number }>
  wake(): void
  /** SIGTERM, and how it ended. */
  stop(): Promise<number | null>
  /** SIGKILL of its whole process group. */
  kill(): Promise<void>
}

/** Starts a sender in a process, and a process group, of its own. */
export async function forkSender(options: NewsroomOptions): Promise<SenderProcess> {
  const file = await ownProcess('sender-process')
  const child = fork(file, [JSON.stringify(options)], { execArgv: [], detached: true })
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the sender ended with ${code}`)
    }),
  ])
  const exited = once(child, 'exit') as Promise<[number | null]>
  return {
    child,
    wake: () => void child.send('wake'),
    async usage() {
      child.send('usage')
      const [usage] = (await once(child, 'message')) as [{ cpu: number; peak: number }]
      return usage
    },
    async stop() {
      child.kill('SIGTERM')
      return (await exited)[0]
    },
    async kill() {
      process.kill(-child.pid!, 'SIGKILL')
      await exited
    },
  }
}
