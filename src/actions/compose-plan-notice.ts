import { articleIdsOf } from '../domain/blocks.ts'
import { clock, longDay, sayNumber } from '../domain/dates.ts'
import type { Language } from '../domain/languages.ts'
import { links } from '../domain/links.ts'
import type { NoticeContents } from '../domain/notices.ts'
import { tellsOf } from '../domain/plan-run.ts'
import type { Rendering } from '../domain/rendering.ts'
import { sayList } from '../domain/say-list.ts'
import { TemplateError } from '../domain/template.ts'
import { sayFound } from '../domain/words/findings.ts'
import { type PlanMailFacts, planMailWords } from '../domain/words/plan-mails.ts'
import { editionToCheckMail } from '../mail/edition-mails.ts'
import { editorMail } from '../mail/editor-mails.ts'
import type { ComposedMail, Letterhead } from '../mail/letter.ts'
import { findArticles } from '../store/articles.ts'
import { countAudience } from '../store/audience.ts'
import type { Queryable } from '../store/client.ts'
import { type Digest, findDigest } from '../store/digests.ts'
import { findEditorByAddress } from '../store/editors.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import type { Notice } from '../store/notices.ts'
import { findRun, missedBefore, type PlanRun } from '../store/plan-runs.ts'
import { findPlan, type Plan } from '../store/plans.ts'
import { renderDigest } from './render-digest.ts'
import type { Services } from './services.ts'

type Ground = Pick<Services, 'config' | 'db' | 'templates'> & {
  publicUrl: string
  letterhead: Letterhead
  notice: Notice
}

/**
 * Tells an editor of a plan's edition what goes out, or what needs somebody; obsolete where that is settled. One that
 * goes by itself comes whole, as its readers will see it.
 */
export async function composePlanNotice(
  ground: Ground,
  { planId, day, event }: NoticeContents['plan'],
): Promise<ComposedMail | 'obsolete'> {
  const { db, publicUrl, templates, letterhead, notice } = ground
  const [plan, run] = [await findPlan(db, planId), await findRun(db, { planId, day })]
  if (!plan || !run || !tellsOf[event].includes(run.state)) return 'obsolete'
  const editor = await findEditorByAddress(db, notice.recipient.toLowerCase())
  if (!editor) return 'obsolete'
  const digest = run.digestId === null ? undefined : await findDigest(db, run.digestId)
  const { language } = letterhead
  const words = planMailWords[language]
  const mail = words.events[event]
  const facts = await factsOf(db, { plan, run, digest, language })
  const missed = await missedWords(db, plan, run, language)
  // Whoever may stop it, send or skip it does so on the day's own page; what is to be read or mended is the digest.
  const isAboutDay = event === 'made' || event === 'late' || event === 'asks' || event === 'empty'
  const note = {
    title: mail.title(facts),
    paragraphs: [mail.text(facts), ...(missed ? [missed] : [])],
    button: {
      text: mail.button,
      url: digest && !isAboutDay ? links.digest(publicUrl, digest.id) : links.planRun(publicUrl, planId, day),
    },
    after: mail.after ? [mail.after] : [],
  }
  const edition = event === 'made' && digest && (await renderEdition(ground, digest, run.dueAt))
  if (edition) {
    const after = [...note.after, words.asReaders(edition.newsletter)]
    const { name } = editor
    return editionToCheckMail(letterhead, edition.rendering, { name, note: { ...note, after } })
  }
  const list =
    event === 'blocked'
      ? { listTitle: words.faults, list: faultsOf(run, plan, language) }
      : { listTitle: words.stories, list: await storiesOf(db, digest) }
  return editorMail(templates, letterhead, { ...note, ...(list.list.length > 0 && list) })
}

/** As the readers of its first newsletter get it on its day; undefined where it can't be made, which keeps nobody from being told. */
async function renderEdition(
  ground: Ground,
  digest: Digest,
  date: Date,
): Promise<{ rendering: Rendering; newsletter: string } | undefined> {
  const [first] = digest.newsletters
  const [newsletter] = first ? await findNewslettersById(ground.db, [first.id]) : []
  if (!newsletter) return undefined
  try {
    const outcome = await renderDigest(ground, digest, newsletter, { date })
    return outcome.kind === 'rendered'
      ? { rendering: outcome.rendering, newsletter: newsletter.name }
      : undefined
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}

type Edition = { plan: Plan; run: PlanRun; digest: Digest | undefined; language: Language }

async function factsOf(db: Queryable, { plan, run, digest, language }: Edition): Promise<PlanMailFacts> {
  const newsletters = await findNewslettersById(
    db,
    digest ? digest.newsletters.map(one => one.id) : plan.newsletterIds,
  )
  const readers = await countAudience(db, {
    newsletterIds: newsletters.map(one => one.id),
    ...(digest && { audience: digest.audience }),
  })
  const zone = plan.timeZone
  return {
    plan: plan.name,
    subject: digest?.subject || plan.name,
    newsletters:
      sayList(
        newsletters.map(one => one.name),
        language,
      ) || '–',
    readers: planMailWords[language].readers(readers, sayNumber(readers, language)),
    time: clock(run.dueAt, zone, language),
    day: longDay(run.dueAt, zone, language),
    zone: zone.replaceAll('_', ' '),
    needsApproval: newsletters.some(one => one.needsApproval),
  }
}

const faultsOf = ({ faults }: PlanRun, { timeZone }: Plan, language: Language) =>
  (faults ?? []).map(fault => ({ name: sayFound(fault, language, timeZone) }))

async function storiesOf(db: Queryable, digest: Digest | undefined): Promise<{ name: string }[]> {
  const ids = digest ? articleIdsOf(digest.blocks) : []
  const articles = await findArticles(db, ids)
  return ids.flatMap(id => articles.get(id) ?? []).map(({ title }) => ({ name: title }))
}

async function missedWords(db: Queryable, plan: Plan, run: PlanRun, language: Language) {
  const missed = await missedBefore(db, run)
  if (missed.length === 0) return undefined
  const say = (at: Date) => longDay(at, plan.timeZone, language)
  return planMailWords[language].missed(missed.length, say(missed[0]!), say(missed.at(-1)!))
}
