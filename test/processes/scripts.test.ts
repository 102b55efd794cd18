import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

function run(script: string, ...args: string[]) {
  const command = ['--import', 'tsx', `test/${script}.ts`, ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
  return { status, stdout, stderr }
}

test.each([
  ['bench/bench', 'npm run bench -- send [--recipients 50000]'],
  ['soak/kill', 'npm run soak:kill -- --rounds 10'],
  ['soak/postfix', 'npm run soak:postfix -- --recipients 200'],
])('%s tells how it is used, and what it does not know', (script, usage) => {
  expect(run(script, '--help')).toEqual({ status: 0, stdout: expect.stringContaining(usage), stderr: '' })
  const wrong = run(script, '--recipient', '5')
  expect(wrong).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^[^\n]*--recipient\b[^\n]*\n$/),
  })
})

test('a bench and a blow that are none are refused in a line', () => {
  const line = (name: string) => ({ status: 2, stdout: '', stderr: expect.stringMatching(`^.*${name}.*\n$`) })
  expect(run('bench/bench', 'nothing')).toEqual(line('nothing'))
  expect(run('soak/kill', '--kinds', 'gentle')).toEqual(line('gentle'))
})
