import { settleHome } from '../actions/home.ts'
import { createLog } from '../log.ts'
import { untilToldToStop } from '../node/stop.ts'
import { startWork } from '../node/work.ts'
import { openInstallation, readConfig } from '../node.ts'
import { command } from './command.ts'

/** `broadsheet deliver`: sends what is due, without the web, until it is told to stop. Any number may run at once. */
export const deliverCommand = () =>
  command('deliver', 'send what is due, without the web, until Ctrl-C').action(async () => {
    const config = readConfig(process.env)
    const told = untilToldToStop()
    const installation = await openInstallation(config, createLog('info'))
    try {
      const work = await startWork(installation)
      installation.services.wake = work.wake
      const home = await settleHome(installation.services)
      const way =
        config.transport.kind === 'mailbox' ? 'into the mailbox' : `by ${new URL(config.transport.url).host}`
      console.log(
        home.kind === 'copy' && config.transport.kind === 'smtp'
          ? `This is a copy of ${home.of}: it sends nothing. Make it the original with broadsheet home --claim.`
          : `Delivering ${way}. Stop with Ctrl-C; what is being sent is finished first.`,
      )
      await told
      await work.stop()
    } finally {
      await installation.close()
    }
    console.log('Stopped.')
  })
