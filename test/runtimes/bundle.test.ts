import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('the Worker’s bundle is small enough for every plan, and nothing that only Node can run is in it', async () => {
  const folder = mkdtempSync(join(inject('runFolder'), 'bundle-'))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules/wrangler/bin/wrangler.js'),
      ...['deploy', '--dry-run', '--outdir', folder, '--metafile'],
    ],
    {
      cwd: root,
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: join(folder, 'log') },
    },
  )
  const compressed = Number(/gzip: ([\d.]+) KiB/.exec(stdout)?.[1])
  console.info(`the Worker’s bundle: ${compressed} KiB compressed`)
  // https://developers.cloudflare.com/workers/platform/limits/#worker-size
  expect(compressed, stdout).toBeLessThan(3 * 1024)

  expect(readFileSync(join(folder, 'worker.js'), 'utf8')).not.toMatch(/[^.\w]eval\(/)

  const { inputs } = JSON.parse(readFileSync(join(folder, 'bundle-meta.json'), 'utf8'))
  const packages = new Set(
    Object.keys(inputs).map(path => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]),
  )
  expect([...packages]).toEqual(expect.arrayContaining(['hono', 'drizzle-orm', 'mjml-browser']))
  for (const name of ['mjml', 'undici', 'pino', 'smtp-server', 'commander', '@hono/node-server'])
    expect([...packages]).not.toContain(name)
})
