import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Assets } from '../actions/services.ts'
import { root } from './root.ts'

const require = createRequire(import.meta.url)
const ours = (name: string) => join(root, 'src/web/assets', name)

/** Static files by the name they are served under, fonts and scripts before the stylesheet that names them. */
const files: Record<string, string | string[]> = {
  'newsreader-latin.woff2': require.resolve(
    '@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2',
  ),
  'newsreader-latin-ext.woff2': require.resolve(
    '@fontsource-variable/newsreader/files/newsreader-latin-ext-wght-normal.woff2',
  ),
  'inter-latin.woff2': require.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  'inter-latin-ext.woff2': require.resolve(
    '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2',
  ),
  // In one file: htmx looks for its attributes as soon as it runs, and an extension that comes later is not asked.
  'htmx.js': [
    require.resolve('htmx.org/dist/htmx.min.js'),
    require.resolve('htmx.org/dist/ext/hx-sse.min.js'),
  ],
  'picture-field.js': ours('picture-field.js'),
  'passkey.js': ours('passkey.js'),
  'sortable.js': require.resolve('sortablejs/Sortable.min.js'),
  'compose.js': ours('compose.js'),
  'icon.svg': ours('icon.svg'),
  'broadsheet.css': ours('broadsheet.css'),
  'workspace.css': ours('workspace.css'),
  ...Object.fromEntries(readdirSync(ours('sample')).map(name => [`sample-${name}`, ours(`sample/${name}`)])),
}

const types: Record<string, string> = {
  woff2: 'font/woff2',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
}

/** Reads all static files, some 400 KB, with the hash of each; a stylesheet's `url(name)` gets the hash of what it names. */
export function readAssets(): Assets {
  const assets: Assets = new Map()
  for (const [name, path] of Object.entries(files)) {
    const type = types[name.split('.').at(-1)!]!
    const read = Buffer.concat([path].flat().map(part => readFileSync(part)))
    const body = name.endsWith('.css') ? withHashes(read.toString(), assets) : read
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12)
    assets.set(name, { type, body: new Uint8Array(body), hash })
  }
  return assets
}

const withHashes = (css: string, assets: Assets) =>
  Buffer.from(
    css.replace(/url\(([\w.-]+)\)/g, (text, name) =>
      assets.has(name) ? `url(/assets/${name}?v=${assets.get(name)!.hash})` : text,
    ),
  )
