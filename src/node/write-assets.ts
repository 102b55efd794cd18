import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readAssets } from './assets.ts'

// `npm run assets`: notes the hashes that pages put into addresses, and lays the files out for Workers, where the
// platform serves them.
const assets = readAssets()
const root = fileURLToPath(new URL('../..', import.meta.url))
const lines = [...assets].map(([name, { hash }]) => `  '${name}': '${hash}',`)
const text = `// Made by \`npm run assets\` from the static files; a test holds it to them.
export const assetHashes = {
${lines.join('\n')}
} as const
`
const hashes = join(root, 'src/web/assets/hashes.ts')
// A file that is written anew has watchers build again.
if (!existsSync(hashes) || readFileSync(hashes, 'utf8') !== text) writeFileSync(hashes, text)
const folder = join(root, 'dist/public')
mkdirSync(join(folder, 'assets'), { recursive: true })
for (const [name, { body }] of assets) writeFileSync(join(folder, 'assets', name), body)
writeFileSync(
  join(folder, '_headers'),
  '/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n  X-Content-Type-Options: nosniff\n',
)
