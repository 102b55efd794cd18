import type { Env } from './bindings.ts'

/**
 * Asks for a round of what is due, now or in so many milliseconds. A round that nobody asks for comes each minute, so one
 * that can't be asked for is no loss.
 */
export async function wake(env: Env, ms = 0): Promise<void> {
  await env.WAKES.send({ wake: true }, { delaySeconds: Math.ceil(ms / 1000) })
}
