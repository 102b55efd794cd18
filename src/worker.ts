import { answer } from './worker/answer.ts'
import type { Env, Lifetime, MessageBatch } from './worker/bindings.ts'
import { consume } from './worker/consume.ts'
import { openInvocation, sayFaults } from './worker/invocation.ts'
import { roundConnections } from './worker/round.ts'
import { ticks } from './worker/tick.ts'
import { wake } from './worker/wakes.ts'

/** Broadsheet on Cloudflare Workers: what wrangler.toml names as `main`. */
export default {
  fetch: answer,

  /** What the clock brings: its crons are those of wrangler.toml. */
  async scheduled({ cron }: { cron: string }, env: Env): Promise<void> {
    const tick = ticks[cron]
    if (!tick) throw new Error(`no cron is "${cron}"; they are ${Object.keys(ticks).join(', ')}`)
    const invocation = await openInvocation(env, roundConnections).catch(sayFaults)
    if (!invocation) return
    try {
      await tick(env, invocation)
      if (invocation.woken()) await wake(env)
    } finally {
      await invocation.close()
    }
  },

  queue: (given: MessageBatch, env: Env, _lifetime: Lifetime): Promise<void> => consume(given, env),
}
