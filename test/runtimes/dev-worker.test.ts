import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { freePort } from '../support/server.ts'
import { until } from '../support/until.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('npm run dev:worker: one command from nothing to a Worker whose mail is caught', {
  timeout: 90_000,
}, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-dev-'))
  const port = await freePort()
  const child = spawn('npm', ['run', 'dev:worker'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port) },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()))
  try {
    const url = `http://localhost:${port}`
    const answers = (path: string) =>
      fetch(url + path).then(
        response => response.ok,
        () => false,
      )
    await until('the Worker to answer', () => answers('/readyz'), 60_000)
    const body = new URLSearchParams({ email: 'ana@example.com', newsletter: 'morning-brief' })
    expect((await fetch(`${url}/subscribe`, { method: 'POST', body })).status).toBe(200)
    const mailbox = /http:\/\/localhost:\d+\/mailbox/.exec(output)![0]
    await until('the mail to be caught', async () =>
      (await (await fetch(mailbox)).text()).includes('ana@example.com'),
    )
    // The newsroom is the Worker's; here is its mail, with the pictures that are there.
    const front = await fetch(new URL('/subscribe?newsletter=morning-brief', mailbox), { redirect: 'manual' })
    expect(front.headers.get('location')).toBe(`${url}/subscribe?newsletter=morning-brief`)
    const message = /\/mailbox\/\d+/.exec(await (await fetch(mailbox)).text())![0]
    const shown = await fetch(new URL(`${message}/html`, mailbox))
    expect(shown.headers.get('content-security-policy')).toContain(`img-src ${url} `)
    const owner = /http:\/\/localhost:\d+\/admin\/sign-in\/\S+/.exec(output)![0]
    expect(await answers(new URL(owner).pathname)).toBe(true)
    const curl = /curl "(\S+)"/.exec(output)![1]!
    expect((await fetch(curl)).status).toBe(200)
    expect(await startedBeside(port)).toMatch(/PORT: \d+ is taken by another program/)
  } finally {
    // As Ctrl-C on a terminal: everybody in the group is told.
    process.kill(-child.pid!, 'SIGINT')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
  expect(output).toMatch(/Stopped\.\s*$/)
  await expect(fetch(`http://localhost:${port}/livez`)).rejects.toThrow()
})

/** What a second one says, and ends. */
async function startedBeside(port: number): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-dev-'))
  const child = spawn('npm', ['run', 'dev:worker'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port) },
  })
  let said = ''
  child.stderr.on('data', chunk => (said += chunk))
  await new Promise(resolve => child.on('close', resolve))
  rmSync(dataDir, { recursive: true, force: true })
  return said
}
