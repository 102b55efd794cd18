import { type Context, Hono } from 'hono'
import { importArticle } from '../../actions/import-article.ts'
import { renderDigest } from '../../actions/render-digest.ts'
import { saveDigestInput } from '../../actions/save-digest.ts'
import { articleIdsOf } from '../../domain/blocks.ts'
import { digestFields as limits } from '../../domain/digest.ts'
import { type DraftBlock, type DraftStep, readDraft, takeStep } from '../../domain/draft.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { fillPieces, neutralValues } from '../../mail/render/slots.ts'
import { type Article, findArticle, findArticles, listArticles } from '../../store/articles.ts'
import { addDigest, type Digest, latestDispatched, listDigests, removeDigest } from '../../store/digests.ts'
import { findNewslettersById, listNewsletters } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { pageBefore, searchOf } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { mailPolicy } from '../middleware/security-headers.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { ComposePage } from './compose-page.tsx'
import type { ComposeProps } from './compose-props.ts'
import { type DigestFields, digestFields } from './digest-fields.ts'
import { DigestList } from './digest-list.tsx'
import { digestOf, missing } from './digest-of.ts'
import { workspaceFrame } from './frame.ts'
import { resultPage } from './result.tsx'

type C = Context<AppEnv>

const perPage = 50
const traySize = 30

/** Digests: listed, begun, composed, looked at, thrown away. What happens once one is sent stands in sending.tsx. */
export const digests = new Hono<AppEnv>()
  .use(requireRole('writer'))
  .get('/', async c => {
    const frame = await workspaceFrame(c)
    const before = pageBefore(c)
    const rows = await listDigests(c.var.services.db, { limit: perPage + 1, before })
    return c.html(
      <DigestList frame={frame} rows={rows.slice(0, perPage)} more={rows.length > perPage} first={!before} />,
    )
  })
  .post('/', async c => {
    const id = await addDigest(c.var.services.db, {
      subject: '',
      preheader: '',
      blocks: [],
      newsletterIds: [],
    })
    return c.redirect(`/admin/digests/${id}`, 303)
  })
  .post('/from-last', async c => {
    const { db } = c.var.services
    const last = await latestDispatched(db)
    const { subject = '', preheader = '', blocks = [], newsletters = [] } = last ?? {}
    const id = await addDigest(db, {
      subject,
      preheader,
      blocks,
      newsletterIds: newsletters.map(one => one.id),
    })
    return c.redirect(`/admin/digests/${id}`, 303)
  })
  .get('/:id', async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    return isOpen(digest)
      ? c.html(<ComposePage {...(await composeProps(c, digest))} />)
      : resultPage(c, digest)
  })
  .post('/:id', async c => {
    const digest = await digestOf(c)
    return digest ? compose(c, digest) : missing(c)
  })
  .get('/:id/preview', async c => {
    const digest = await digestOf(c)
    const [newsletter] = digest
      ? await findNewslettersById(
          c.var.services.db,
          digest.newsletters.map(one => one.id),
        )
      : []
    if (!digest || !newsletter) return missing(c)
    const outcome = await renderDigest(c.var.services, digest, newsletter)
    const words = digestWords[c.var.actor.kind === 'editor' ? c.var.actor.language : 'en'].compose
    c.header('content-security-policy', mailPolicy)
    if (outcome.kind === 'faults') return c.text(words.gone, 409)
    const values = neutralValues(c.var.services.config.publicUrl)
    const { html, text } = outcome.rendering
    return c.req.query('format') === 'text'
      ? c.text(fillPieces(text, values, 'text'))
      : c.html(fillPieces(html, values, 'html'))
  })
  .get('/:id/discard', async c => {
    const digest = await digestOf(c)
    if (digest?.state !== 'draft') return missing(c)
    const frame = await workspaceFrame(c)
    const words = digestWords[frame.language].compose
    return c.html(
      <WorkspacePage {...frame} title={words.discardTitle} current="digests">
        <p>{digest.subject}</p>
        <p>{words.discardText}</p>
        <form method="post" action={`/admin/digests/${digest.id}/discard`}>
          <Buttons>
            <Button kind="danger">{words.discardAct}</Button>
            <ButtonLink href={`/admin/digests/${digest.id}`}>{words.keep}</ButtonLink>
          </Buttons>
        </form>
      </WorkspacePage>,
    )
  })
  .post('/:id/discard', async c => {
    const digest = await digestOf(c)
    if (digest?.state === 'draft') await removeDigest(c.var.services.db, digest.id)
    return c.redirect('/admin/digests', 303)
  })

/** Whether its text can still be changed; one that is due starts within a second. */
const isOpen = (digest: Digest): digest is Digest & { state: 'draft' | 'scheduled' } =>
  digest.state === 'draft' || (digest.state === 'scheduled' && digest.dueAt!.getTime() > Date.now())

