// One file out of the sources and the packages they use, and beside it one for the thread that takes pictures in. CPU
// until `--help` is printed: 0.3 s, against 1.2 s with the packages outside (hundreds of files to find and read) and 2.5 s
// with the sources translated one by one; until `serve` answers on a folder that is there: 0.5 s, 1.3 s and 2.6 s.
// Building takes a second.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const target = join(root, 'dist', 'broadsheet.mjs')
const thread = join(root, 'dist', 'picture-thread.mjs')

/** Where Node keeps what it compiled of the bundle: in the project, since others may write to the temporary folder. */
export const compileCache = join(root, 'dist', 'compile-cache')

/** The bundle's path, made anew where a source or a package is newer. Throws where dist/ can't be written. */
export async function freshBundle() {
  if (isFresh()) return target
  const begun = new Date()
  mkdirSync(dirname(target), { recursive: true })
  // The thread first: whoever finds the new bundle finds its thread too.
  await bundle('src/pictures/node-thread.ts', thread, begun)
  await bundle('src/cli.ts', target, begun)
  return target
}

/**
 * Makes one file out of a source and all it uses. A source that changed since `begun` is newer, and whoever starts at the
 * same moment finds the old file or the new one, whole.
 * @param {string} source within the project
 * @param {string} file
 * @param {Date} begun
 */
export async function bundle(source, file, begun) {
  const draft = `${file}.${process.pid}.mjs`
  try {
    const { build } = await import('esbuild')
    await build({
      entryPoints: [join(root, source)],
      outfile: draft,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      // The same compiler without its minifiers, which are not used: 75 MB to import and compile with, not 100 MB.
      alias: { mjml: join(root, 'src', 'mail', 'render', 'mjml-bundled.ts') },
      // linkedom would use it, and it is not installed.
      external: ['canvas'],
      banner: { js: requireForCommonJs },
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      logLevel: 'error',
    })
    utimesSync(draft, begun, begun)
    renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

// Packages in CommonJS ask for Node's modules by `require`, which an ES module lacks.
const requireForCommonJs = `import { createRequire as requireFrom } from 'node:module'
const require = requireFrom(import.meta.url)`

function isFresh() {
  const made = timeOf(target)
  if (made === undefined || timeOf(thread) === undefined) return false
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  // npm writes its own list anew whenever it changes a package.
  const packages = join(root, 'node_modules', '.package-lock.json')
  return [...sources, packages].every(path => (timeOf(path) ?? 0) <= made)
}

const timeOf = path => statSync(path, { throwIfNoEntry: false })?.mtimeMs

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await freshBundle()
