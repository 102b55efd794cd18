import { renderDigest } from '../../src/actions/render-digest.ts'
import type { Services } from '../../src/actions/services.ts'
import type { Block } from '../../src/domain/blocks.ts'
import { addArticle, type NewArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import {
  addNewsletter,
  findNewsletter,
  findNewslettersById,
  type NewNewsletter,
} from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { addRenderings } from '../../src/store/renderings.ts'
import { dispatches } from '../../src/store/schema/sending.ts'

type Given = Pick<Services, 'db' | 'config' | 'templates'>

/** "The Ledger" with its three newsletters: Morning Brief, Leadership, White papers. */
export async function foundTheLedger({ db }: Given) {
  await updatePublication(db, {
    name: 'The Ledger',
    tagline: 'Technology for people who run businesses',
    postalAddress: '12 Paper Lane\nLondon EC1',
    senderName: 'The Ledger',
    senderAddress: 'desk@ledger.example',
    timeZone: 'Europe/London',
    privacyText: 'Our data protection officer is *Mara Quill*.\n\n<script>alert(1)</script>',
  })
  const newsletters: NewNewsletter[] = [
    {
      slug: 'morning-brief',
      name: 'Morning Brief',
      description: 'Five stories before the first meeting.',
      cadence: 'weekdays',
      schedule: 'Weekdays, 6:30',
      timeZone: 'Europe/London',
    },
    {
      slug: 'leadership',
      name: 'Leadership',
      description: 'Digital transformation, from those who signed for it.',
      cadence: 'weekly',
      schedule: 'Thursdays',
      timeZone: 'Europe/London',
    },
    {
      slug: 'white-papers',
      name: 'White papers',
      description: 'Long reads from our partners.',
      cadence: 'monthly',
      carriesAdvertising: true,
      timeZone: 'Europe/London',
    },
  ]
  for (const newsletter of newsletters) await addNewsletter(db, newsletter)
}

export const ibm: NewArticle = {
  title: 'IBM leaves facial recognition',
  standfirst: 'The company ends general-purpose software of the kind & asks for a national dialogue.',
  url: 'https://ledger.example/ibm?a=1&b=2',
  section: 'Leadership',
}
export const whitePaper: NewArticle = {
  title: 'Cutting cloud waste',
  standfirst: 'What forty teams switched off.',
  url: 'https://northwind.example/paper',
  kind: 'partner',
  sponsor: 'Northwind Ltd',
}

type Edition = {
  subject: string
  newsletters?: string[]
  startedAt?: Date
  preheader?: string
  /** Given the ids of the two stories. */
  blocks?: (ids: { ibm: number; whitePaper: number }) => Block[]
}

/** A digest that went out at that time, as the sender leaves it behind. Answers the digest's id. */
export async function publish(services: Given, edition: Edition): Promise<number> {
  const { db } = services
  const [story, paper] = [await addArticle(db, ibm), await addArticle(db, whitePaper)]
  const found = await Promise.all(
    (edition.newsletters ?? ['morning-brief']).map(slug => findNewsletter(db, slug)),
  )
  const newsletterIds = found.map(newsletter => newsletter!.id)
  const blocks = edition.blocks?.({ ibm: story.id, whitePaper: paper.id }) ?? [
    { type: 'heading', text: 'Leadership / Digital Transformation' },
    { type: 'article', articleId: story.id },
    { type: 'partner', articleId: paper.id, sponsor: 'Northwind Ltd' },
    { type: 'text', markdown: 'That was *all*.' },
  ]
  const id = await addDigest(db, {
    subject: edition.subject,
    preheader: edition.preheader ?? 'And four more stories',
    blocks,
    newsletterIds,
  })
  const startedAt = edition.startedAt ?? new Date()
  const [dispatch] = await db
    .insert(dispatches)
    .values({
      digestId: id,
      state: 'finished',
      transport: 'mailbox',
      dueAt: startedAt,
      startedAt,
      finishedAt: new Date(),
    })
    .returning()
  const digest = (await findDigest(db, id))!
  for (const newsletter of await findNewslettersById(db, newsletterIds)) {
    const outcome = await renderDigest(services, digest, newsletter, {
      date: startedAt,
      dispatchId: dispatch!.id,
    })
    if (outcome.kind !== 'rendered') throw new Error(JSON.stringify(outcome))
    await addRenderings(db, dispatch!.id, [outcome.rendering])
  }
  return id
}
