import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstOwnerLink } from '../actions/first-owner.ts'
import { makeSample } from '../actions/make-sample.ts'
import type { Services } from '../actions/services.ts'
import { startMailbox } from '../actions/start-mailbox.ts'
import { ConfigError } from '../config.ts'
import { createLog } from '../log.ts'
import { openInstallation, readConfig } from '../node.ts'
import { createApp } from '../web/app.ts'
import { listen } from './http.ts'
import { root } from './root.ts'
import { keptSecretKeys } from './secret-key.ts'
import { untilToldToStop } from './stop.ts'

// `npm run dev:worker`: the Worker in workerd, by `wrangler dev`, with the embedded PostgreSQL beside it and the mailbox for
// its mail server. What the Worker sends is read in the mailbox, which Node shows at a port of its own.

/** What the Worker is told of our environment, where it is set. */
const handedOn = [
  'BOUNCE_ADDRESS',
  'DKIM_DOMAIN',
  'DKIM_SELECTOR',
  'DKIM_PRIVATE_KEY',
  'FETCH_ALLOW',
  'SEND_HOLD',
  'SEND_RATE',
  'SIGNUP_LIMIT',
  'SMTP_CONNECTIONS',
]

try {
  await run()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  for (const fault of error.faults) console.error(fault)
  process.exitCode = 1
}

/** The mailbox, with what its pages need; all else of the newsroom is the Worker's. */
function showingMailOf(services: Services) {
  const app = createApp(() => services)
  return (request: Request, env: unknown) => {
    const { pathname, search } = new URL(request.url)
    if (/^\/(mailbox|assets|api\/v1\/mailbox)(\/|$)/.test(pathname)) return app.fetch(request, env)
    return Response.redirect(`${services.config.publicUrl}${pathname}${search}`, 307)
  }
}

async function run() {
  const told = untilToldToStop()
  const config = readConfig({ ...process.env, DATABASE_URL: undefined, SMTP_URL: 'mailbox:' })
  await using opened = new AsyncDisposableStack()
  // Asked for by wrangler, which would say it when all else is up.
  await (await listen(config.host, config.port)).close(0)
  const installation = opened.adopt(await openInstallation(config, createLog('warn')), one => one.close())
  const { services, databaseUrl } = installation
  const makeEditions = await makeSample(services)
  await makeEditions?.()
  const mailbox = opened.adopt(await startMailbox(services), one => one.close())
  const viewer = opened.adopt(await listen(config.host, 0), one => one.close(0))
  viewer.use(showingMailOf(services))

  const folder = opened.adopt(mkdtempSync(join(tmpdir(), 'broadsheet-worker-')), path =>
    rmSync(path, { recursive: true, force: true }),
  )
  const keys = config.secretKeys ?? keptSecretKeys(config.dataDir).keys
  const variables = {
    ...Object.fromEntries(handedOn.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : []))),
    PUBLIC_URL: config.publicUrl,
    SMTP_URL: mailbox.url,
    SECRET_KEY: keys.map(({ version, secret }) => `${version}:${secret}`).join(),
  }
  const envFile = join(folder, 'variables')
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
  writeFileSync(envFile, lines.join(''), { mode: 0o600 })

  const ownerLink = await firstOwnerLink(services)
  console.log(
    [
      '',
      `The Worker is about to answer at ${config.publicUrl}/, its workspace at ${config.publicUrl}/admin.`,
      `Its mail is caught: http://localhost:${viewer.port}/mailbox`,
      ...(ownerLink ? ['Become its owner (works once, for 24 hours):', `  ${ownerLink}`] : []),
      'The clock is yours: each of the crons of wrangler.toml comes when it is asked for, such as',
      `  curl "${config.publicUrl}/cdn-cgi/local/scheduled?cron=*+*+*+*+*"`,
      '',
    ].join('\n'),
  )
  const wrangler = spawn(
    process.execPath,
    [
      join(root, 'node_modules/wrangler/bin/wrangler.js'),
      'dev',
      ...['--ip', '127.0.0.1', '--port', String(config.port)],
      ...['--persist-to', join(folder, 'state')],
      ...['--env-file', envFile],
      '--show-interactive-dev-session=false',
    ],
    {
      cwd: root,
      // In a group of its own: it is told to stop by us, and ended with what it started.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_LOG_PATH: join(folder, 'log'),
        CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: databaseUrl,
      },
    },
  )
  const ended = new Promise<void>(resolve => wrangler.once('exit', () => resolve()))
  await Promise.race([told, ended])
  wrangler.kill('SIGTERM')
  await ended
  console.log('Stopped.')
}
