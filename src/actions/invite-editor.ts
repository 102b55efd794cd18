import type { EmailAddress } from '../domain/email-address.ts'
import type { Language } from '../domain/languages.ts'
import type { Role } from '../domain/roles.ts'
import { addEditor, type Editor } from '../store/editors.ts'
import type { Services } from './services.ts'
import { mailSignInLink } from './sign-in.ts'

type Invitation = { address: EmailAddress; name: string; role: Role; language?: Language }

/** Makes an editor and mails them a link that signs them in. `known`: the address has an editor already, who is kept as is. */
export async function inviteEditor(
  services: Pick<Services, 'db' | 'keys' | 'config' | 'wake'>,
  { address, name, role, language }: Invitation,
): Promise<{ kind: 'invited'; editor: Editor } | { kind: 'known' }> {
  const editor = await services.db.transaction(async tx => {
    const made = await addEditor(tx, {
      address: address.address,
      addressKey: address.key,
      name,
      role,
      language,
    })
    if (made) await mailSignInLink(tx, services, made, language)
    return made
  })
  if (!editor) return { kind: 'known' }
  services.wake()
  return { kind: 'invited', editor }
}
