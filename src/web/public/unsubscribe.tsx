import { Hono } from 'hono'
import { giveReason } from '../../actions/give-reason.ts'
import { readLeaving, undoUnsubscribe, unsubscribe } from '../../actions/unsubscribe.ts'
import { parseRemark } from '../../domain/reader-name.ts'
import { isLeavingReason } from '../../domain/subscription.ts'
import { leavingWords } from '../../domain/words/leaving.ts'
import type { AppEnv } from '../env.ts'
import { tokenPage } from '../middleware/security-headers.ts'
import { BadLinkPage } from './bad-link-page.tsx'
import { formLimit } from './form-limit.tsx'
import { groundOf } from './ground.ts'
import { postedForm } from './posted-form.ts'
import { LeavePage, LeftPage, ThanksPage, UndonePage } from './unsubscribe-pages.tsx'

/**
 * Leaving. The POST is RFC 8058's: no cookie, no redirect, repeatable, and a plain text for the mail client that sent
 * it; only the page's own form asks for a page.
 */
export const leaving = new Hono<AppEnv>()
  .use('/unsubscribe/*', tokenPage(), formLimit())
  .get('/unsubscribe/:token', async c => {
    const token = c.req.param('token')
    const stand = await readLeaving(c.var.services, token)
    if (stand.kind !== 'known')
      return c.html(<BadLinkPage {...(await groundOf(c))} fault={stand} token={token} wanted="leave" />, 404)
    return c.html(<LeavePage {...(await groundOf(c, stand.language))} leaving={stand} token={token} />)
  })
  .post('/unsubscribe/:token', async c => {
    const token = c.req.param('token')
    const form = await postedForm(c)
    const page = form.has('page')
    const stand = await unsubscribe(c.var.services, token, {
      by: page ? 'page' : 'one-click',
      keep: form.all('keep').map(Number),
      network: c.var.network,
    })
    const ground = await groundOf(c, stand.kind === 'known' ? stand.language : undefined)
    if (stand.kind !== 'known')
      return page
        ? c.html(<BadLinkPage {...ground} fault={stand} token={token} wanted="leave" />, 404)
        : c.text(leavingWords[ground.language].badLink.plain, 404)
    return page
      ? c.html(<LeftPage {...ground} leaving={stand} ended={stand.ended} token={token} />)
      : c.text(leavingWords[ground.language].unsubscribe.oneClick)
  })
  .post('/unsubscribe/:token/undo', async c => {
    const token = c.req.param('token')
    const stand = await undoUnsubscribe(c.var.services, token, c.var.network)
    if (stand.kind !== 'known')
      return c.html(<BadLinkPage {...(await groundOf(c))} fault={stand} token={token} wanted="leave" />, 404)
    return c.html(<UndonePage {...(await groundOf(c, stand.language))} revived={stand.revived} />)
  })
  .post('/unsubscribe/:token/reason', async c => {
    const token = c.req.param('token')
    const form = await postedForm(c)
    const reason = form.one('reason')
    const stand = await readLeaving(c.var.services, token)
    if (stand.kind !== 'known')
      return c.html(<BadLinkPage {...(await groundOf(c))} fault={stand} token={token} wanted="leave" />, 404)
    const ground = await groundOf(c, stand.language)
    if (!isLeavingReason(reason))
      return c.html(
        <LeftPage {...ground} leaving={stand} ended={stand.undoable} token={token} missing />,
        422,
      )
    await giveReason(c.var.services, token, {
      reason,
      words: parseRemark(form.one('words')),
      network: c.var.network,
    })
    return c.html(<ThanksPage {...ground} leaving={stand} token={token} />)
  })
