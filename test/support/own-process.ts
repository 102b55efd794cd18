import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from '../../src/node/bundle.mjs'
import { root } from '../../src/node/root.ts'

type Script = 'consumer-process' | 'opener-process' | 'sender-process' | 'smtp-sink'

const made = new Map<Script, Promise<string>>()

/**
 * One of the scripts beside this one as a file that Node runs as it is: out of one file a sender starts in 0.2 s, out of
 * its sources in 1.1 s, most of it at work.
 */
export function ownProcess(script: Script): Promise<string> {
  const making = made.get(script) ?? make(script)
  made.set(script, making)
  return making
}

async function make(script: Script): Promise<string> {
  const folder = join(root, 'dist', 'test')
  const file = join(folder, `${script}.mjs`)
  mkdirSync(folder, { recursive: true })
  await bundle(`test/support/${script}.ts`, file, new Date())
  return file
}
