import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { runPlans } from '../../src/actions/run-plans.ts'
import { recheckApprovals } from '../../src/actions/void-approval.ts'
import { wallTime } from '../../src/domain/zoned-time.ts'
import { addArticle, updateArticle } from '../../src/store/articles.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { planAsOf } from '../plans/newsroom.ts'
import { openTestApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { openBrowser, serve } from '../support/browser.ts'
import { addReaders, openSender } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'
import { startSink } from '../support/sink.ts'
import { until } from '../support/until.ts'

// One morning of a newsroom in which a second person has to approve.

const sink = await startSink({ keep: 1000 })
atEnd(() => sink.close())
const site = await openTestApp({ env: { SMTP_URL: sink.url, SEND_HOLD: '1' } })
const url = await serve(site)
const { services, raw } = site
const { db } = services
await updatePublication(db, {
  name: 'The Ledger',
  postalAddress: '12 Paper Lane, London',
  senderName: 'The Ledger',
  senderAddress: 'desk@ledger.example',
  correctableLinks: true,
})
const brief = (await addNewsletter(db, {
  slug: 'morning-brief',
  name: 'Morning Brief',
  needsApproval: true,
}))!
await addNewsletter(db, { slug: 'wire', name: 'The Wire' })
await addReaders(raw, 12, [brief.id])
await addReaders(raw, 5, [2], { from: 100 })
const ibm = await addArticle(db, { title: 'IBM leaves facial recognition', url: `${url}/privacy` })
await addArticle(db, { title: 'A second cable lands', url: `${url}/archive`, section: 'Networks' })
const browser = await openBrowser()

async function open(role: 'writer' | 'editor', name: string): Promise<Page> {
  const person = await signInAs(site, role)
  await raw`update editors set name = ${name} where address = ${person.address}`
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  onTestFinished(() => context.close())
  const [cookie = '', value = ''] = person.cookie.split('=')
  await context.addCookies([{ name: cookie, value, url }])
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const saved = (page: Page) =>
  until('all to be saved', async () => (await page.locator('#saved').textContent()) === 'Saved now')

test('propose, send back, change, approve; an edit voids it; a plan sends; correct; withdraw', {
  timeout: 90_000,
}, async () => {
  const [will, ben] = [await open('writer', 'Will Ode'), await open('editor', 'Ben Okafor')]
  const sender = openSender({ ...site, smtpUrl: sink.url })
  onTestFinished(() => sender.drain(1000))

  // Will composes, and proposes.
  await will.goto(`${url}/admin/digests`)
  await press(will, 'New digest')
  await will.getByRole('textbox', { name: 'Subject' }).fill('IBM leaves')
  await will.getByRole('checkbox', { name: 'Morning Brief' }).check()
  await press(will, 'Add IBM leaves facial recognition')
  await will.locator('.block-lead', { hasText: 'IBM leaves' }).waitFor()
  await saved(will)
  await will.getByText('Morning Brief goes out only after a second person approved').waitFor()
  const digest = new URL(will.url()).pathname
  const id = Number(digest.split('/').at(-1))
  await will.getByRole('link', { name: 'Send …' }).click()
  expect(await will.getByRole('button', { name: /^Send to/ }).count()).toBe(0)
  await will.getByLabel('For whoever approves').fill('Is “leaves” too strong?')
  await press(will, 'Ask for approval, to be sent when it is given')
  await will.getByText('Will Ode asked for approval').waitFor()

  // Ben sends it back.
  await ben.goto(`${url}/admin/digests`)
  await ben.getByText('Waits for approval').waitFor()
  await ben.goto(`${url}${digest}/review`)
  await ben.getByText('Is “leaves” too strong?').waitFor()
  await ben.frameLocator('iframe').getByText('IBM leaves facial recognition').waitFor()
  await ben.getByLabel('What is to be done').fill('Say what it leaves.')
  await press(ben, 'Send back')
  await ben.getByText('Sent back. Whoever asked was told.').waitFor()

  // Will changes it, and asks for a time.
  await will.goto(url + digest)
  await will.getByText('Ben Okafor sent it back').waitFor()
  await will.getByText('Say what it leaves.').waitFor()
  await will.getByRole('textbox', { name: 'Subject' }).fill('IBM leaves facial recognition')
  await saved(will)
  await will.goto(`${url}${digest}/send`)
  const tomorrow = wallTime(new Date(Date.now() + 86_400_000), 'UTC')
  await will.getByLabel('Or at a time').fill(tomorrow)
  await press(will, 'Ask for this time')
  await will.getByText('Will Ode asked for approval, to send it on').waitFor()

  // Ben sees what changed, and approves: it is scheduled.
  await ben.goto(`${url}${digest}/review`)
  expect(await ben.locator('.changes ins').first().textContent()).toContain('facial')
  await press(ben, /^Approve, and send it on/)
  await ben.getByText(/^Goes out on/).waitFor()
  expect(await raw`select state from dispatches where digest_id = ${id}`).toEqual([{ state: 'scheduled' }])

  // While Will looks at it, a comma changes: no longer approved, no longer scheduled, and he sees it.
  await will.goto(url + digest)
  await will.getByText('Ben Okafor approved, to send it on').waitFor()
  await will.getByRole('textbox', { name: 'Preheader' }).fill('And what the company keeps')
  await will.getByText('Edited by Will Ode: the approval').waitFor()
  expect(await raw`select from dispatches where digest_id = ${id}`).toHaveLength(0)

  // Approved once more, a story changes around it: the same.
  await will.goto(`${url}${digest}/send`)
  await press(will, 'Ask for approval, to be sent when it is given')
  await ben.goto(`${url}${digest}/review`)
  await press(ben, /^Approve$/)
  await ben.getByText('Ben Okafor approved, to send it as soon as').waitFor()
  await updateArticle(db, ibm.id, { standfirst: 'A letter to Congress.' })
  await recheckApprovals(services)
  await ben.reload()
  await ben.getByText('A story, a template or a sender has changed').waitFor()
  await will.reload()
  await press(will, 'Ask for approval, to be sent when it is given')
  await ben.goto(`${url}${digest}/review`)
  await press(ben, /^Approve$/)

  // Now it goes: with a second to stop it, then not any more.
  await press(ben, 'Send to 12 readers now')
  await press(ben, 'Stop')
  await ben.getByText('Nobody got it; it is a draft again.').waitFor()
  await press(ben, 'Send to 12 readers now')
  await until('it to be due', async () => {
    sender.wake()
    const [row] = await raw`select state from dispatches where digest_id = ${id}`
    return row?.state === 'finished'
  })
  expect(await sink.messages()).toHaveLength(12)

  // A plan sends by itself what nobody stopped.
  await sink.clear()
  const soon = new Date(Date.now() + 10 * 60_000)
  await planAsOf(site, new Date(Date.now() - 86_400_000), {
    name: 'The Wire by itself',
    newsletters: ['wire'],
    subject: 'The wire',
    blocks: [{ type: 'newest', section: 'Networks', count: 1 }],
    time: soon.toISOString().slice(11, 16),
    timeZone: 'UTC',
  })
  await raw`update plans set next_at = date_trunc('minute', ${soon.toISOString()}::timestamptz), next_day = ${soon.toISOString().slice(0, 10)}`
  await runPlans(services)
  await ben.goto(`${url}/admin/digests`)
  await ben.getByRole('link', { name: 'The wire' }).waitFor()
  await raw`update dispatches set due_at = now() - interval '1 millisecond' where state = 'scheduled'`
  await until('the plan’s edition to be sent', async () => {
    sender.wake()
    return (await sink.messages()).length === 5
  })

  // A wrong link is put right, in the mails that are out too; then the edition is taken back.
  await ben.goto(url + digest)
  await ben.getByRole('link', { name: /^Correct “IBM leaves/ }).click()
  await ben.getByLabel('Link').fill(`${url}/archive`)
  await ben.getByLabel('Note for readers').fill('The link led to another story.')
  await press(ben, 'Publish the correction')
  await ben.goto(`${url}/archive/morning-brief/${id}`)
  await ben.getByText('The link led to another story.').waitFor()
  await ben.goto(`${url}${digest}/withdraw`)
  await ben.getByLabel('Reason, for readers').fill('It was about another company.')
  await press(ben, 'Withdraw the edition')
  expect((await ben.goto(`${url}/archive/morning-brief/${id}`))!.status()).toBe(410)

  // Every step is kept: who, what, when.
  await ben.goto(`${url}${digest}/history`)
  const steps = await ben.locator('tbody tr').allTextContents()
  for (const step of [
    'Withdrew it from the archive',
    'Corrected “IBM leaves facial recognition”',
    'Stopped it before it started',
    'The approval became void: the digest was edited',
    'The approval became void: a story, a template or a sender changed',
    'Sent back',
    'Asked for approval',
  ])
    expect(
      steps.some(text => text.includes(step)),
      step,
    ).toBe(true)
  expect(steps.filter(text => text.includes('Ben Okafor')).length).toBeGreaterThan(5)
})
