import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { findBinaries } from '../../src/store/embedded/binaries.ts'
import { EmbeddedDatabaseError } from '../../src/store/embedded/error.ts'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { lastWords } from '../../src/store/embedded/refusal.ts'
import { privateFolder } from '../support/folder.ts'
import { ask, startOpener } from '../support/opener.ts'

// A new database costs a second of one core, and the cores may be busy.
vi.setConfig({ testTimeout: 60_000 })

/** What a person is told, in one message without a stack trace. */
async function toldWhenOpening(dataDir: string): Promise<string> {
  const error = await openEmbedded({ dataDir }).catch(error => error)
  expect(error).toBeInstanceOf(EmbeddedDatabaseError)
  expect(error.message).toContain(dataDir)
  expect(error.message).toMatch(/DATA_DIR|DATABASE_URL/)
  return error.message
}

test('a file where the folder should be', async () => {
  const file = join(privateFolder(), 'data')
  writeFileSync(file, '')
  expect(await toldWhenOpening(file)).toContain('a file stands in its way')
  expect(await toldWhenOpening(join(file, 'below'))).toContain('a file stands in its way')
})

test('a database of another major version, in its own folder or in ours', async () => {
  for (const [name, version] of [
    ['pg17', '17'],
    ['pg18', '16'],
  ] as const) {
    const dataDir = privateFolder()
    mkdirSync(join(dataDir, name))
    writeFileSync(join(dataDir, name, 'PG_VERSION'), `${version}\n`)
    expect(await toldWhenOpening(dataDir)).toContain(`was made by PostgreSQL ${version}`)
    expect(readdirSync(join(dataDir, name))).toEqual(['PG_VERSION'])
  }
})

test('a data folder with other things in it is left alone', async () => {
  const dataDir = privateFolder()
  mkdirSync(join(dataDir, 'pg18'))
  writeFileSync(join(dataDir, 'pg18', 'thesis.txt'), 'years of work')
  expect(await toldWhenOpening(dataDir)).toContain('holds files, but no PostgreSQL database')
  expect(readdirSync(join(dataDir, 'pg18'))).toEqual(['thesis.txt'])
})

test('a damaged database', async () => {
  const dataDir = privateFolder()
  mkdirSync(join(dataDir, 'pg18'))
  writeFileSync(join(dataDir, 'pg18', 'PG_VERSION'), '18\n')
  expect(await toldWhenOpening(dataDir)).toMatch(/could not (make|start) the database in .* seems damaged/)
})

test('a machine for which there is no PostgreSQL', () => {
  expect(() => findBinaries('linux', 'mips')).toThrow(/No PostgreSQL for linux on mips.*DATABASE_URL/)
  expect(() => findBinaries('win32', 'x64')).toThrow(/No PostgreSQL for Windows.*DATABASE_URL/)
})

const nobody = 65534
const asOrdinaryUser =
  process.getuid?.() === 0
    ? // The right to read everything only lets it read this project, which may lie where only root can enter.
      [
        ...['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'],
        ...[
          '--securebits=+no_setuid_fixup',
          '--inh-caps=+dac_read_search',
          '--ambient-caps=+dac_read_search',
        ],
      ]
    : []
const hasOrdinaryUser = asOrdinaryUser.length === 0 || runs([...asOrdinaryUser, 'true'])

test.runIf(hasOrdinaryUser)('an ordinary user opens what is theirs, and root may look in', async () => {
  const dataDir = join(privateFolder(), 'theirs')
  mkdirSync(dataDir)
  if (asOrdinaryUser.length > 0) chownSync(dataDir, nobody, nobody)
  const user = startOpener(dataDir, asOrdinaryUser)
  const url = await user.opened()
  const visitor = await openEmbedded({ dataDir })
  expect(visitor.url).toBe(url)
  await user.close()
  await visitor.close()
  const owners = readdirSync(dataDir).map(name => statSync(join(dataDir, name)).uid)
  expect(new Set(owners)).toEqual(new Set([statSync(dataDir).uid]))

  const again = startOpener(dataDir, asOrdinaryUser)
  expect(await ask(await again.opened(), 'select 1 as value')).toEqual([1])
  await again.close()
})

test.runIf(hasOrdinaryUser)('an ordinary user in a folder where they may not write', async () => {
  const folder = privateFolder()
  chmodSync(folder, 0o555)
  const user = startOpener(join(folder, 'data'), asOrdinaryUser)
  const refused = await user.refused()
  chmodSync(folder, 0o755)
  expect(refused?.name).toBe('EmbeddedDatabaseError')
  expect(refused?.message).toMatch(
    new RegExp(`belongs in ${folder}/data, and the user .* may not .*mkdir -p .*DATA_DIR`),
  )
})

// In a mount namespace of its own: the mount ends with the process.
const ownMounts =
  process.getuid?.() === 0 ? ['unshare', '--mount'] : ['unshare', '--user', '--map-root-user', '--mount']
const onTinyDisk = [
  ...ownMounts,
  'sh',
  '-c',
  'mount -t tmpfs -o size=20m none "$1" && shift && exec "$@"',
  'sh',
]
const canMount = process.getuid?.() === 0 && runs([...ownMounts, 'sh', '-c', 'mount -t tmpfs none /mnt'])

test.runIf(canMount)('a disk that is too small', async () => {
  const folder = privateFolder()
  const refused = await startOpener(folder, [...onTinyDisk, folder]).refused()
  expect(refused?.message).toContain(`The disk with ${folder} is full`)
})

test('PostgreSQL’s own words are kept where we have none better', () => {
  const { message } = lastWords(
    'start',
    '/tmp',
    '2026-06-01 10:00:00 UTC [7] FATAL:  something new happened\n',
  )
  expect(message).toMatch(/^PostgreSQL could not start the database in \/tmp: something new happened\. /)
  expect(lastWords('start', '/tmp', 'FATAL:  could not write: No space left on device').message).toMatch(
    /is full/,
  )
  expect(lastWords('start', '/tmp', 'FATAL:  could not open: Read-only file system').message).toMatch(
    /read-only/,
  )
  expect(lastWords('start', '/tmp', 'FATAL:  could not map anonymous shared memory').message).toMatch(
    /memory/,
  )
})

function runs([command = '', ...args]: string[]) {
  return spawnSync(command, args).status === 0
}
