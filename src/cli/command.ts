import { Command } from 'commander'
import type { Services } from '../actions/services.ts'
import { createLog } from '../log.ts'
import { type StopSignal, untilToldToStop } from '../node/stop.ts'
import { type Installation, openInstallation, readConfig } from '../node.ts'
import { type Answer, speaker } from './print.ts'

/** What a command refuses: said without a stack, and the process ends with 1. */
export class Refusal extends Error {
  override name = 'Refusal'
}

/** Ctrl-C, or a supervisor, ended a command: nothing more is said, and the exit code tells. */
export class Interrupted extends Error {
  override name = 'Interrupted'
  constructor(readonly signal: StopSignal) {
    super(signal)
  }
}

type Run<A extends unknown[]> = (services: Services, ...args: A) => Promise<Answer>

/** A command with `--json`. */
export const command = (name: string, description: string) =>
  new Command(name).description(description).option('--json', 'answer in JSON')

/** Runs a command's work on an open installation and prints its answer. The options come last in `args`. */
export const answering =
  <A extends unknown[]>(run: Run<A>) =>
  async (...args: unknown[]) => {
    const options = args.at(-2) as { json?: boolean }
    const answer = await withInstallation(({ services }) => run(services, ...(args.slice(0, -1) as A)))
    await speaker(options).answer(answer)
  }

/**
 * Opens the installation for as long as `work` takes, whether or not the server runs. Throws `Interrupted` at a signal:
 * what was not committed is undone.
 */
export async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  let interrupted: Interrupted | undefined
  const told = untilToldToStop().then(signal => {
    interrupted = new Interrupted(signal)
    throw interrupted
  })
  told.catch(() => {})
  const installation = await openInstallation(readConfig(process.env), createLog('warn'))
  try {
    if (interrupted) throw interrupted
    return await Promise.race([told, work(installation)])
  } finally {
    await installation.close(interrupted ? 0 : undefined)
  }
}
