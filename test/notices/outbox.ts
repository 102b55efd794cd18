import type { Services } from '../../src/actions/services.ts'
import { parseEmailAddress } from '../../src/domain/email-address.ts'
import { addNewsletter, findNewsletter } from '../../src/store/newsletters.ts'
import { queueNotice } from '../../src/store/notices.ts'
import { signUps } from '../../src/store/schema/readers.ts'
import type { TestApp } from '../support/app.ts'

/** A stranger asked for a newsletter, and the mail that asks back stands in the outbox. */
export async function askedToConfirm({ db, config }: Pick<Services, 'db' | 'config'>, typed: string) {
  const slug = 'morning-brief'
  const newsletter =
    (await findNewsletter(db, slug)) ??
    (await addNewsletter(db, { slug, name: 'Morning Brief', cadence: 'weekdays' })) ??
    (await findNewsletter(db, slug))
  const reading = parseEmailAddress(typed)
  if (reading.kind === 'refused') throw new Error(`${typed} is no address`)
  const { address, key, limitKey } = reading.address
  return db.transaction(async tx => {
    const [signUp] = await tx
      .insert(signUps)
      .values({
        address,
        addressKey: key,
        limitKey,
        newsletterIds: [newsletter!.id],
        form: 'page',
        wording: 'Send me this.',
        wordingVersion: '1',
        transport: config.transport.kind,
        language: 'en',
        state: 'asked',
      })
      .returning()
    const notice = await queueNotice(tx, {
      kind: 'confirmation',
      recipient: address,
      language: 'en',
      transport: config.transport.kind,
      content: { signUpId: signUp!.id },
    })
    return { signUp: signUp!.id, notice }
  })
}

/** As if the pauses were over. */
export async function timePasses({ raw }: TestApp) {
  await raw`update notices set due_at = now() - interval '1 millisecond' where state = 'waiting'`
  await raw`delete from send_rate`
}

export async function noticeRow({ raw }: TestApp, id: number) {
  const [row] = await raw`select * from notices where id = ${id}`
  return row as Record<string, unknown> & {
    state: string
    reply: string
    attempts: number
    message_id: string
  }
}
