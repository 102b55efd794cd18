import type { EmailAddress } from '../domain/email-address.ts'
import { testMail } from '../mail/edition-mails.ts'
import type { Queryable } from '../store/client.ts'
import type { Digest } from '../store/digests.ts'
import { findEditorByAddress } from '../store/editors.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { queueNotice } from '../store/notices.ts'
import { type Embargo, embargoOf } from './embargo.ts'
import { type RenderFault, renderDigest } from './render-digest.ts'
import type { Services } from './services.ts'

export type TestOutcome =
  | { kind: 'queued' }
  | { kind: 'no-newsletter' }
  | { kind: 'faults'; faults: RenderFault[] }
  /** A story may not leave the house yet, and these addresses are no editor's: nobody got it. */
  | { kind: 'embargo'; embargo: Embargo; refused: string[] }

type Deps = Pick<Services, 'config' | 'db' | 'keys' | 'log' | 'templates' | 'wake'>
type Recipient = { address: EmailAddress; name?: string }

/**
 * Mails a test of the digest as it is saved now, as the readers of its first newsletter would get it: marked in the
 * subject, and with links to leave that change nothing. While a story in it is under embargo, to editors alone.
 */
export async function queueTest(
  services: Deps,
  digest: Digest,
  recipients: readonly Recipient[],
): Promise<TestOutcome> {
  const { config, db } = services
  const [newsletter] = await findNewslettersById(
    db,
    digest.newsletters.map(one => one.id),
  )
  if (!newsletter) return { kind: 'no-newsletter' }
  const embargo = await embargoOf(db, digest)
  const refused = embargo ? await strangers(db, recipients) : []
  if (embargo && refused.length) return { kind: 'embargo', embargo, refused }
  const outcome = await renderDigest(services, digest, newsletter)
  if (outcome.kind === 'faults') return outcome
  const { rendering } = outcome
  await db.transaction(async tx => {
    for (const { address, name = '' } of recipients)
      await queueNotice(tx, {
        kind: 'test',
        content: {
          ...testMail(rendering, { publicUrl: config.publicUrl, name }),
          fromName: rendering.fromName,
          fromAddress: rendering.fromAddress,
        },
        recipient: address.address,
        language: rendering.language,
        transport: config.transport.kind,
      })
  })
  services.wake()
  return { kind: 'queued' }
}

/** Those who don't sign in here. */
async function strangers(db: Queryable, recipients: readonly Recipient[]): Promise<string[]> {
  const found: string[] = []
  for (const { address } of recipients)
    if (!(await findEditorByAddress(db, address.key))) found.push(address.address)
  return found
}
