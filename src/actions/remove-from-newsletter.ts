import { recordConsent } from '../store/consents.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { readPublication } from '../store/publication.ts'
import { lockSubscriber } from '../store/subscribers.ts'
import { endSubscriptions } from '../store/subscriptions.ts'
import type { Services } from './services.ts'

// A changed sentence needs a new number: the proof names it.
const version = 'removed-by-editor/en/1'

/** Ends a reader's subscription at an editor's word, with its proof. Answers whether there was an active one. */
export const removeFromNewsletter = (
  { db }: Pick<Services, 'db'>,
  { subscriberId, newsletterId }: { subscriberId: number; newsletterId: number },
): Promise<'removed' | 'not-active'> =>
  db.transaction(async tx => {
    if (!(await lockSubscriber(tx, subscriberId))) return 'not-active'
    const [ended] = await endSubscriptions(tx, subscriberId, [newsletterId], 'editor')
    if (ended === undefined) return 'not-active'
    const [publication, [newsletter]] = await Promise.all([
      readPublication(tx),
      findNewslettersById(tx, [newsletterId]),
    ])
    await recordConsent(tx, {
      subscriberId,
      kind: 'left',
      newsletterIds: [newsletterId],
      wording: `An editor of ${publication.name} ended ${newsletter?.name ?? 'a newsletter'} for this reader.`,
      wordingVersion: version,
      form: 'workspace',
    })
    return 'removed'
  })
