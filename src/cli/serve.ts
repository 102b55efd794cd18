import { firstOwnerLink } from '../actions/first-owner.ts'
import { settleHome } from '../actions/home.ts'
import { makeSample } from '../actions/make-sample.ts'
import type { Services } from '../actions/services.ts'
import type { Config } from '../config.ts'
import { createLog } from '../log.ts'
import { type HttpServer, listen } from '../node/http.ts'
import { untilToldToStop } from '../node/stop.ts'
import { startWork } from '../node/work.ts'
import { openInstallation, readConfig } from '../node.ts'
import { command, Refusal } from './command.ts'
import { greeting, greetingData } from './greeting.ts'
import { speaker } from './print.ts'

type Options = { sample?: boolean; json?: boolean }

/** How long running requests may take once the server is told to stop, in milliseconds. */
const grace = 5000

/** `broadsheet serve`: pages, API and sending, until it is told to stop. Then what is being sent is finished first. */
export const serveCommand = () =>
  command('serve', 'pages, API and sending, until Ctrl-C')
    .option('--sample', 'set up the sample publication where nothing is there yet')
    .option('--no-sample', 'start an empty database empty')
    .action(async (options: Options) => {
      const config = readConfig(process.env)
      if (options.sample && config.transport.kind !== 'mailbox')
        throw new Refusal(
          'The sample is for trying things out: it needs the built-in mailbox, so no SMTP_URL.',
        )
      const told = untilToldToStop()
      const http = await listen(config.host, config.port)
      try {
        await serve(http, withPort(config, http.port), options, told)
      } finally {
        await http.close(grace)
      }
    })

async function serve(http: HttpServer, config: Config, options: Options, told: Promise<unknown>) {
  const { say, answer } = speaker(options)
  const installation = await openInstallation(config, createLog('info'))
  const { services } = installation
  try {
    const makeEditions = await makeSampleIfWanted(services, options)
    const home = await settleHome(services)
    const work = await startWork(installation, 'all')
    services.wake = work.wake
    const stopping = new AbortController()
    told.then(() => stopping.abort())
    services.live = { kind: 'stream', stopping: stopping.signal }
    // Only who answers pages pays for them: a sender alone needs 20 MB less.
    const { createApp } = await import('../web/app.ts')
    const app = createApp(() => services)
    http.use((request, env) => app.fetch(request, env))
    const started = {
      config,
      home,
      ownerLink: await firstOwnerLink(services),
      sample: makeEditions ? 'made' : options.sample ? 'refused' : 'none',
      took: performance.now(),
    } as const
    answer({ text: greeting(started), data: greetingData(started) })
    const editions = makeEditions?.().catch(error =>
      services.log.error({ err: error }, 'the sample has no past editions'),
    )
    await told
    say('Finishing what is being sent …')
    await Promise.all([http.close(grace), work.stop(), editions])
  } finally {
    await installation.close()
  }
  say('Stopped.')
}

/** By itself only on an empty embedded database; `--sample` asks for it on an empty one elsewhere too. */
async function makeSampleIfWanted(services: Services, { sample }: Options) {
  const wanted = sample ?? services.config.databaseUrl === undefined
  return wanted && services.config.transport.kind === 'mailbox' ? makeSample(services) : undefined
}

/** Port 0 asked for a free one: the address of the pages names it. */
const withPort = (config: Config, port: number): Config => ({
  ...config,
  port,
  publicUrl: config.port === 0 ? config.publicUrl.replace(/:0$/, `:${port}`) : config.publicUrl,
})
