import type { SesServer } from '../../config/transport.ts'
import type { Content, Envelope } from '../wire.ts'

/** In which Amazon's event notifications name the delivery that they are about. */
const tagName = 'broadsheet-delivery'

/**
 * The body of SendEmail (SES API v2): the message as it is, to one recipient. Its events go to the envelope's sender, and
 * carry the delivery as a tag.
 */
export const sesRequest = (
  { configurationSet }: Pick<SesServer, 'configurationSet'>,
  { from, to, delivery }: Envelope,
  content: Content,
): string =>
  JSON.stringify({
    Destination: { ToAddresses: [to] },
    FeedbackForwardingEmailAddress: from,
    Content: { Raw: { Data: base64(content) } },
    ...(delivery && { EmailTags: [{ Name: tagName, Value: tagOf(delivery) }] }),
    ...(configurationSet && { ConfigurationSetName: configurationSet }),
  })

/**
 * A tag has ASCII letters, digits, `_` and `-` only (SES API v2, MessageTag): `7.123` is sent as `7-123`, and an event's
 * `7-123` means `7.123`, since both numbers are digits alone.
 */
const tagOf = (delivery: string): string => delivery.replaceAll('.', '-')

const base64 = (content: Content): string =>
  Buffer.concat(
    content.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  ).toString('base64')
