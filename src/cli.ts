import { Command, CommanderError } from 'commander'
import { Interrupted, Refusal } from './cli/command.ts'
import { deliverCommand } from './cli/deliver.ts'
import { digestsCommand } from './cli/digests.ts'
import { doctorCommand } from './cli/doctor.ts'
import { editorsCommand } from './cli/editors.ts'
import { homeCommand } from './cli/home.ts'
import { keysCommand } from './cli/keys.ts'
import { migrateCommand } from './cli/migrate.ts'
import { newslettersCommand } from './cli/newsletters.ts'
import { outliveReaders } from './cli/print.ts'
import { serveCommand } from './cli/serve.ts'
import { subscribersCommand } from './cli/subscribers.ts'
import { ConfigError } from './config.ts'
import { createLog } from './log.ts'
import { endBy } from './node/stop.ts'
import { awayCode } from './store/away.ts'
import { EmbeddedDatabaseError } from './store/embedded/error.ts'

const program = new Command('broadsheet').description('A newsletter service for publications.')

for (const make of [
  serveCommand,
  deliverCommand,
  migrateCommand,
  newslettersCommand,
  editorsCommand,
  keysCommand,
  subscribersCommand,
  digestsCommand,
  homeCommand,
  doctorCommand,
])
  program.addCommand(make())

throwInsteadOfExit(program)
outliveReaders()
process.on('uncaughtException', (error, origin) => {
  // postgres.js tells both a query and its transaction that their connection closed; who asked hears of one of them.
  if (origin === 'unhandledRejection' && awayCode(error)) {
    createLog().warn({ err: error }, 'the database went away under a query')
    return
  }
  createLog().error({ err: error }, 'nobody met an error: Broadsheet ends')
  process.exit(1)
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof Interrupted) endBy(error.signal)
  process.exitCode = report(error)
}

function throwInsteadOfExit(command: Command) {
  command.exitOverride()
  command.commands.forEach(throwInsteadOfExit)
}

/** Says what went wrong in words, and answers the exit code: 2 for a wrong call, 1 for all else. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof ConfigError)
    console.error(`Broadsheet can’t start:\n${error.faults.map(fault => `  ${fault}`).join('\n')}`)
  else if (error instanceof EmbeddedDatabaseError) console.error(`Broadsheet can’t start: ${error.message}`)
  else if (error instanceof Refusal) console.error(error.message)
  else console.error(`Broadsheet stopped: ${causeOf(error)}`)
  return 1
}

// A query that failed names its parameters, which may be addresses: its cause says enough.
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message.startsWith('Failed query')) return error.cause ? causeOf(error.cause) : 'a query failed'
  if (awayCode(error)) return 'the database does not answer any more'
  return error.message || String((error as NodeJS.ErrnoException).code ?? error.name)
}
