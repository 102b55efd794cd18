import { type Context, Hono } from 'hono'
import { renderDigest } from '../../actions/render-digest.ts'
import { saveDigestInput, stepThroughDigest } from '../../actions/save-digest.ts'
import { digestFields as limits } from '../../domain/digest.ts'
import { isBlank, readDraft } from '../../domain/draft.ts'
import { composeWords } from '../../domain/words/compose.ts'
import { previewHtml } from '../../mail/render/preview-html.ts'
import { fillPieces, neutralValues } from '../../mail/render/slots.ts'
import { forgetVisitor, noteVisitor, otherVisitors } from '../../store/digest-visitors.ts'
import { type Digest, findDigest } from '../../store/digests.ts'
import { findNewslettersById } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { mailPolicy } from '../middleware/security-headers.ts'
import { digestFields } from './compose-fields.ts'
import { ComposePage } from './compose-page.tsx'
import { composeProps, isOpen } from './compose-props.ts'
import { takeAct } from './compose-steps.ts'
import { Visitors } from './compose-visitors.tsx'
import { digestOf, missing } from './digest-of.ts'
import { byOf, editorOf } from './frame.ts'
import { resultPage } from './result.tsx'

type C = Context<AppEnv>

/** One digest while it is put together: the page, each save and step, the preview, and who else is there. */
export const compose = new Hono<AppEnv>()
  .use(requireRole('writer'))
  .get('/:id', async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    return isOpen(digest, c.var.services.config.sendHold)
      ? c.html(<ComposePage {...(await composeProps(c, digest))} />)
      : resultPage(c, digest)
  })
  .post('/:id', async c => {
    const digest = await digestOf(c)
    return digest ? save(c, digest) : missing(c)
  })
  .post('/:id/presence', async c => {
    const digest = await digestOf(c)
    if (!digest) return c.body(null, 404)
    const { db } = c.var.services
    const { id, language } = editorOf(c)
    const fields = await formFields(c)
    if (fields.leaving !== undefined) {
      await forgetVisitor(db, digest.id, id)
      return c.body(null, 204)
    }
    await noteVisitor(db, digest.id, id)
    const seen = Number(fields.revision)
    return c.html(
      <Visitors
        language={language}
        others={await otherVisitors(db, digest.id, id)}
        newer={digest.revision > seen ? `/admin/digests/${digest.id}` : undefined}
      />,
    )
  })
  .get('/:id/preview', async c => {
    const digest = await digestOf(c)
    return digest ? preview(c, digest) : missing(c)
  })

/**
 * Takes what was typed, then the button's step, and saves. What can't be saved comes back as it was typed. A script
 * asks for the page itself, since it keeps what an editor is typing meanwhile; a browser is sent back to it.
 */
async function save(c: C, digest: Digest) {
  const { services } = c.var
  const { db } = services
  const by = byOf(c)
  const typed = await digestFields(c)
  const open = isOpen(digest, services.config.sendHold)
  const taken = open ? await takeAct(c, digest, typed) : {}
  const page = async (
    now: Digest,
    more: Partial<Parameters<typeof ComposePage>[0]>,
    status: 200 | 409 | 422,
    shown: 'as typed' | 'as kept' = 'as typed',
  ) => {
    const props = await composeProps(c, now, shown === 'as typed' ? typed : undefined, taken)
    return c.html(<ComposePage {...props} {...more} />, status)
  }
  if (!open) return page(digest, { problem: 'started' }, 409)

  const { at, link } = taken
  const reading = readDraft(typed.blocks)
  const errors = {
    subject: !limits.shape.subject.safeParse(typed.subject).success,
    preheader: !limits.shape.preheader.safeParse(typed.preheader).success,
    blocks: reading.kind === 'refused' ? reading.faults : [],
  }
  if (errors.subject || errors.preheader || reading.kind === 'refused')
    return page(digest, { errors, link, problem: 'wrong' }, 422)

  const { subject, preheader, newsletters, revision } = typed
  const input = { subject: subject.trim(), preheader: preheader.trim(), newsletters, blocks: reading.blocks }
  const { act } = typed
  let outcome = await saveDigestInput(services, digest.id, input, {
    revision,
    by,
    typing: act.kind === 'type',
  })
  const direction = act.kind === 'undo' || act.kind === 'redo' ? act.kind : undefined
  if (direction && outcome.kind === 'saved') {
    const step = await stepThroughDigest(services, digest.id, direction, { revision: outcome.revision, by })
    outcome = step.kind === 'saved' ? { ...outcome, ...step } : step
  }
  switch (outcome.kind) {
    case 'saved': {
      if (link) return page((await findDigest(db, digest.id))!, { link }, 422)
      if (c.req.header('x-parts') || (!direction && typed.blocks.some(isBlank))) {
        const now = (await findDigest(db, digest.id))!
        return page(now, {}, 200, direction ? 'as kept' : 'as typed')
      }
      return c.redirect(`/admin/digests/${digest.id}${at === undefined ? '' : `#block-${at}`}`, 303)
    }
    case 'refused':
      return page(
        digest,
        {
          errors: { ...errors, newsletters: outcome.faults.some(fault => fault.path[0] === 'newsletters') },
          problem: 'wrong',
        },
        422,
      )
    case 'changed-meanwhile':
      return page((await findDigest(db, digest.id))!, { problem: 'changed', link }, 409)
    case 'started':
      return page(digest, { problem: 'started' }, 409)
    case 'unknown':
      return missing(c)
  }
}

/** What is saved, as the readers of one of its newsletters get it. */
async function preview(c: C, digest: Digest) {
  const { services, actor } = c.var
  const wanted = c.req.query('newsletter')
  const chosen = digest.newsletters.find(one => one.slug === wanted) ?? digest.newsletters[0]
  const [newsletter] = await findNewslettersById(services.db, chosen ? [chosen.id] : [])
  if (!newsletter) return missing(c)
  const outcome = await renderDigest(services, digest, newsletter, { anchors: true })
  c.header('content-security-policy', mailPolicy)
  c.header('cache-control', 'no-store')
  if (outcome.kind === 'faults')
    return c.text(composeWords[actor.kind === 'editor' ? actor.language : 'en'].gone, 409)
  const values = neutralValues(services.config.publicUrl)
  const { html, text } = outcome.rendering
  const scheme = c.req.query('scheme')
  const document = fillPieces(html, values, 'html')
  if (c.req.query('format') === 'text') return c.text(fillPieces(text, values, 'text'))
  return c.html(scheme === 'dark' || scheme === 'light' ? previewHtml(document, scheme) : document)
}
