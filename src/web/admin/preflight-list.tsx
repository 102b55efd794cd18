import type { Language } from '../../domain/languages.ts'
import type { Finding, Found } from '../../domain/preflight/finding.ts'
import { sayFound } from '../../domain/words/findings.ts'
import { type PreflightWords, preflightWords } from '../../domain/words/preflight.ts'
import type { Digest } from '../../store/digests.ts'
import { Status, type Tone } from '../views/parts/status.tsx'

type Props = {
  findings: readonly Finding[]
  digest: Pick<Digest, 'id' | 'newsletters'>
  language: Language
  /** The publication's. */
  zone: string
  /** Where the list stands on the composing page: what the page calls the block at each place (`#block-…`). */
  keys?: readonly string[]
  /** Said where nothing was found; absent: that nothing stands in the way. */
  good?: string
}

const tones: Record<Finding['level'], Tone> = { error: 'fix', warning: 'look', unchecked: 'plain' }

/** What was found about a digest: each a word in a frame, what it means for readers and what to do, and the way there. */
export const PreflightList = ({ findings, digest, language, zone, keys, good }: Props) => {
  const words = preflightWords[language]
  return (
    <ul class="findings preflight">
      {findings.length === 0 && (
        <li>
          <Status tone="good">{words.levels.good}</Status>
          <p>{good ?? words.ready}</p>
        </li>
      )}
      {findings.map(finding => (
        <li>
          <Status tone={tones[finding.level]}>{words.levels[finding.level]}</Status>
          <div class="preflight-text">
            <p>{sayFound(named(finding, digest), language, zone)}</p>
            <Places finding={finding} digest={digest} keys={keys} words={words} />
          </div>
        </li>
      ))}
    </ul>
  )
}

const Places = ({
  finding,
  digest,
  keys,
  words,
}: Pick<Props, 'digest' | 'keys'> & { finding: Finding; words: PreflightWords }) => {
  const { block, field } = finding.where ?? {}
  const page = keys ? '' : `/admin/digests/${digest.id}`
  const places = [
    ...(block === undefined
      ? []
      : [{ href: `${page}#block-${keys?.[block] ?? block}`, text: words.block(block + 1) }]),
    ...(field === 'subject' || field === 'preheader'
      ? [{ href: `${page}#${field}`, text: words[field] }]
      : []),
    ...('articleId' in finding ? [{ href: `/admin/stories/${finding.articleId}`, text: words.story }] : []),
  ]
  return places.length ? (
    <p class="preflight-places">
      {places.map(({ href, text }) => (
        <a href={href}>{text}</a>
      ))}
    </p>
  ) : null
}

/** What was found, with the newsletter's name in place of its slug. */
function named(found: Found, { newsletters }: Pick<Digest, 'newsletters'>): Found {
  if (!('newsletter' in found) || found.newsletter === undefined) return found
  const name = newsletters.find(one => one.slug === found.newsletter)?.name
  return name === undefined ? found : { ...found, newsletter: name }
}
