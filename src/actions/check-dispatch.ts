import { articleIdsOf } from '../domain/blocks.ts'
import { aligns, type DispatchError, type DispatchWarning } from '../domain/dispatch.ts'
import { domainOf } from '../domain/email-address.ts'
import { findArticles } from '../store/articles.ts'
import { newslettersWithoutReaders } from '../store/audience.ts'
import type { Queryable } from '../store/client.ts'
import { type Digest, findDigest } from '../store/digests.ts'
import { findNewslettersById, type Newsletter } from '../store/newsletters.ts'
import { readPublication } from '../store/publication.ts'
import type { Services } from './services.ts'

export type DispatchCheck = { errors: DispatchError[]; warnings: DispatchWarning[] }

type Deps = Pick<Services, 'config' | 'db'>

/** What stands in the way of sending this digest now, and what should be known; undefined where there is no such digest. */
export async function checkDispatch(
  { config, db }: Deps,
  digestId: number,
): Promise<DispatchCheck | undefined> {
  const digest = await findDigest(db, digestId)
  return digest && !digest.hiddenAt ? checkDigest({ config, db }, digest) : undefined
}

/** The same for a digest that was read, perhaps within a transaction. */
export async function checkDigest(
  { config, db }: { config: Services['config']; db: Queryable },
  digest: Digest,
): Promise<DispatchCheck> {
  const newsletters = await findNewslettersById(
    db,
    digest.newsletters.map(newsletter => newsletter.id),
  )
  const outside = config.transport.kind === 'smtp' && !config.transport.local
  return {
    errors: [
      ...(await contentErrors(db, digest)),
      ...(outside ? await accidents({ config, db }, newsletters) : []),
    ],
    warnings: await warningsOf({ config, db }, digest, outside),
  }
}

async function contentErrors(db: Queryable, digest: Digest): Promise<DispatchError[]> {
  const ids = articleIdsOf(digest.blocks)
  const known = await findArticles(db, ids)
  const missing = ids.filter(id => !known.has(id))
  return [
    ...when(digest.newsletters.length === 0, { code: 'no-newsletters' as const }),
    ...when(digest.subject.trim() === '', { code: 'no-subject' as const }),
    ...when(!digest.blocks.some(block => block.type === 'article' || block.type === 'partner'), {
      code: 'no-article' as const,
    }),
    ...when(missing.length > 0, { code: 'missing-articles' as const, articleIds: missing }),
  ]
}

/** What must not leave this machine by accident, each fault by its name. */
export async function accidents(
  { config, db }: { config: Services['config']; db: Queryable },
  newsletters: Newsletter[],
): Promise<DispatchError[]> {
  const publication = await readPublication(db)
  const { publicUrl, dkim } = config
  const senders = newsletters.map(newsletter => ({
    newsletter: newsletter.slug,
    from: newsletter.senderAddress || publication.senderAddress,
  }))
  return [
    ...when(!publicUrl.startsWith('https://'), { code: 'public-url-not-https' as const, publicUrl }),
    ...when(publication.sample, { code: 'sample-publication' as const }),
    ...when(publication.postalAddress.trim() === '', { code: 'postal-address-missing' as const }),
    ...senders
      .filter(sender => !sender.from)
      .map(({ newsletter }) => ({ code: 'sender-missing' as const, newsletter })),
    ...senders
      .filter(sender => sender.from && dkim && !aligns(domainOf(sender.from), dkim.domain))
      .map(sender => ({ code: 'from-not-aligned' as const, ...sender, dkimDomain: dkim!.domain })),
  ]
}

async function warningsOf(
  { config, db }: { config: Services['config']; db: Queryable },
  digest: Digest,
  outside: boolean,
): Promise<DispatchWarning[]> {
  const unread = await newslettersWithoutReaders(
    db,
    digest.newsletters.map(newsletter => newsletter.id),
  )
  return [
    ...when(digest.preheader.trim() === '', { code: 'no-preheader' as const }),
    ...when(outside && !config.dkim, { code: 'no-dkim' as const }),
    ...digest.newsletters
      .filter(newsletter => unread.has(newsletter.id))
      .map(({ slug }) => ({ code: 'no-readers' as const, newsletter: slug })),
  ]
}

const when = <T>(holds: boolean, item: T): T[] => (holds ? [item] : [])
