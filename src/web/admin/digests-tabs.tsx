import type { Language } from '../../domain/languages.ts'
import { planWords } from '../../domain/words/plans.ts'

const tabs = { list: '/admin/digests', plans: '/admin/plans' } as const

type Props = { current: keyof typeof tabs; language: Language }

/** Digests, and the plans that make them. */
export const DigestsTabs = ({ current, language }: Props) => {
  const words = planWords[language].tabs
  return (
    <nav class="tabs" aria-label={words.label}>
      {(Object.keys(tabs) as (keyof typeof tabs)[]).map(tab => (
        <a href={tabs[tab]} aria-current={tab === current ? 'page' : undefined}>
          {words[tab]}
        </a>
      ))}
    </nav>
  )
}