/** What the composing page shows: the digest as it is kept, or as it was typed. */
async function composeProps(
  c: C,
  digest: Digest,
  typed?: Pick<DigestFields, 'subject' | 'preheader' | 'newsletters' | 'blocks'>,
): Promise<ComposeProps> {
  const { db } = c.var.services
  const search = searchOf(c)
  const blocks: DraftBlock[] = typed?.blocks ?? digest.blocks
  const [frame, newsletters, tray, articles] = await Promise.all([
    workspaceFrame(c),
    listNewsletters(db),
    listArticles(db, { limit: traySize, search: search || undefined }),
    findArticles(db, idsIn(blocks)),
  ])
  return {
    frame,
    id: digest.id,
    state: digest.state === 'scheduled' ? 'scheduled' : 'draft',
    revision: digest.revision,
    savedAt: digest.updatedAt,
    subject: typed?.subject ?? digest.subject,
    preheader: typed?.preheader ?? digest.preheader,
    chosen: typed?.newsletters ?? digest.newsletters.map(one => one.slug),
    newsletters,
    blocks,
    articles,
    tray,
    search,
    mayPreview: digest.newsletters.length > 0,
  }
}

const idsIn = (blocks: readonly DraftBlock[]) =>
  articleIdsOf(blocks).filter(id => Number.isSafeInteger(id) && id > 0)

/** Takes what was typed, then the button's step, and saves. What can't be saved comes back as it was typed. */
async function compose(c: C, digest: Digest) {
  const { services } = c.var
  const typed = await digestFields(c)
  const again = async (more: Partial<ComposeProps>, status: 409 | 422 = 422) =>
    c.html(<ComposePage {...(await composeProps(c, digest, typed))} {...more} />, status)
  if (!isOpen(digest)) return again({ problem: 'started' }, 409)

  const step = await stepOf(c, typed)
  if (step && 'refusal' in step) return again({ link: { typed: typed.link, refusal: step.refusal } })
  const { blocks, at } = step ? takeStep(typed.blocks, step) : { blocks: typed.blocks, at: undefined }
  typed.blocks = blocks
  if (typed.act.kind === 'newsletter-up') moveUp(typed.newsletters, typed.act.slug)

  const reading = readDraft(blocks)
  const errors = {
    subject: !limits.shape.subject.safeParse(typed.subject).success,
    preheader: !limits.shape.preheader.safeParse(typed.preheader).success,
    blocks: reading.kind === 'refused' ? reading.faults : [],
  }
  // A block that was just added is empty, and no mistake yet: the page shows it to be filled.
  const fresh = step?.kind === 'add' && errors.blocks.every(fault => fault.at === at)
  if (errors.subject || errors.preheader || reading.kind === 'refused')
    return fresh && !errors.subject && !errors.preheader ? again({}) : again({ errors, problem: 'wrong' })

  const { subject, preheader, newsletters } = typed
  const input = { subject: subject.trim(), preheader: preheader.trim(), newsletters, blocks: reading.blocks }
  const outcome = await saveDigestInput(services.db, digest.id, input, { revision: typed.revision })
  switch (outcome.kind) {
    case 'saved':
      return c.redirect(`/admin/digests/${digest.id}${at === undefined ? '' : `#block-${at}`}`, 303)
    case 'refused':
      return again({
        errors: { ...errors, newsletters: outcome.faults.some(fault => fault.path[0] === 'newsletters') },
        problem: 'wrong',
      })
    case 'changed-meanwhile':
      return again({ problem: 'changed' }, 409)
    case 'started':
      return again({ problem: 'started' }, 409)
    case 'unknown':
      return missing(c)
  }
}

type Step = DraftStep | { kind: 'refused'; refusal: NonNullable<ComposeProps['link']>['refusal'] }

async function stepOf(c: C, { act, link }: DigestFields): Promise<Step | undefined> {
  const { services } = c.var
  switch (act.kind) {
    case 'step':
      return act.step
    case 'add-story': {
      const article = await findArticle(services.db, act.articleId)
      return article && { kind: 'add', block: blockFor(article) }
    }
    case 'import': {
      const outcome = await importArticle(services, link)
      if (outcome.kind === 'refused') return { kind: 'refused', refusal: outcome.refusal }
      return { kind: 'add', block: blockFor(outcome.article) }
    }
    default:
      return undefined
  }
}

/** A paid story comes as a partner block, so that its label can't be forgotten. */
const blockFor = (article: Article): DraftBlock =>
  article.kind === 'partner'
    ? { type: 'partner', articleId: article.id, sponsor: article.sponsor ?? '' }
    : { type: 'article', articleId: article.id }

function moveUp(slugs: string[], slug: string) {
  const at = slugs.indexOf(slug)
  if (at > 0) slugs.splice(at - 1, 2, slug, slugs[at - 1]!)
}
