import type { Language } from '../../domain/languages.ts'
import { isLoopback } from '../../domain/network.ts'
import { mayAct, type Role } from '../../domain/roles.ts'
import { settingsWords } from '../../domain/words/settings.ts'
import { Button } from './parts/buttons.tsx'
import { Notice } from './parts/status.tsx'

type Props = { copy: { of: string; publicUrl: string }; role: Role; language: Language }

/** On every page of the workspace while the database belongs to another address; an owner can make it this one's. */
export const CopyNotice = ({ copy, role, language }: Props) => {
  const words = settingsWords[language].delivery
  const here = isLoopback(new URL(copy.publicUrl).hostname)
  return (
    <Notice
      tone={here ? 'look' : 'fix'}
      title={words.copyTitle(copy.of)}
      action={
        !here &&
        mayAct(role, 'owner') && (
          <form method="post" action="/admin/settings/delivery/claim">
            <Button>{words.claim}</Button>
          </form>
        )
      }
    >
      <p>{here ? words.copyHere : words.copyText}</p>
    </Notice>
  )
}
