import type { EmailAddress } from '../domain/email-address.ts'
import { testMail } from '../mail/compose.ts'
import type { Digest } from '../store/digests.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { queueNotice } from '../store/notices.ts'
import { type RenderFault, renderDigest } from './render-digest.ts'
import type { Services } from './services.ts'

export type TestOutcome =
  | { kind: 'queued' }
  | { kind: 'no-newsletter' }
  | { kind: 'faults'; faults: RenderFault[] }

type Deps = Pick<Services, 'config' | 'db' | 'keys' | 'log' | 'templates' | 'wake'>

/**
 * Mails a test of the digest as it is saved now, as the readers of its first newsletter would get it: marked in the
 * subject, and with links to leave that end nobody's subscription.
 */
export async function queueTest(
  services: Deps,
  digest: Digest,
  to: EmailAddress,
  name = '',
): Promise<TestOutcome> {
  const [newsletter] = await findNewslettersById(
    services.db,
    digest.newsletters.map(one => one.id),
  )
  if (!newsletter) return { kind: 'no-newsletter' }
  const outcome = await renderDigest(services, digest, newsletter)
  if (outcome.kind === 'faults') return outcome
  const { rendering } = outcome
  await services.db.transaction(tx =>
    queueNotice(tx, {
      kind: 'test',
      content: {
        ...testMail(rendering, { publicUrl: services.config.publicUrl, name }),
        fromName: rendering.fromName,
        fromAddress: rendering.fromAddress,
      },
      recipient: to.address,
      language: rendering.language,
      transport: services.config.transport.kind,
    }),
  )
  services.wake()
  return { kind: 'queued' }
}
