import { Command, CommanderError } from 'commander'
import { deliverCommand } from './cli/deliver.ts'
import { migrateCommand } from './cli/migrate.ts'
import { serveCommand } from './cli/serve.ts'
import { ConfigError } from './config.ts'
import { EmbeddedDatabaseError } from './store/embedded/error.ts'

const program = new Command('broadsheet')
  .description('A newsletter service for publications.')
  .showHelpAfterError('Run broadsheet --help to see what there is.')
  .exitOverride()
  .addCommand(serveCommand())
  .addCommand(deliverCommand())
  .addCommand(migrateCommand())

for (const command of program.commands) command.exitOverride()

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

/** Says what went wrong in words, and answers the exit code: 2 for a wrong call, 1 for all else. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof ConfigError) {
    console.error(`Broadsheet can’t start:\n${error.faults.map(fault => `  ${fault}`).join('\n')}`)
    return 1
  }
  if (error instanceof EmbeddedDatabaseError) {
    console.error(`Broadsheet can’t start: ${error.message}`)
    return 1
  }
  console.error(`Broadsheet stopped: ${error instanceof Error ? error.message : String(error)}`)
  if (process.env.DEBUG) console.error(error)
  return 1
}
