import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

type Source = { path: string; text: string; imports: string[] }

const sources: Source[] = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
  .map(entry => {
    const path = relative(root, join(entry.parentPath, entry.name))
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, imports: importsOf(text) }
  })

function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  return [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g)].map(match => match[1]!)
}

/** Where a file stands: a file's imports go to its own floor or below. */
function floorOf(path: string): number {
  if (/^src\/(node|worker|cli)\.ts$|^src\/broadsheet\.mjs$|^src\/(cli|node|worker)\//.test(path)) return 4
  if (path.startsWith('src/web/')) return 3
  if (path.startsWith('src/actions/')) return 2
  if (/^src\/(store|mail|reading|pictures)\/|^src\/(config|log)\.ts$|^src\/config\//.test(path)) return 1
  if (/^src\/(domain|sample)\//.test(path)) return 0
  throw new Error(`${path} stands on no floor`)
}

const own = (source: Source) =>
  source.imports
    .filter(name => name.startsWith('.'))
    .map(name => relative(root, resolve(root, dirname(source.path), name)))

const roomOf = (path: string) => /^src\/(store|mail|reading|pictures)\//.exec(path)?.[1]

test('it has read the house, not an empty folder', () => {
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.flatMap(own).length).toBeGreaterThan(300)
})

test('imports go down only', () => {
  const upward = sources.flatMap(source =>
    own(source)
      .filter(target => target.startsWith('src/') && floorOf(target) > floorOf(source.path))
      .map(target => `${source.path} → ${target}`),
  )
  expect(upward).toEqual([])
})

test('store, mail, reading and pictures know nothing of each other', () => {
  const across = sources.flatMap(source => {
    const room = roomOf(source.path)
    return own(source)
      .filter(target => room && roomOf(target) && roomOf(target) !== room)
      .map(target => `${source.path} → ${target}`)
  })
  expect(across).toEqual([])
})

test('domain imports nothing of ours, and config and log only domain', () => {
  const outward = sources
    .filter(source => /^src\/(domain|sample|config)\/|^src\/(config|log)\.ts$/.test(source.path))
    .flatMap(source =>
      own(source)
        .filter(target => !/^src\/(domain|sample|config)\//.test(target))
        .map(target => `${source.path} → ${target}`),
    )
  expect(outward).toEqual([])
})

test('only the entry floor reads the environment', () => {
  const readers = sources
    .filter(source => floorOf(source.path) < 4 && source.text.includes('process.env'))
    .map(source => source.path)
  expect(readers).toEqual([])
})

test('what the Worker imports uses of Node only what Workers have', () => {
  const allowed = new Set([
    'node:crypto',
    'node:buffer',
    'node:events',
    'node:net',
    'node:tls',
    'node:stream',
  ])
  const reached = new Set<string>()
  const visit = (path: string) => {
    if (reached.has(path)) return
    reached.add(path)
    const source = sources.find(one => one.path === path)
    if (source) own(source).forEach(visit)
  }
  visit('src/worker.ts')
  expect(reached.size).toBeGreaterThan(50)
  const foreign = sources
    .filter(source => reached.has(source.path))
    .flatMap(source =>
      source.imports
        .filter(name => name.startsWith('node:') && !allowed.has(name))
        .map(name => `${source.path} → ${name}`),
    )
  expect(foreign).toEqual([])
})

test('there are no barrels and no drawers for everything', () => {
  const names = sources
    .map(source => source.path)
    .filter(path => /(^|\/)(index|utils?|helpers?|manager|service)\.tsx?$/.test(path))
  expect(names).toEqual([])
})
