import { byEditor } from '../domain/by.ts'
import type { EmailAddress } from '../domain/email-address.ts'
import { links } from '../domain/links.ts'
import { newSignInSecret } from '../domain/sign-in-secret.ts'
import { addAccessEntry } from '../store/access-log.ts'
import { awaitLock } from '../store/advisory-locks.ts'
import type { Tx } from '../store/client.ts'
import { addEditor, changeRole, type Editor, findEditorByAddress, hasOwner } from '../store/editors.ts'
import { startSession } from '../store/sessions.ts'
import { addSignInLink, takeSignInLink, voidFirstOwnerLinks } from '../store/sign-in-links.ts'
import type { Services } from './services.ts'

/**
 * The link with which somebody becomes the owner, where there is none: to print on the terminal, once. Links that
 * were printed earlier are void from now on. Undefined where there is an owner.
 */
export const firstOwnerLink = ({ db, keys, config }: Pick<Services, 'db' | 'keys' | 'config'>) =>
  db.transaction(async (tx): Promise<string | undefined> => {
    await awaitLock(tx, 'first-owner')
    if (await hasOwner(tx)) return undefined
    await voidFirstOwnerLinks(tx)
    const { secret, hash } = newSignInSecret(keys)
    await addSignInLink(tx, { hash, by: 'printed' })
    return links.signIn(config.publicUrl, secret)
  })

export type FirstOwner =
  | { kind: 'signed-in'; session: string; editor: Editor }
  /** The link was used, is too old, or somebody else became the owner meanwhile. */
  | { kind: 'void' }

/** Uses the first owner's link: makes the owner and signs them in. Of several at once one succeeds. */
export const becomeOwner = (
  { db }: Pick<Services, 'db'>,
  secret: string,
  { address, name }: { address: EmailAddress; name: string },
  browser: string,
  network = '',
): Promise<FirstOwner> =>
  db.transaction(async tx => {
    await awaitLock(tx, 'first-owner')
    if (await hasOwner(tx)) return { kind: 'void' }
    if ((await takeSignInLink(tx, secret))?.editorId !== null) return { kind: 'void' }
    const editor = await ownerOf(tx, address, name)
    // There is nobody else to tell.
    await addAccessEntry(
      tx,
      { kind: 'first-owner', address: editor.address },
      { by: byEditor(editor), network },
    )
    return { kind: 'signed-in', editor, session: await startSession(tx, editor.id, browser) }
  })

// Somebody who was invited as a writer, before there was an owner, becomes one too.
async function ownerOf(tx: Tx, { address, key }: EmailAddress, name: string): Promise<Editor> {
  const made = await addEditor(tx, { address, addressKey: key, name, role: 'owner' })
  if (made) return made
  const known = await findEditorByAddress(tx, key)
  const change = await changeRole(tx, known!.id, 'owner')
  if (change.kind !== 'done') throw new Error('the editor who was to become the owner is gone')
  return change.editor
}
