#!/usr/bin/env node
// `npx broadsheet …` under whatever Node the machine has: hands over to the Node 24 that came with the project.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(pathToFileURL(require.resolve('tsx')).href)
  await import('./cli.ts')
} else {
  const node = join(dirname(require.resolve('node/package.json')), 'bin', 'node')
  const child = spawn(node, [join(here, 'broadsheet.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 128 : 1)))
}
