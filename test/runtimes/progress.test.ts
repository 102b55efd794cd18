import { expect, test } from 'vitest'
import { openDatabase, openRaw } from '../../src/store/client.ts'
import { addEditor } from '../../src/store/editors.ts'
import { startSession } from '../../src/store/sessions.ts'
import { openBrowser } from '../support/browser.ts'
import { freshDatabase } from '../support/database.ts'
import { addReaders, draftDigest, openNewsletters } from '../support/sending.ts'
import { startSink } from '../support/sink.ts'
import { startWorker } from '../support/worker.ts'

test('an editor on Workers presses Send, and sees it go out without a reload', {
  timeout: 60_000,
}, async () => {
  const database = await freshDatabase()
  const raw = openRaw(database.url, { connections: 1 })
  const { db, close } = openDatabase(database.url, { connections: 1 })
  const sink = await startSink({ takes: 40 })
  const worker = await startWorker(database.url, {
    SECRET_KEY: 'a secret for the stories',
    SMTP_URL: sink.url,
    SEND_HOLD: '2',
  })
  const browser = await openBrowser()
  try {
    const room = { services: { db } } as never
    const [morning] = await openNewsletters(room, 'morning')
    await addReaders(raw, 500, [morning!])
    const digest = await draftDigest(room, [morning!])
    const address = 'eva@bulletin.example'
    const editor = await addEditor(db, { address, addressKey: address, name: 'Eva', role: 'owner' })
    const context = await browser.newContext()
    const session = await startSession(db, editor!.id)
    await context.addCookies([{ name: 'broadsheet', value: session, url: worker.publicUrl }])
    const page = await context.newPage()
    await page.goto(`${worker.publicUrl}/admin/digests/${digest}/send`)
    await page.getByRole('button', { name: 'Send to 500 readers now' }).click()
    await page.getByText('500').first().waitFor()
    await page.getByText(/^\d+ of 500$/).waitFor({ timeout: 20_000 })
    const asked: string[] = []
    page.on('request', request => void (request.url().includes('until=') && asked.push(request.url())))
    // It asks each second until all is done, and then shows the results.
    await page.waitForFunction(() => !document.querySelector('[hx-trigger]'), undefined, { timeout: 30_000 })
    expect(asked.length).toBeGreaterThan(2)
    expect(await sink.count()).toBe(500)
  } finally {
    await worker.stop()
    await sink.close()
    await Promise.all([close(), raw.end()])
    await database.drop()
  }
})
