import type { Context } from 'hono'
import { fillEach } from '../../actions/fill-slots.ts'
import { preflight } from '../../actions/preflight.ts'
import { articleIdsOf } from '../../domain/blocks.ts'
import { type DraftBlock, type DraftField, isBlank } from '../../domain/draft.ts'
import type { Finding } from '../../domain/preflight/finding.ts'
import type { ComposeWords } from '../../domain/words/compose.ts'
import { type Article, findArticles, sectionsInUse } from '../../store/articles.ts'
import { versionsAround } from '../../store/digest-versions.ts'
import { otherVisitors } from '../../store/digest-visitors.ts'
import type { Digest } from '../../store/digests.ts'
import { findEditor } from '../../store/editors.ts'
import { listNewsletters, type Newsletter } from '../../store/newsletters.ts'
import { listTray, type TrayArticle } from '../../store/tray.ts'
import type { AppEnv } from '../env.ts'
import { searchOf } from '../list-query.ts'
import { type ApprovalView, approvalView } from './approval-view.ts'
import type { DigestFields } from './compose-fields.ts'
import type { Said, Taken } from './compose-steps.ts'
import { editorOf, type WorkspaceFrame, workspaceFrame } from './frame.ts'

export const previewViews = ['phone', 'wide', 'dark', 'text'] as const
export type PreviewView = (typeof previewViews)[number]

/** What the composing page shows: the digest as it is kept, or as it was typed. */
export type ComposeProps = {
  frame: WorkspaceFrame
  id: number
  state: 'draft' | 'scheduled'
  revision: number
  savedAt: Date
  /** Who saved it last; empty where nobody did by name. */
  savedBy: string
  /** It was whoever sees the page: from another window, where it was not from this one. */
  savedByYou: boolean
  subject: string
  preheader: string
  /** Slugs of those it goes to, in order. */
  chosen: string[]
  newsletters: Newsletter[]
  blocks: DraftBlock[]
  /** What the page calls each block, at its place: the same for as long as the page is open. */
  keys: string[]
  /** Every article that a block names, by id. */
  articles: Map<number, Article>
  /** What each automatic slot would take now, by its place. */
  slots: Map<number, Article[]>
  sections: string[]
  /** The stories to choose from. */
  tray: TrayArticle[]
  search: string
  /** What keeps it from going out, and what to know: of what is saved. */
  findings: Finding[]
  history: { before: boolean; after: boolean }
  /** Where it stands between those who write it and those who approve. */
  approval: ApprovalView
  visitors: { name: string; since: Date }[]
  view: PreviewView
  link?: Taken['link']
  errors?: {
    subject?: boolean
    preheader?: boolean
    newsletters?: boolean
    blocks: { at: number; field: DraftField }[]
  }
  problem?: 'wrong' | 'changed' | 'started'
  /** What the last step did, and where the block stands that it was about. */
  said?: Said
  at?: number
  /** As saved: what a preview can show. */
  previewOf: { slug: string; name: string }[]
  /** The slug of the newsletter whose readers the preview is for; empty without any. */
  previewAs: string
}

/** The same with its words, for the page's parts. */
export type ComposePart = ComposeProps & { words: ComposeWords }

/**
 * Whether its text can still be changed in the workspace. In its last seconds, `hold` of them, one that is scheduled is
 * shown as it goes, with the button that stops it.
 */
export const isOpen = (digest: Digest, hold: number): digest is Digest & { state: 'draft' | 'scheduled' } =>
  digest.state === 'draft' ||
  (digest.state === 'scheduled' && digest.dueAt!.getTime() > Date.now() + hold * 1000)

const traySize = 30

/** Reads all that the page shows around what is kept, or what was typed. */
export async function composeProps(
  c: Context<AppEnv>,
  digest: Digest,
  typed?: DigestFields,
  { said, at }: Taken = {},
): Promise<ComposeProps> {
  const { db } = c.var.services
  const search = searchOf(c)
  const blocks: DraftBlock[] = typed?.blocks ?? digest.blocks
  const hasSlots = blocks.some(block => block.type === 'newest')
  const filled = hasSlots
    ? await fillEach(db, { blocks: countable(blocks), newsletters: digest.newsletters })
    : []
  const [frame, newsletters, tray, articles, sections, history, visitors, savedBy, findings, approval] =
    await Promise.all([
      workspaceFrame(c),
      listNewsletters(db),
      listTray(db, { limit: traySize, search: search || undefined }),
      findArticles(
        db,
        idsIn([...blocks, ...filled.flat(), ...(said?.kind === 'removed' ? [said.block] : [])]),
      ),
      hasSlots ? sectionsInUse(db) : [],
      versionsAround(db, digest.id),
      otherVisitors(db, digest.id, editorOf(c).id),
      digest.editedBy === null ? undefined : findEditor(db, digest.editedBy),
      preflight(c.var.services, digest, { mails: 'alike once' }),
      approvalView(c, digest),
    ])
  return {
    frame,
    id: digest.id,
    state: digest.state === 'scheduled' ? 'scheduled' : 'draft',
    revision: digest.revision,
    savedAt: digest.updatedAt,
    savedByYou: savedBy?.id === editorOf(c).id,
    savedBy: savedBy ? savedBy.name || savedBy.address : '',
    subject: typed?.subject ?? digest.subject,
    preheader: typed?.preheader ?? digest.preheader,
    chosen: typed?.newsletters ?? digest.newsletters.map(one => one.slug),
    newsletters,
    blocks,
    keys: typed?.keys ?? blocks.map((_, at) => String(at)),
    articles,
    slots: new Map(
      filled.flatMap((list, at) =>
        blocks[at]?.type === 'newest'
          ? [[at, articleIdsOf(list).flatMap(id => articles.get(id) ?? [])] as const]
          : [],
      ),
    ),
    sections,
    tray,
    search,
    // What is missing of an approval has its own place on the page.
    findings: findings.filter(found => found.code !== 'not-approved'),
    history,
    approval,
    visitors,
    view: previewViews.find(view => view === c.req.query('view')) ?? 'phone',
    said,
    at,
    previewOf: digest.newsletters,
    previewAs:
      (digest.newsletters.find(one => one.slug === c.req.query('newsletter')) ?? digest.newsletters[0])
        ?.slug ?? '',
  }
}

const idsIn = (blocks: readonly DraftBlock[]) =>
  articleIdsOf(blocks).filter(id => Number.isSafeInteger(id) && id > 0)

/** What a form typed as a number may be none. */
const countable = (blocks: readonly DraftBlock[]): DraftBlock[] =>
  blocks.map(block =>
    block.type === 'newest'
      ? { ...block, count: Math.min(10, Math.max(1, Math.trunc(block.count) || 1)) }
      : block,
  )

/** Where each block stands among what is saved: a blank one is not, and stands nowhere. */
export function savedPlaces(blocks: readonly DraftBlock[]): (number | undefined)[] {
  let place = 0
  return blocks.map(block => (isBlank(block) ? undefined : place++))
}
