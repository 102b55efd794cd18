import { recordConsent } from '../store/consents.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { readPublication } from '../store/publication.ts'
import { lockSubscriber } from '../store/subscribers.ts'
import { endSubscriptions, subscriptionsOf } from '../store/subscriptions.ts'
import type { Services } from './services.ts'

// A changed sentence needs a new number: the proof names it.
const version = 'removed-by-editor/en/1'

type Removal = { subscriberId: number; newsletterId: number | 'all' }

/** Ends a reader's subscription, or all of them, at an editor's word, with its proof. Answers whether any was active. */
export const removeFromNewsletter = (
  { db }: Pick<Services, 'db'>,
  { subscriberId, newsletterId }: Removal,
): Promise<'removed' | 'not-active'> =>
  db.transaction(async tx => {
    if (!(await lockSubscriber(tx, subscriberId))) return 'not-active'
    const meant =
      newsletterId === 'all'
        ? (await subscriptionsOf(tx, subscriberId)).map(({ newsletter }) => newsletter.id)
        : [newsletterId]
    const ended = await endSubscriptions(tx, subscriberId, meant, 'editor')
    if (!ended.length) return 'not-active'
    const [publication, newsletters] = await Promise.all([
      readPublication(tx),
      findNewslettersById(tx, ended),
    ])
    const names = newsletters.map(newsletter => newsletter.name).join(', ') || 'a newsletter'
    await recordConsent(tx, {
      subscriberId,
      kind: 'left',
      newsletterIds: ended,
      wording: `An editor of ${publication.name} ended ${names} for this reader.`,
      wordingVersion: version,
      form: 'workspace',
    })
    return 'removed'
  })
