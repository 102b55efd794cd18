import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import type { Language } from '../../src/domain/languages.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { suppress } from '../../src/store/suppressions.ts'
import { accessFaults } from '../support/accessible.ts'
import { openTestApp } from '../support/app.ts'
import { openBrowser, screenshot, serve } from '../support/browser.ts'
import { addReaders, draftDigest, openNewsletters } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const site = await openTestApp()
const url = await serve(site)
const browser = await openBrowser()
const { raw, services } = site
const [morning] = await openNewsletters({ ...site, smtpUrl: '' }, 'morning')
await updatePublication(services.db, { name: 'The Ledger', timeZone: 'Europe/London' })
await addReaders(raw, 4812, [morning!])
const owner = await signInAs(site, 'owner')

/** A digest at that point of its way: `state` and counters as given, over the ledger's own. */
async function digestIn(state: 'sending' | 'paused' | 'finished' | 'late'): Promise<number> {
  const digest = await draftDigest(
    site,
    [morning!],
    'IBM leaves facial recognition, and asks Congress to talk',
  )
  const outcome = await dispatchDigest(services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  const { id } = outcome.dispatch
  if (state === 'late') {
    await raw`update dispatches set state = 'paused', paused_at = now(), pause_reason = 'late' where id = ${id}`
    return digest
  }
  await startDispatch(services, id)
  await raw`
    update deliveries d set changed_at = now() - interval '20 minutes', attempts = 2,
      state = case when n <= 7 then 'failed' when n <= 9 then 'unknown' else 'sent' end::delivery_state,
      reply = case when n % 3 = 0 then '550 5.1.1 <' || address || '> Recipient address rejected: User unknown in virtual mailbox table'
        when n <= 7 then '451 4.7.1 Service unavailable; Client host [203.0.113.9] blocked for now, see https://postmaster.example/blocked?why=volume'
        when n <= 9 then 'the sender ended before the server answered' end
    from (select id, address, row_number() over (order by id) as n from subscribers) as r
    where d.dispatch_id = ${id} and d.subscriber_id = r.id`
  const rest = state === 'finished' ? 0 : 3812
  await raw`update dispatches set sent = 4803 - ${rest}::int, failed = 7, unknown = 2, pending = ${rest}, unknown_policy = 'hold',
    state = ${state}, finished_at = case when ${state} = 'finished' then now() end,
    started_at = now() - interval '5 minutes', paused_at = case when ${state} = 'paused' then now() end,
    pause_reason = case when ${state} = 'paused' then 'policy' end,
    pause_evidence = case when ${state} = 'paused' then '{"reply": "550 5.7.1 Our system has detected an unusual rate of mail from your address"}'::jsonb end
    where id = ${id}`
  return digest
}

const [late, sending, paused, finished] = [
  await digestIn('late'),
  await digestIn('sending'),
  await digestIn('paused'),
  await digestIn('finished'),
]
for (const n of [3, 6, 9])
  await suppress(services.db, services.keys, {
    addressKey: `reader${n}@one.example`,
    cause: n === 9 ? 'complained' : 'bounced',
    evidence: { reply: '550 5.1.1 Recipient address rejected: User unknown in virtual mailbox table' },
    dispatchId: 1,
  })

const pages = {
  sending: `/admin/digests/${sending}`,
  late: `/admin/digests/${late}`,
  skipping: `/admin/digests/${late}/cancel`,
  paused: `/admin/digests/${paused}`,
  finished: `/admin/digests/${finished}`,
  failures: `/admin/digests/${finished}/failures`,
  searched: `/admin/digests/${finished}/failures?q=nobody`,
  retrying: `/admin/digests/${finished}/retry`,
  domains: `/admin/digests/${finished}/domains`,
  suppressed: '/admin/readers/suppressed?domain=one.example&from=2026-06-01T00:00',
  lifting: '/admin/readers/suppressed/lift?domain=one.example&from=2026-06-01T00:00',
}

async function open(path: string, language: Language = 'en') {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  await raw`update editors set language = ${language}`
  const [name = '', value = ''] = owner.cookie.split('=')
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  await page.goto(url + path)
  return page
}

test.each(Object.entries(pages))(
  '%s is accessible, in light and in dark, and fits into 320 pixels',
  async (_, path) => {
    const page = await open(path)
    expect(await accessFaults(page)).toEqual([])
    await page.context().close()
  },
)

// PICTURES=/some/folder keeps a picture of every page, wide and narrow, light and dark.
const folder = process.env.PICTURES
test.runIf(folder)('pictures', { timeout: 300_000 }, async () => {
  for (const [name, path] of Object.entries(pages)) {
    const page = await open(path)
    await screenshot(page, { width: 1280, path: `${folder}/${name}-1280.png` })
    await screenshot(page, { width: 375, dark: true, path: `${folder}/${name}-375-dark.png` })
    await page.context().close()
    const german = await open(path, 'de')
    await screenshot(german, { width: 1280, dark: true, path: `${folder}/${name}-1280-dark-de.png` })
    await german.context().close()
  }
})
