import { atTheCommandLine } from '../domain/access-event.ts'
import type { EmailAddress } from '../domain/email-address.ts'
import type { Language } from '../domain/languages.ts'
import { links } from '../domain/links.ts'
import { newSignInSecret } from '../domain/sign-in-secret.ts'
import type { Tx } from '../store/client.ts'
import { databaseTime } from '../store/clock.ts'
import { type Editor, findEditor, lockEditorByAddress } from '../store/editors.ts'
import { queueNotice } from '../store/notices.ts'
import { readPublication } from '../store/publication.ts'
import { startSession } from '../store/sessions.ts'
import { addSignInLink, countMailedLinks, takeSignInLink } from '../store/sign-in-links.ts'
import { noteAccess } from './note-access.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'keys' | 'config'>
type Mailing = Deps & Pick<Services, 'wake'>

const mailedPerHour = 5

/**
 * Mails a link to the editor of this address, five an hour at most. Says nothing of whether there is such an editor,
 * nor whether the limit was reached: nobody learns who works here.
 */
export async function askForSignIn(services: Mailing, { key }: EmailAddress, wish?: Language): Promise<void> {
  await services.db.transaction(async tx => {
    const editor = await lockEditorByAddress(tx, key)
    if (!editor || (await countMailedLinks(tx, editor.id)) >= mailedPerHour) return
    await mailSignInLink(tx, services, editor, wish)
  })
  services.wake()
}

/**
 * Mails an editor who is signed in a link with which they prove that it is still them. `too-many`: five were mailed in
 * the last hour.
 */
export async function mailProof(services: Mailing, { key }: EmailAddress): Promise<'mailed' | 'too-many'> {
  const outcome = await services.db.transaction(async tx => {
    const editor = await lockEditorByAddress(tx, key)
    if (!editor || (await countMailedLinks(tx, editor.id)) >= mailedPerHour) return 'too-many'
    await mailSignInLink(tx, services, editor)
    return 'mailed'
  })
  services.wake()
  return outcome
}

/** Queues the mail with a link that is good for an hour. Wake the outbox after the commit. */
export async function mailSignInLink(tx: Tx, { keys, config }: Deps, editor: Editor, wish?: Language) {
  const { nonce, hash } = newSignInSecret(keys)
  await addSignInLink(tx, { hash, editorId: editor.id, by: 'mailed' })
  await queueNotice(tx, {
    kind: 'sign_in',
    content: { nonce },
    recipient: editor.address,
    language: editor.language ?? wish ?? (await readPublication(tx)).language,
    transport: config.transport.kind,
    deliverUntil: new Date((await databaseTime(tx)).getTime() + 60 * 60_000),
  })
}

/**
 * A link that signs this editor in, to print on the terminal: once, for 24 hours; owners are told. Undefined where the
 * address belongs to no editor.
 */
export async function editorLink(services: Mailing, { key }: EmailAddress): Promise<string | undefined> {
  const { db, keys, config } = services
  const link = await db.transaction(async tx => {
    const editor = await lockEditorByAddress(tx, key)
    if (!editor) return undefined
    const { secret, hash } = newSignInSecret(keys)
    await addSignInLink(tx, { hash, editorId: editor.id, by: 'printed' })
    const event = { kind: 'link-printed', address: editor.address } as const
    await noteAccess(tx, services, event, atTheCommandLine, [editor])
    return links.signIn(config.publicUrl, secret)
  })
  services.wake()
  return link
}

export type SignIn = { kind: 'signed-in'; session: string; editor: Editor } | { kind: 'void' }

/** Uses an editor's link. Of several at once one signs in; the others find it used. */
export const signIn = ({ db }: Pick<Services, 'db'>, secret: string, browser: string): Promise<SignIn> =>
  db.transaction(async tx => {
    const link = await takeSignInLink(tx, secret)
    const editor = link?.editorId ? await findEditor(tx, link.editorId) : undefined
    if (!editor) return { kind: 'void' }
    return { kind: 'signed-in', editor, session: await startSession(tx, editor.id, browser) }
  })
