import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { ownProcess } from './own-process.ts'
import type { SinkAsk, SinkFigures, SinkOptions, SinkRecord } from './smtp-sink.ts'

/** A recording mail server in a process of its own. */
export type Sink = {
  url: string
  port: number
  pid: number
  count(): Promise<number>
  records(): Promise<SinkRecord[]>
  /** The messages that it was asked to keep, as they came, dots and all. */
  messages(): Promise<string[]>
  sessions(): Promise<number>
  /** Milliseconds between the first and the last message. */
  span(): Promise<number>
  /** How many, how large, how long. */
  figures(): Promise<SinkFigures>
  clear(): Promise<void>
  close(): Promise<void>
}

export async function startSink(options: SinkOptions = {}): Promise<Sink> {
  const file = await ownProcess('smtp-sink')
  // In a group of its own: what kills the sender's group leaves it alone.
  const child = fork(file, [JSON.stringify(options)], {
    execArgv: [],
    detached: true,
    serialization: 'advanced',
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    url: `${options.tls ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    port,
    pid: child.pid!,
    count: () => ask<number>(child, 'count'),
    records: () => ask<SinkRecord[]>(child, 'records'),
    messages: () => ask<string[]>(child, 'messages'),
    sessions: () => ask<number>(child, 'sessions'),
    span: () => ask<number>(child, 'span'),
    figures: () => ask<SinkFigures>(child, 'figures'),
    clear: () => ask<void>(child, 'clear'),
    async close() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

const ask = <T>(child: ChildProcess, question: SinkAsk): Promise<T> =>
  new Promise(resolve => {
    const hear = (message: unknown) => {
      const { ask: asked, answer } = message as { ask?: SinkAsk; answer: T }
      if (asked !== question) return
      child.off('message', hear)
      resolve(answer)
    }
    child.on('message', hear)
    child.send(question)
  })
