import { clock, longDay, sayClock } from '../domain/dates.ts'
import { expectedOn } from '../domain/expected-edition.ts'
import { links } from '../domain/links.ts'
import type { NoticeContents } from '../domain/notices.ts'
import { planMailWords } from '../domain/words/plan-mails.ts'
import { editorMail } from '../mail/editor-mails.ts'
import type { ComposedMail, Letterhead } from '../mail/letter.ts'
import type { Templates } from '../mail/templates.ts'
import type { Queryable } from '../store/client.ts'
import { databaseClock } from '../store/clock.ts'
import { findEditorByAddress } from '../store/editors.ts'
import { type StandingStill, standingStill, wentOutSince } from '../store/missing-editions.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import type { Notice } from '../store/notices.ts'

type Ground = {
  db: Queryable
  publicUrl: string
  templates: Templates
  letterhead: Letterhead
  notice: Notice
}

/** Tells an editor that a newsletter's edition has not gone out, and what may be why; obsolete once one has. */
export async function composeAlarm(
  { db, publicUrl, templates, letterhead, notice }: Ground,
  { newsletterId, day }: NoticeContents['alarm'],
): Promise<ComposedMail | 'obsolete'> {
  const [newsletter] = await findNewslettersById(db, [newsletterId])
  const edition = newsletter && expectedOn(newsletter, day)
  if (!edition || !(await findEditorByAddress(db, notice.recipient.toLowerCase()))) return 'obsolete'
  const now = await databaseClock(db)
  if (await wentOutSince(db, newsletterId, { since: edition.since, now })) return 'obsolete'
  const { language } = letterhead
  const words = planMailWords[language].alarm
  const { name, timeZone: zone } = newsletter
  const say = (found: StandingStill) => {
    if (found.plan) return words.plan[found.plan.state]?.(found.plan.name)
    return words.digest[found.state](
      found.subject,
      found.dueAt ? sayClock(found.dueAt, zone, language, now) : '',
    )
  }
  const found = await standingStill(db, newsletterId, edition.since)
  const known = found.map(say).filter(text => text !== undefined)
  return editorMail(templates, letterhead, {
    title: words.title(name),
    paragraphs: [
      words.text(
        name,
        clock(edition.at, zone, language),
        longDay(edition.at, zone, language),
        zone.replaceAll('_', ' '),
      ),
      ...(known.length ? [] : [words.nothing]),
    ],
    ...(known.length > 0 && { listTitle: words.known, list: known.map(text => ({ name: text })) }),
    button: whereTo(found[0], publicUrl, words),
    after: [words.after],
  })
}

type Words = { button: string; openDigest: string; openPlan: string }

function whereTo(first: StandingStill | undefined, publicUrl: string, words: Words) {
  if (first?.plan)
    return { text: words.openPlan, url: links.planRun(publicUrl, first.plan.id, first.plan.day) }
  if (first?.digestId) return { text: words.openDigest, url: links.digest(publicUrl, first.digestId) }
  return { text: words.button, url: links.digests(publicUrl) }
}
