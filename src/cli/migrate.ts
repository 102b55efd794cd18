import { command, withInstallation } from './command.ts'
import { speaker } from './print.ts'

/** `broadsheet migrate`: brings the database up to date and ends. */
export const migrateCommand = () =>
  command('migrate', 'bring the database up to date (serve and deliver do it too)').action(
    async (options: { json?: boolean }) => {
      const applied = await withInstallation(async installation => installation.applied)
      const text = applied
        ? `Applied ${applied} ${applied === 1 ? 'migration' : 'migrations'}.`
        : 'The database is up to date.'
      await speaker(options).answer({ text, data: { applied } })
    },
  )
