import { mayAct } from '../../domain/roles.ts'
import { teamWords } from '../../domain/words/team.ts'
import type { Actor } from '../env.ts'

const tabs = {
  publication: { path: '/admin/settings', role: 'owner' },
  look: { path: '/admin/settings/look', role: 'owner' },
  delivery: { path: '/admin/settings/delivery', role: 'owner' },
  editors: { path: '/admin/settings/editors', role: 'owner' },
  keys: { path: '/admin/settings/keys', role: 'owner' },
  log: { path: '/admin/settings/log', role: 'owner' },
  testers: { path: '/admin/settings/testers', role: 'editor' },
  account: { path: '/admin/settings/you', role: 'writer' },
} as const

type SettingsTab = keyof typeof tabs

type Props = { current: SettingsTab; actor: Extract<Actor, { kind: 'editor' }> }

/** The pages of the settings, those that the editor's role may open. Nothing where that is a single one. */
export const SettingsTabs = ({ current, actor }: Props) => {
  const words = teamWords[actor.language].tabs
  const open = (Object.keys(tabs) as SettingsTab[]).filter(tab => mayAct(actor.role, tabs[tab].role))
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
