import { settleHome } from '../actions/home.ts'
import { createLog } from '../log.ts'
import { untilToldToStop } from '../node/stop.ts'
import { startWork } from '../node/work.ts'
import { openInstallation, readConfig } from '../node.ts'
import { command } from './command.ts'
import { copyNotes } from './greeting.ts'
import { speaker } from './print.ts'

/** `broadsheet deliver`: sends what is due, without the web, until it is told to stop. Any number may run at once. */
export const deliverCommand = () =>
  command('deliver', 'send what is due, without the web, until Ctrl-C').action(
    async (options: { json?: boolean }) => {
      const { say, answer } = speaker(options)
      const config = readConfig(process.env)
      const told = untilToldToStop()
      const installation = await openInstallation(config, createLog('info'))
      try {
        const { transport } = config
        const home = await settleHome(installation.services)
        const work = await startWork(installation, 'sending')
        installation.services.wake = work.wake
        const way =
          transport.kind === 'mailbox'
            ? 'what is for the mailbox'
            : `what goes by ${transport.server.by === 'ses' ? 'Amazon SES' : 'SMTP'}, through ${transport.host}`
        const delivering = `Delivering ${way}. Stop with Ctrl-C; what is being sent is finished first.`
        answer({
          text: home.kind === 'copy' ? [...copyNotes(config, home.of), delivering].join('\n') : delivering,
          data: { transport: transport.kind, ...(home.kind === 'copy' && { copyOf: home.of }) },
        })
        await told
        say('Finishing what is being sent …')
        await work.stop()
      } finally {
        await installation.close()
      }
      say('Stopped.')
    },
  )
