import { Command } from 'commander'
import { createLog } from '../log.ts'
import { openInstallation, readConfig } from '../node.ts'

/** `broadsheet migrate`: brings the database up to date and ends. */
export const migrateCommand = () =>
  new Command('migrate')
    .description('bring the database up to date (serve and deliver do it too)')
    .option('--json', 'answer in JSON')
    .action(async (options: { json?: boolean }) => {
      const installation = await openInstallation(readConfig(process.env), createLog('warn'))
      await installation.close()
      const { applied } = installation
      if (options.json) console.log(JSON.stringify({ applied }))
      else
        console.log(
          applied
            ? `Applied ${applied} ${applied === 1 ? 'migration' : 'migrations'}.`
            : 'The database is up to date.',
        )
    })
