import { type Context, Hono } from 'hono'
import { type Changed, changePreferences } from '../../actions/change-preferences.ts'
import { eraseSubscriber } from '../../actions/erase-subscriber.ts'
import { exportAsCsv, exportSubscriber } from '../../actions/export-subscriber.ts'
import { type PreferencesReading, readPreferences } from '../../actions/preferences.ts'
import { requestLink } from '../../actions/request-link.ts'
import { readChange } from '../../domain/preference-change.ts'
import type { AppEnv } from '../env.ts'
import { tokenPage } from '../middleware/security-headers.ts'
import { BadLinkPage } from './bad-link-page.tsx'
import { ErasedPage, ErasePage } from './erase-pages.tsx'
import { formLimit } from './form-limit.tsx'
import { groundOf } from './ground.ts'
import { postedForm } from './posted-form.ts'
import { ExpiredPage, GonePage, LinkTakenPage } from './preferences-link-pages.tsx'
import { PreferencesPage } from './preferences-page.tsx'
import type { Told } from './preferences-place.ts'
import { TooManyPage } from './too-many-page.tsx'

/** What a preferences link opens. */
export const preferences = new Hono<AppEnv>()
  .use('/preferences/*', tokenPage(), formLimit())
  .get('/preferences/:token', async c =>
    answer(c, await readPreferences(c.var.services, c.req.param('token'))),
  )
  .post('/preferences/:token', async c => {
    const token = c.req.param('token')
    const form = await postedForm(c)
    const typed = { name: form.one('name'), email: form.one('email') }
    const change = readChange({
      ...typed,
      do: form.one('do'),
      newsletter: form.one('newsletter'),
      language: form.one('language'),
    })
    const before = await readPreferences(c.var.services, token)
    if (before.kind !== 'open') return answer(c, before)
    if (change.kind === 'unreadable') return answer(c, before, { changed: change, status: 422 })
    if (change.kind === 'refused')
      return answer(c, before, {
        faults: { name: change.name, typed: { name: typed.name.slice(0, 1000) } },
        status: 422,
      })
    const outcome = await changePreferences(c.var.services, token, change, c.var.network)
    if (!('changed' in outcome)) return answer(c, outcome)
    const { changed, now } = outcome
    if (changed.kind === 'too-many') c.header('retry-after', String(changed.retryAfter))
    return answer(c, now, {
      changed,
      status: statusOf(changed),
      ...(changed.kind === 'address-refused' && { faults: { typed: { email: typed.email.slice(0, 1000) } } }),
    })
  })
  .post('/preferences/:token/link', async c => {
    const reading = await readPreferences(c.var.services, c.req.param('token'))
    if (reading.kind !== 'expired') return answer(c, reading)
    const { address: email, locale } = reading.subscriber
    const outcome = await requestLink(c.var.services, { email, network: c.var.network })
    const ground = await groundOf(c, locale)
    if (outcome.kind === 'too-many') {
      c.header('retry-after', String(outcome.retryAfter))
      return c.html(<TooManyPage {...ground} wait={outcome.retryAfter} />, 429)
    }
    return c.html(<LinkTakenPage {...ground} />)
  })
  .get('/preferences/:token/export.json', async c => {
    const reading = await readPreferences(c.var.services, c.req.param('token'))
    if (reading.kind !== 'open' || reading.scope !== 'all') return answer(c, reading, onlyFresh)
    c.header('content-disposition', 'attachment; filename="reader.json"')
    return c.body(
      JSON.stringify(await exportSubscriber(c.var.services.db, reading.subscriber), undefined, 2),
      200,
      { 'content-type': 'application/json' },
    )
  })
  .get('/preferences/:token/export.csv', async c => {
    const reading = await readPreferences(c.var.services, c.req.param('token'))
    if (reading.kind !== 'open' || reading.scope !== 'all') return answer(c, reading, onlyFresh)
    c.header('content-disposition', 'attachment; filename="reader.csv"')
    const csv = exportAsCsv(await exportSubscriber(c.var.services.db, reading.subscriber))
    // With a BOM, or Excel takes it for a code page of its own.
    return c.body(`\ufeff${csv}`, 200, { 'content-type': 'text/csv; charset=utf-8' })
  })
  .get('/preferences/:token/erase', async c => {
    const token = c.req.param('token')
    const reading = await readPreferences(c.var.services, token)
    if (reading.kind !== 'open' || reading.scope !== 'all') return answer(c, reading, onlyFresh)
    const ground = await groundOf(c, reading.subscriber.locale)
    return c.html(<ErasePage {...ground} address={reading.subscriber.address} token={token} />)
  })
  .post('/preferences/:token/erase', async c => {
    const reading = await readPreferences(c.var.services, c.req.param('token'))
    if (reading.kind !== 'open' || reading.scope !== 'all') return answer(c, reading, onlyFresh)
    await eraseSubscriber(c.var.services, reading.subscriber.id)
    return c.html(<ErasedPage {...(await groundOf(c, reading.subscriber.locale))} />)
  })

/** For what a digest's link does not open. */
const onlyFresh: Answer = { changed: { kind: 'needs-fresh-link' }, status: 403 }

type Answer = Told & { status?: 200 | 403 | 422 | 429 }

async function answer(c: Context<AppEnv>, reading: PreferencesReading, told: Answer = {}) {
  const token = c.req.param('token') ?? ''
  const { status = 200, ...rest } = told
  const ground = await groundOf(c, 'subscriber' in reading ? reading.subscriber.locale : undefined)
  switch (reading.kind) {
    case 'open':
      return c.html(<PreferencesPage {...ground} {...rest} now={reading} token={token} />, status)
    case 'expired':
      return c.html(<ExpiredPage {...ground} token={token} />, 410)
    case 'gone':
      return c.html(<GonePage {...ground} />, 410)
    case 'invalid':
    case 'foreign':
      return c.html(<BadLinkPage {...ground} fault={reading} token={token} wanted="leave" />, 404)
  }
}

function statusOf(changed: Changed): 200 | 403 | 422 | 429 {
  switch (changed.kind) {
    case 'address-refused':
      return 422
    case 'too-many':
      return 429
    case 'needs-fresh-link':
    case 'barred':
      return 403
    default:
      return 200
  }
}
