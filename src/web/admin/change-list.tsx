import type { When } from '../../domain/approval.ts'
import type { Change, ShownBlock, Words } from '../../domain/proposal-diff.ts'
import type { ApprovalWords } from '../../domain/words/approval.ts'

type Said = ApprovalWords['changes']
type Props = {
  changes: readonly Change[]
  words: Said
  say: (when: When) => string
  /** The conditions in words. */
  audiences: { from: string[]; to: string[] }
}

/** What is another than it was, from top to bottom: what went is struck out, what came is underlined. */
export const ChangeList = (props: Props) => (
  <ul class="changes">
    {props.changes.map(change => (
      <li>
        <OneChange {...props} change={change} />
      </li>
    ))}
  </ul>
)

const OneChange = ({ change, words, say, audiences }: Props & { change: Change }) => {
  switch (change.part) {
    case 'subject':
    case 'preheader':
      return (
        <>
          <strong>{words[change.part]}</strong> <Text words={change.words} />
        </>
      )
    case 'newsletters':
      return (
        <FromTo
          name={words.newsletters}
          from={change.from.join(', ')}
          to={change.to.join(', ')}
          words={words}
        />
      )
    case 'audience':
      return (
        <FromTo
          name={words.audience}
          from={audiences.from.join('; ')}
          to={audiences.to.join('; ')}
          words={words}
        />
      )
    case 'when':
      return <FromTo name={words.when} from={say(change.from)} to={say(change.to)} words={words} />
    case 'block':
      return <BlockChange change={change} words={words} />
  }
}

const FromTo = ({ name, from, to, words }: { name: string; from: string; to: string; words: Said }) => (
  <>
    <strong>{name}</strong> <del>{from || words.nothing}</del> <ins>{to || words.nothing}</ins>
  </>
)

const BlockChange = ({ change, words }: { change: Extract<Change, { part: 'block' }>; words: Said }) => {
  switch (change.kind) {
    case 'added':
      return (
        <>
          <strong>{words.added}</strong>{' '}
          <ins>
            <Shown block={change.block} words={words} />
          </ins>
        </>
      )
    case 'removed':
      return (
        <>
          <strong>{words.removed}</strong>{' '}
          <del>
            <Shown block={change.block} words={words} />
          </del>
        </>
      )
    case 'moved':
      return (
        <>
          <strong>{words.moved(change.from, change.to)}</strong> <Shown block={change.block} words={words} />
        </>
      )
    case 'changed':
      return (
        <>
          <strong>{words.changed}</strong> <Text words={change.title} />
          {[change.text, change.url].map(one =>
            one.some(({ is }) => is !== 'same') ? (
              <span class="change-text">
                <Text words={one} />
              </span>
            ) : null,
          )}
        </>
      )
  }
}

const Shown = ({ block, words }: { block: ShownBlock; words: Said }) => (
  <>
    {block.type === 'divider' ? words.divider : block.title}
    {block.text && <span class="change-text">{block.text}</span>}
  </>
)

const Text = ({ words }: { words: Words }) => (
  <>
    {words.map(({ text, is }) =>
      is === 'added' ? <ins>{text}</ins> : is === 'removed' ? <del>{text}</del> : text,
    )}
  </>
)
