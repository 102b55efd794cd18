import { expect, test } from 'vitest'
import { jpegOf, photo } from '../support/picture-files.ts'
import { runBroadsheet, startServer } from '../support/server.ts'

test('the bundled server finds its codecs: a picture is taken in, and served', {
  timeout: 60_000,
}, async () => {
  const server = await startServer({ args: ['--no-sample'] })
  try {
    const env = { DATA_DIR: server.dataDir }
    const made = await runBroadsheet(['keys', 'create', '--name', 'x', '--role', 'writer', '--json'], env)
    const { key } = JSON.parse(made.stdout)
    const response = await fetch(`${server.url}/api/v1/pictures`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: new Uint8Array(await jpegOf(photo(1300, 650))),
    })
    const picture = (await response.json()) as { url: string }
    expect([response.status, picture]).toMatchObject([201, { width: 1200, height: 600 }])
    expect((await fetch(picture.url)).headers.get('content-type')).toBe('image/jpeg')
  } finally {
    await server.dispose()
  }
})
