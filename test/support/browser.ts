import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { listen } from '../../src/node/http.ts'
import type { TestApp } from './app.ts'
import { atEnd } from './at-end.ts'

/** One for all test files of a process: starting it takes a second of both cores. */
let started: Promise<Browser> | undefined

/**
 * A Chromium without anything open: the one at CHROMIUM_PATH, else the one inside @sparticuz/chromium, which brings its
 * libraries and runs on a bare Debian too, else one of the machine's. What a test file opens in it is closed after it.
 */
export async function openBrowser(): Promise<Browser> {
  started ??= startBrowser()
  const browser = await started
  atEnd(() => Promise.all(browser.contexts().map(context => context.close())))
  return browser
}

async function startBrowser(): Promise<Browser> {
  const { executablePath, env } = await findChromium()
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env } as Record<string, string>,
    // Not the package's own list: it turns off the same-origin policy, which our tests are to prove.
    // Without a card that draws, pretending to have one costs a tenth more.
    args: ['--no-sandbox', '--font-render-hinting=none', '--disable-gpu', '--disable-software-rasterizer'],
  })
}

type Picture = { width?: number; dark?: boolean; path?: string }

/** The whole page as a PNG, at that width and in that light; written to `path` where one is given. */
export async function screenshot(page: Page, { width = 1280, dark = false, path }: Picture = {}) {
  await page.setViewportSize({ width, height: width < 600 ? 812 : 900 })
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
  await page.evaluate(() => document.fonts.ready)
  return page.screenshot({ fullPage: true, ...(path && { path }) })
}

/** Lets a browser reach the app of a test. PUBLIC_URL becomes the address that it answers with. */
export async function serve({ app, services }: TestApp): Promise<string> {
  const server = await listen('127.0.0.1', 0)
  services.config.publicUrl = `http://127.0.0.1:${server.port}`
  server.use((request, env) => app.fetch(request, env))
  atEnd(() => server.close(0))
  return services.config.publicUrl
}

const onMachine = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

async function findChromium(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const named = process.env.CHROMIUM_PATH
  if (named) return { executablePath: named, env: {} }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const folder = await inflated()
    return {
      executablePath: join(folder, 'chromium'),
      env: {
        LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
        FONTCONFIG_FILE: join(folder, 'fonts.conf'),
        HOME: process.env.HOME ?? folder,
      },
    }
  }
  const found = onMachine.find(path => existsSync(path))
  if (!found) throw new Error('no Chromium here: name one with CHROMIUM_PATH')
  return { executablePath: found, env: {} }
}

/** The folder with the package's Chromium unpacked. Several processes may ask at once: the first rename wins. */
async function inflated(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const built = statSync(join(entry, '..', '..', 'bin', 'chromium.br'))
  const user = process.getuid?.() ?? 0
  const folder = join(tmpdir(), `broadsheet-chromium-${built.size}-${user}`)
  if (existsSync(folder)) {
    if (statSync(folder).uid !== user) throw new Error(`${folder} is not ours`)
    return folder
  }
  const making = mkdtempSync(`${folder}-`)
  await inflateInto(making, entry)
  writeFileSync(join(making, 'fonts.conf'), fontsIn(folder))
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

// The package's own list of folders names the temporary folder itself.
const fontsIn = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`

// The package unpacks into the temporary folder of its process, and takes a file that is there for a whole one.
const inflateInto = (folder: string, entry: string) =>
  promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', inflate, pathToFileURL(entry).href, join(entry, '..', '..', 'bin')],
    { env: { ...process.env, TMPDIR: folder } },
  )

const inflate = `
const [entry, bin] = process.argv.slice(1)
const { default: chromium, inflate } = await import(entry)
chromium.setGraphicsMode = false
await Promise.all([chromium.executablePath(), inflate(bin + '/al2023.tar.br')])
`
