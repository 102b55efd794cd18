import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/store/client.ts'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { atEnd } from '../support/at-end.ts'
import { runBroadsheet, startProcess, startServer } from '../support/server.ts'
import { startSesServer } from '../support/ses-server.ts'
import { until } from '../support/until.ts'

// A whole installation whose environment says no more of mail than the region and the keys.

const dataDir = mkdtempSync(join(inject('runFolder'), 'ses-'))
const embedded = await openEmbedded({ dataDir })
const { db, close } = openDatabase(embedded.url, { connections: 1 })
afterAll(async () => {
  await close()
  await embedded.close()
})

test('a sign-up is confirmed by SES, and everybody is told where mail goes', async () => {
  const ses = await startSesServer()
  atEnd(ses.close)
  const host = new URL(ses.url).host
  const server = await startServer({ dataDir, env: ses.env })
  await addNewsletter(db, { slug: 'brief', name: 'Brief' })
  await updatePublication(db, { senderAddress: 'news@example.com' })
  expect(server.output()).toContain(`Mail        goes out by ${host}`)
  const body = new URLSearchParams({ email: 'ana@example.com', newsletter: 'brief' })
  expect((await fetch(`${server.url}/subscribe`, { method: 'POST', body })).status).toBe(200)
  const mail = await until('the confirmation', () => ses.taken.find(one => one.to === 'ana@example.com'))
  expect(mail).toMatchObject({ feedback: 'news@example.com' })
  expect(await server.stop()).toBe(0)

  const env = { DATA_DIR: dataDir, ...ses.env }
  const sender = await startProcess(['deliver'], env, `Delivering what goes by Amazon SES, through ${host}`)
  expect(await sender.stop('SIGINT')).toBe(0)
  expect((await runBroadsheet(['doctor'], env)).stdout).toContain(`by ${host}, which is this machine`)
  const far = await runBroadsheet(['doctor'], { ...env, SES_ENDPOINT: '' })
  expect(far.stdout).toContain(
    'by email.eu-central-1.amazonaws.com, not signed by us: large providers refuse that unless Amazon SES signs',
  )
})
