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
  await import(await entry())
} else {
  const child = spawn(node24(), [here, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', refuse)
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 128 : 1)))
}

function node24() {
  try {
    return join(dirname(require.resolve('node/package.json')), 'bin', 'node')
  } catch {
    return refuse()
  }
}

function refuse() {
  console.error(`Broadsheet needs Node 24, and this is ${process.version}: \`npm install\` brings it along.`)
  process.exit(1)
}

async function entry() {
  try {
    const { compileCache, freshBundle } = await import('./node/bundle.mjs')
    module.enableCompileCache(compileCache)
    return pathToFileURL(await freshBundle()).href
  } catch {
    // A folder that can't be written to, or sources that don't build: the sources themselves say more.
    await import('tsx')
    return './cli.ts'
  }
}
