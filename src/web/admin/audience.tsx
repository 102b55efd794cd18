import { type Context, Hono } from 'hono'
import { saveDigestInput } from '../../actions/save-digest.ts'
import { type Condition, condition } from '../../domain/audience.ts'
import { countAudience } from '../../store/audience.ts'
import { type Digest, digestsWithLedger, readershipOf } from '../../store/digests.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { attributesInUse, tagsInUse } from '../../store/reader-terms.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { AudiencePage, type AudienceProps } from './audience-page.tsx'
import { audienceInWords } from './audience-words.ts'
import { digestOf, missing } from './digest-of.ts'
import { byOf, workspaceFrame } from './frame.ts'

type C = Context<AppEnv>

/** So many conditions, and no more. */
const most = 10
/** So many of the latest digests to choose from. */
const latest = 50

/** Who of its newsletters' readers gets a digest: conditions, added and removed one by one. */
export const audience = new Hono<AppEnv>()
  .use('/:id/audience', requireRole('writer'))
  .get('/:id/audience', async c => {
    const digest = await digestOf(c)
    return digest ? page(c, digest) : missing(c)
  })
  .post('/:id/audience', async c => {
    const digest = await digestOf(c)
    if (!digest) return missing(c)
    const fields = await formFields(c)
    const removed = Number(fields.remove ?? Number.NaN)
    const next =
      fields.remove === undefined
        ? add(digest.audience, fields)
        : { kind: 'read' as const, audience: digest.audience.filter((_, at) => at !== removed) }
    if (next.kind === 'refused') return page(c, digest, { fields, wrong: next.wrong }, 422)
    const outcome = await saveDigestInput(
      c.var.services,
      digest.id,
      { audience: next.audience },
      { revision: Number(fields.revision) || undefined, by: byOf(c) },
    )
    switch (outcome.kind) {
      case 'saved':
        return c.redirect(`/admin/digests/${digest.id}/audience`, 303)
      case 'started':
        return page(c, digest, { problem: 'started' }, 409)
      case 'changed-meanwhile':
        return page(c, digest, { problem: 'changed', fields }, 409)
      case 'unknown':
        return missing(c)
      case 'refused':
        throw new Error('an audience names nothing that a digest’s text does')
    }
  })

type Reading =
  | { kind: 'read'; audience: Condition[] }
  | { kind: 'refused'; wrong: NonNullable<AudienceProps['wrong']> }

/** The conditions with the one that a form adds; what is there already is not added twice. */
function add(audience: readonly Condition[], fields: Fields): Reading {
  const kind = fields.kind ?? ''
  const is = fields.is !== 'false'
  const typed = {
    tag: { kind, is, tag: fields.tag ?? '' },
    attribute: { kind, is, name: fields.name ?? '', value: fields.value ?? '' },
    newsletter: { kind, is, newsletter: fields.newsletter ?? '' },
    got: { kind, is, digest: Number(fields.digest) || 0 },
  }[kind as Condition['kind']]
  const reading = condition.safeParse(typed)
  if (!reading.success) return { kind: 'refused', wrong: { kind, problem: 'missing' } }
  if (audience.length >= most) return { kind: 'refused', wrong: { kind, problem: 'tooMany' } }
  const isKnown = audience.some(
    one => JSON.stringify(sortedKeys(one)) === JSON.stringify(sortedKeys(reading.data)),
  )
  return { kind: 'read', audience: isKnown ? [...audience] : [...audience, reading.data] }
}

const sortedKeys = (one: Condition) => Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))

async function page(
  c: C,
  digest: Digest,
  more: Partial<Pick<AudienceProps, 'fields' | 'wrong' | 'problem'>> = {},
  status: 200 | 409 | 422 = 200,
) {
  const { db } = c.var.services
  const frame = await workspaceFrame(c)
  const [readers, conditions, newsletters, tags, attributes, digests] = await Promise.all([
    countAudience(db, readershipOf(digest)),
    audienceInWords(c, digest.audience, frame.language),
    listNewsletters(db),
    tagsInUse(db),
    attributesInUse(db),
    digestsWithLedger(db, { without: digest.id, limit: latest }),
  ])
  return c.html(
    <AudiencePage
      {...{ frame, digest, readers, conditions, newsletters, tags, attributes, digests, fields: {}, ...more }}
      isOpen={digest.state === 'draft' || digest.state === 'scheduled'}
    />,
    status,
  )
}
