import { mayAct } from '../../domain/roles.ts'
import { readerWords } from '../../domain/words/readers.ts'
import type { Actor } from '../env.ts'

const tabs = {
  list: { path: '/admin/readers', role: 'writer' },
  signUps: { path: '/admin/readers/sign-ups', role: 'writer' },
  growth: { path: '/admin/readers/growth', role: 'writer' },
  suppressions: { path: '/admin/readers/suppressed', role: 'editor' },
  import: { path: '/admin/readers/import', role: 'owner' },
} as const

type ReadersTab = keyof typeof tabs

type Props = { current: ReadersTab; actor: Extract<Actor, { kind: 'editor' }> }

/** The pages about readers, those that the editor's role may open. Nothing where that is a single one. */
export const ReadersTabs = ({ current, actor }: Props) => {
  const words = readerWords[actor.language].tabs
  const open = (Object.keys(tabs) as ReadersTab[]).filter(tab => mayAct(actor.role, tabs[tab].role))
  if (open.length < 2) return null
  return (
    <nav class="tabs" aria-label={words.label}>
      {open.map(tab => (
        <a href={tabs[tab].path} aria-current={tab === current ? 'page' : undefined}>
          {words[tab]}
        </a>
      ))}
    </nav>
  )
}
