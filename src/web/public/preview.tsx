import { type Context, Hono } from 'hono'
import { type PreviewReading, readPreview } from '../../actions/preview-link.ts'
import { renderDigest } from '../../actions/render-digest.ts'
import { links } from '../../domain/links.ts'
import type { Rendering } from '../../domain/rendering.ts'
import { previewWords, sayUntil } from '../../domain/words/previews.ts'
import { fillPieces } from '../../mail/render/slots.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { shownHtml } from '../mailbox/shown-html.ts'
import { mailPolicy, tokenPage } from '../middleware/security-headers.ts'
import { ReaderPage } from '../views/reader-page.tsx'
import { groundOf } from './ground.ts'
import { PreviewPage } from './preview-page.tsx'

type C = Context<AppEnv>

/** A digest for those without an account who were given a link to it: its mail in a frame of its own, and its text. */
export const preview = new Hono<AppEnv>()
  .use('/preview/*', tokenPage())
  .get('/preview/:token', async c => {
    const token = c.req.param('token')
    const reading = await readPreview(c.var.services, token)
    if (reading.kind !== 'open') return closed(c, reading)
    const newsletter = chosen(c, reading.newsletters)
    const rendering = newsletter && (await renderingOf(c, reading.digest, newsletter))
    if (!newsletter || !rendering) return closed(c, { kind: 'not-yet' })
    return c.html(
      <PreviewPage
        {...(await groundOf(c))}
        token={token}
        subject={reading.digest.subject}
        until={reading.until}
        newsletters={reading.newsletters}
        newsletter={newsletter}
        text={fillPieces(rendering.text, testValues(c, newsletter), 'text')}
      />,
    )
  })
  .get('/preview/:token/mail', async c => {
    const reading = await readPreview(c.var.services, c.req.param('token'))
    if (reading.kind !== 'open') return closed(c, reading)
    const newsletter = chosen(c, reading.newsletters)
    const rendering = newsletter && (await renderingOf(c, reading.digest, newsletter))
    if (!newsletter || !rendering) return closed(c, { kind: 'not-yet' })
    const html = fillPieces(rendering.html, testValues(c, newsletter), 'html')
    return c.html(shownHtml({ html, attachments: [] }), 200, { 'content-security-policy': mailPolicy })
  })

/** The newsletter asked for, else the digest's first. */
const chosen = (c: C, newsletters: readonly Newsletter[]) =>
  newsletters.find(one => one.slug === c.req.query('newsletter')) ?? newsletters[0]

async function renderingOf(
  c: C,
  digest: Extract<PreviewReading, { kind: 'open' }>['digest'],
  newsletter: Newsletter,
): Promise<Rendering | undefined> {
  const outcome = await renderDigest(c.var.services, digest, newsletter)
  return outcome.kind === 'rendered' ? outcome.rendering : undefined
}

/** Links to leave as in a test: nobody's. */
const testValues = (c: C, { slug }: Newsletter) => {
  const { publicUrl } = c.var.services.config
  return {
    name: '',
    unsubscribeUrl: links.testUnsubscribe(publicUrl, slug),
    preferencesUrl: links.testPreferences(publicUrl, slug),
  }
}

/** Why there is nothing to see, in words. */
async function closed(c: C, reading: Exclude<PreviewReading, { kind: 'open' }> | { kind: 'not-yet' }) {
  const ground = await groundOf(c)
  const words = previewWords[ground.language].preview
  const say = (title: string, text: string, status: 403 | 404 | 409 | 410) =>
    c.html(
      <ReaderPage {...ground} title={title} noindex>
        <p class="lead">{text}</p>
      </ReaderPage>,
      status,
    )
  switch (reading.kind) {
    case 'embargo': {
      const until = sayUntil(reading.until, ground.publication.timeZone, ground.language)
      return say(words.embargoTitle, words.embargo(until), 403)
    }
    case 'ended':
      return say(words.endedTitle, words.ended, 410)
    case 'not-yet':
      return say(words.notYetTitle, words.notYet, 409)
    case 'invalid':
    case 'foreign':
      return say(words.badTitle, words.bad, 404)
  }
}
