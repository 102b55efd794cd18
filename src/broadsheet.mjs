#!/usr/bin/env node
// `npx broadsheet …` and `npm start`, under whatever Node the machine has: hands over to the Node 24 that came with
// the project, and there to the bundle.
import { spawn } from 'node:child_process'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = fileURLToPath(import.meta.url)
const require = module.createRequire(import.meta.url)

if (Number(process.versions.node.split('.')[0]) >= 24) {
  module.enableCompileCache()
  await import(await entry())
} else {
  const node = join(dirname(require.resolve('node/package.json')), 'bin', 'node')
  const child = spawn(node, [here, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 128 : 1)))
}

async function entry() {
  try {
    const { freshBundle } = await import('./node/bundle.mjs')
    return pathToFileURL(await freshBundle()).href
  } catch {
    // A folder that can't be written to, or sources that don't build: the sources themselves say more.
    await import('tsx')
    return './cli.ts'
  }
}
