import { createKey } from '../../src/actions/create-key.ts'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { addPasskey } from '../../src/store/passkeys.ts'
import { suppress } from '../../src/store/suppressions.ts'
import type { TestApp } from '../support/app.ts'
import { addReaders, draftDigest, openNewsletters } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

/** The address that only those may see who may see addresses. */
export const secretReader = 'zanzibar.quince@harbour.example'

/**
 * A house with one of everything that has an address of its own in the app, and a reader whose address stands wherever
 * an address can: among the readers, the failures with what their server said, the suppressed and the sign-ups.
 */
export async function furnish(here: TestApp) {
  const { services, raw } = here
  const [newsletter] = await openNewsletters({ ...here, smtpUrl: '' }, 'morning')
  await addReaders(raw, 3, [newsletter!])
  await raw`update subscribers set address = ${secretReader}, address_key = ${secretReader}, name = 'Q.'
    where address_key like 'reader2@%'`
  const [{ id: reader } = { id: 0 }] =
    await raw`select id from subscribers where address_key = ${secretReader}`
  const digest = await draftDigest(here, [newsletter!])
  const outcome = await dispatchDigest(services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  const { id: dispatch } = outcome.dispatch
  await startDispatch(services, dispatch)
  const reply = `550 5.1.1 <${secretReader}>: no such user`
  await raw`update deliveries set attempts = 1, changed_at = now(),
      state = case when subscriber_id = ${reader} then 'failed' else 'sent' end::delivery_state,
      reply = case when subscriber_id = ${reader} then ${reply} end
    where dispatch_id = ${dispatch}`
  await raw`update batches set finished_at = now() where dispatch_id = ${dispatch}`
  await raw`update dispatches set sent = 2, failed = 1, pending = 0, state = 'finished', finished_at = now()
    where id = ${dispatch}`
  await suppress(services.db, services.keys, {
    addressKey: secretReader,
    cause: 'bounced',
    evidence: { reply },
    dispatchId: dispatch,
  })
  const [{ id: suppression } = { id: 0 }] = await raw`select id from suppressions`
  await here.request('/subscribe', {
    method: 'POST',
    body: new URLSearchParams({ email: secretReader, newsletter: 'morning' }),
  })
  const draft = await draftDigest(here, [newsletter!], 'Tomorrow')
  const [{ id: story } = { id: 0 }] = await raw`select max(id) as id from articles`
  const [{ id: feed } = { id: 0 }] = await raw`
    insert into feeds (url, section) values ('https://news.example/feed', '') returning id`
  const somebody = await signInAs(here, 'editor')
  const [{ id: editor } = { id: 0 }] = await raw`select id from editors where address = ${somebody.address}`
  const { id: key } = await createKey(services, { name: 'the house', role: 'writer' })
  const ids = { digest, draft, story, feed, reader, suppression, newsletter: newsletter!, editor, key }

  /** The path of a route, filled in with what is here. */
  const pathOf = (route: string, { sent = true } = {}): string =>
    route
      .replace(/^\w+ /, '')
      .replace('settings/editors/:id', `settings/editors/${ids.editor}`)
      .replace('settings/keys/:id', `settings/keys/${ids.key}`)
      .replace('stories/feeds/:id', `stories/feeds/${ids.feed}`)
      .replace(/(stories|articles)\/:id/, `$1/${ids.story}`)
      .replace('digests/:id', `digests/${sent ? ids.digest : ids.draft}`)
      .replace('suppressed/:id', `suppressed/${ids.suppression}`)
      .replace(/(readers|subscribers)\/:id/, `$1/${ids.reader}`)
      .replace('newsletters/:id', `newsletters/${ids.newsletter}`)
      .replace(':newsletter', `${ids.newsletter}`)
      .replace(':slug', 'morning')
      .replace(':suppression', `${ids.suppression}`)
      .replace(':domain', 'news.example')
      .replace(/:\w+(\{[^}]*\})?/g, '1')

  return { ...ids, pathOf }
}

/** A passkey of whoever is signed in, which no device has. */
export async function lendPasskey({ services, raw }: TestApp, address: string): Promise<number> {
  const [{ id: editorId } = { id: 0 }] = await raw`select id from editors where address = ${address}`
  await addPasskey(services.db, {
    editorId,
    credentialId: `none-${editorId}`,
    publicKey: new Uint8Array([1]),
    counter: 0,
  })
  const [{ id } = { id: 0 }] = await raw`select id from passkeys where editor_id = ${editorId}`
  return id
}
