import { readerWords } from '../../domain/words/readers.ts'
import type { Actor } from '../env.ts'
import { RoleTabs } from './role-tabs.tsx'

const tabs = {
  list: { path: '/admin/readers', role: 'writer' },
  signUps: { path: '/admin/readers/sign-ups', role: 'writer' },
  growth: { path: '/admin/readers/growth', role: 'writer' },
  suppressions: { path: '/admin/readers/suppressed', role: 'editor' },
  import: { path: '/admin/readers/import', role: 'owner' },
} as const

type Props = { current: keyof typeof tabs; actor: Extract<Actor, { kind: 'editor' }> }

/** The pages about readers. */
export const ReadersTabs = ({ current, actor }: Props) => (
  <RoleTabs tabs={tabs} words={readerWords[actor.language].tabs} current={current} actor={actor} />
)
