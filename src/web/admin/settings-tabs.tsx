import { teamWords } from '../../domain/words/team.ts'
import type { Actor } from '../env.ts'
import { RoleTabs } from './role-tabs.tsx'

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

type Props = { current: keyof typeof tabs; actor: Extract<Actor, { kind: 'editor' }> }

/** The pages of the settings. */
export const SettingsTabs = ({ current, actor }: Props) => (
  <RoleTabs tabs={tabs} words={teamWords[actor.language].tabs} current={current} actor={actor} />
)
