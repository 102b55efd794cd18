import { type Acting, atTheCommandLine } from '../domain/access-event.ts'
import type { EmailAddress } from '../domain/email-address.ts'
import type { Language } from '../domain/languages.ts'
import type { Role } from '../domain/roles.ts'
import { addEditor, type Editor } from '../store/editors.ts'
import { noteAccess } from './note-access.ts'
import type { Services } from './services.ts'
import { mailSignInLink } from './sign-in.ts'

type Invitation = { address: EmailAddress; name: string; role: Role; language?: Language }

/**
 * Makes an editor, mails them a link that signs them in, and notes who did. `known`: the address has an editor already,
 * who is kept as is.
 */
export async function inviteEditor(
  services: Pick<Services, 'db' | 'keys' | 'config' | 'wake'>,
  { address, name, role, language }: Invitation,
  acting: Acting = atTheCommandLine,
): Promise<{ kind: 'invited'; editor: Editor } | { kind: 'known' }> {
  const editor = await services.db.transaction(async tx => {
    const made = await addEditor(tx, {
      address: address.address,
      addressKey: address.key,
      name,
      role,
      language,
    })
    if (!made) return undefined
    await mailSignInLink(tx, services, made, language)
    await noteAccess(tx, services, { kind: 'editor-invited', address: made.address, role }, acting)
    return made
  })
  if (!editor) return { kind: 'known' }
  services.wake()
  return { kind: 'invited', editor }
}
