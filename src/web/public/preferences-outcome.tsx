import type { Preferences } from '../../actions/preferences.ts'
import type { Language } from '../../domain/languages.ts'
import { sayList } from '../../domain/say-list.ts'
import { leavingWords } from '../../domain/words/leaving.ts'
import { preferencesWords } from '../../domain/words/preferences.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import { type Place, type Told, toPage } from './preferences-place.ts'
import { undoWording } from './unsubscribe-pages.tsx'

type Props = Told & { place: Place; now: Preferences }

/** What the last button did, above everything, with the way back where there is one. */
export const Outcome = ({ place, now, changed, faults }: Props) => {
  if (faults?.name || changed?.kind === 'address-refused')
    return (
      <Notice tone="fix">
        <p>{preferencesWords[place.language].changed.look}</p>
      </Notice>
    )
  const said = changed && say(changed, place.language)
  const undoable = now.undoable.length > 0
  if (!said && !undoable) return null
  const undo = undoable && (
    <form {...toPage(place)}>
      <Button name="do" value="undo">
        {leavingWords[place.language].unsubscribe.undo}
      </Button>
    </form>
  )
  return (
    <Notice tone={said?.tone} action={undo}>
      {said && <p>{said.text}</p>}
      {undoable && <p>{undoWording(now.undoable, place)}</p>}
    </Notice>
  )
}

type Said = { tone: 'good' | 'look'; text: string }

function say(changed: NonNullable<Told['changed']>, language: Language): Said | undefined {
  const words = preferencesWords[language].changed
  switch (changed.kind) {
    case 'left':
    case 'paused':
    case 'resumed':
    case 'joined':
    case 'undone': {
      const names = changed.newsletters.map(newsletter => newsletter.name)
      return { tone: 'good', text: words[changed.kind](sayList(names, language)) }
    }
    case 'saved':
      return { tone: 'good', text: words.saved }
    case 'link-mailed':
      return { tone: 'good', text: words.linkMailed }
    case 'address-asked':
      return { tone: 'good', text: words.addressAsked(changed.address) }
    case 'too-many':
      return { tone: 'look', text: words.tooMany }
    case 'nothing':
      return { tone: 'look', text: words.nothing }
    case 'needs-fresh-link':
      return { tone: 'look', text: words.needsFreshLink }
    case 'barred':
      return { tone: 'look', text: words.barred }
    case 'unreadable':
      return { tone: 'look', text: words.unreadable }
    case 'address-refused':
      return undefined
  }
}
