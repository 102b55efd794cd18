import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { postmasterPid } from '../support/opener.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const folder = () => mkdtempSync(join(inject('runFolder'), 'away-'))

const answers = async ({ url }: RunningServer, path = '/') => {
  const response = await fetch(`${url}${path}`, { headers: { accept: 'text/html' } })
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    text: await response.text(),
  }
}

const backAgain = (server: RunningServer) =>
  until('the front page', async () => (await answers(server)).status === 200)

/** The whole way of a sign-up: page, database, loops, mailbox. */
async function signsUp({ url }: RunningServer, email: string) {
  const body = new URLSearchParams({ email, newsletter: 'morning-brief' })
  expect((await fetch(`${url}/subscribe`, { method: 'POST', body })).status).toBe(200)
  await until(`mail to ${email}`, async () => {
    const response = await fetch(`${url}/api/v1/mailbox/messages?to=${encodeURIComponent(email)}`)
    return response.ok && ((await response.json()) as { items: unknown[] }).items.length > 0
  })
}

const logged = (server: RunningServer) =>
  server
    .output()
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line))

test('a database that goes away is waited for, and all goes on when it is back', async () => {
  const dataDir = folder()
  const database = await openEmbedded({ dataDir })
  const server = await startServer({
    env: { DATABASE_URL: database.url, SMTP_URL: 'mailbox:' },
    args: ['--sample'],
  })
  process.kill(postmasterPid(dataDir), 'SIGKILL')
  const away = await until('pages that say so', async () => {
    const page = await answers(server)
    return page.status === 503 && page
  })
  expect(away.retryAfter).toBe('2')
  expect(away.text).toContain('Something failed here')
  expect(away.text).not.toMatch(/ECONN|postgres|^\s+at /m)
  expect((await answers(server, '/readyz')).status).toBe(503)
  expect((await answers(server, '/livez')).status).toBe(200)
  await until('loops that have tried four times', () => logged(server).some(line => line.failures === 4))
  expect(logged(server).length).toBeLessThan(40)

  expect(await database.revive()).toBe(true)
  await backAgain(server)
  await signsUp(server, 'ana@example.com')
  expect(await server.stop()).toBe(0)
  await database.close()
})

test('the embedded one is started again when it ends under a server; gone for good, the server ends with 1', async () => {
  const server = await startServer({ dataDir: folder() })
  process.kill(postmasterPid(server.dataDir), 'SIGKILL')
  await until('the new start', () => server.output().includes('PostgreSQL had ended, and was started again'))
  await backAgain(server)
  await signsUp(server, 'ben@example.com')

  const pid = postmasterPid(server.dataDir)
  // Stopped, so that it does not end by itself while its folder goes.
  process.kill(pid, 'SIGSTOP')
  rmSync(server.dataDir, { recursive: true })
  process.kill(pid, 'SIGKILL')
  expect(await server.ended).toBe(1)
  expect(server.output()).toContain('is gone: the folder was removed or moved')
})
