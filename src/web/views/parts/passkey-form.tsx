import type { Language } from '../../../domain/languages.ts'
import { passkeyWords } from '../../../domain/words/passkeys.ts'
import { assetUrl } from '../../asset-urls.ts'
import { Button } from './buttons.tsx'

type Props = {
  /** `use`: answer with a passkey that is there; `make`: a new one. */
  kind: 'use' | 'make'
  /** Where the answer is posted; a GET of it says what is asked. */
  action: string
  next?: string
  language: Language
  main?: boolean
  /** Another than the kind's own. */
  label?: string
}

/** A button that asks the browser for a passkey. Hidden without the script: what else there is stands beside it. */
export const PasskeyForm = ({ kind, action, next, language, main, label }: Props) => {
  const words = passkeyWords[language]
  return (
    <form
      method="post"
      action={action}
      class="passkey"
      data-passkey={kind}
      data-none={words.none}
      data-waiting={words.waiting}
      data-cancelled={words.cancelled}
      data-known={words.known}
      data-failed={words.failed}
      hidden
    >
      <input type="hidden" name="credential" />
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <Button kind={main ? 'main' : 'plain'}>{label ?? words[kind]}</Button>
      <p class="hint" role="status" />
    </form>
  )
}

export const PasskeyScript = () => <script defer src={assetUrl('passkey.js')} />
