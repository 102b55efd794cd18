import { mayAct, type Role } from '../../domain/roles.ts'
import type { Actor } from '../env.ts'

type Tab = { path: string; role: Role }

type Props<Name extends string> = {
  tabs: Record<Name, Tab>
  /** What each is called, and what all of them are. */
  words: Record<NoInfer<Name> | 'label', string>
  current: NoInfer<Name>
  actor: Extract<Actor, { kind: 'editor' }>
}

/** Pages that stand beside each other, those that the editor's role may open. Nothing where that is a single one. */
export function RoleTabs<Name extends string>({ tabs, words, current, actor }: Props<Name>) {
  const open = (Object.keys(tabs) as Name[]).filter(tab => mayAct(actor.role, tabs[tab].role))
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
