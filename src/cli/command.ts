import { Command } from 'commander'
import type { Services } from '../actions/services.ts'
import { createLog } from '../log.ts'
import { type Installation, openInstallation, readConfig } from '../node.ts'

/** A command's answer in words, and the same for programs. */
export type Answer = { text: string; data: unknown }

/** What a command refuses: said without a stack, and the process ends with 1. */
export class Refusal extends Error {
  override name = 'Refusal'
}

type Run<A extends unknown[]> = (services: Services, ...args: A) => Promise<Answer>

/** A command that opens the installation, whether or not the server runs, answers once, and closes it. Has `--json`. */
export const command = (name: string, description: string) =>
  new Command(name).description(description).option('--json', 'answer in JSON')

/** Runs a command's work on an open installation and prints its answer. The options come last in `args`. */
export const answering =
  <A extends unknown[]>(run: Run<A>) =>
  async (...args: unknown[]) => {
    const options = args.at(-2) as { json?: boolean }
    const answer = await withInstallation(({ services }) => run(services, ...(args.slice(0, -1) as A)))
    console.log(options.json ? JSON.stringify(answer.data) : answer.text)
  }

/** Opens the installation for as long as `work` takes. */
export async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const installation = await openInstallation(readConfig(process.env), createLog('warn'))
  try {
    return await work(installation)
  } finally {
    await installation.close()
  }
}
