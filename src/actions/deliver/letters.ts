import { createHash } from 'node:crypto'
import { domainOf } from '../../domain/email-address.ts'
import { links } from '../../domain/links.ts'
import type { PersonalValues } from '../../domain/rendering.ts'
import { signToken } from '../../domain/tokens.ts'
import { type DkimKey, identityAt } from '../../mail/dkim.ts'
import { type PreparedMessage, prepareMessage } from '../../mail/message.ts'
import { findDispatch } from '../../store/dispatches.ts'
import { listRenderings } from '../../store/renderings.ts'
import type { Services } from '../services.ts'

export type Reader = { id: number; address: string; name: string }
/** One reader's message, and whom it is from on the envelope. */
type Letter = { from: string; delivery: string; content: ReturnType<PreparedMessage['for']> }
/** Makes the messages of one dispatch. */
export type Letters = (newsletterId: number, reader: Reader) => Letter

type Deps = Pick<Services, 'config' | 'db' | 'keys'>
type Prepared = { message: PreparedMessage; from: string; idEnd: string }

/** Reads what a dispatch sends and makes it ready to be personalised: each value costs a join of strings from here on. */
export async function openLetters({ config, db, keys }: Deps, dispatchId: number): Promise<Letters> {
  const dispatch = await findDispatch(db, dispatchId)
  const renderings = await listRenderings(db, dispatchId)
  const date = dispatch?.startedAt ?? new Date()
  const newsletters = renderings.map(rendering => rendering.newsletterId).sort((a, b) => a - b)
  const prepared = new Map<number, Prepared>(
    renderings.map(({ newsletterId, fromAddress, hash, message }) => [
      newsletterId,
      {
        message: prepareMessage(message, { dkim: dkimOf(config) }),
        from: config.bounceAddress ?? fromAddress,
        // The rest tells installations of one domain apart.
        idEnd: `${shortHash(`${dispatchId} ${hash}`)}@${domainOf(fromAddress)}`,
      },
    ]),
  )
  return (newsletterId, reader) => {
    const rendering = prepared.get(newsletterId)
    if (!rendering) throw new Error(`dispatch ${dispatchId} has no rendering for newsletter ${newsletterId}`)
    const about = { subscriber: reader.id, dispatch: dispatchId }
    const values: PersonalValues = {
      address: reader.address,
      name: reader.name,
      unsubscribeUrl: links.unsubscribe(
        config.publicUrl,
        signToken(keys, { purpose: 'unsubscribe', newsletters, ...about }),
      ),
      preferencesUrl: links.preferences(config.publicUrl, signToken(keys, { purpose: 'manage', ...about })),
      messageId: `<d${dispatchId}.${reader.id}.${rendering.idEnd}>`,
      delivery: `${dispatchId}.${reader.id}`,
      date,
    }
    return { from: rendering.from, delivery: values.delivery, content: rendering.message.for(values) }
  }
}

const shortHash = (text: string) =>
  createHash('sha256').update(text).digest('base64url').replace(/[-_]/g, '').slice(0, 8)

const dkimOf = ({ dkim, transport }: Services['config']): DkimKey | undefined =>
  dkim && { ...dkim, identity: identityAt(transport) }
