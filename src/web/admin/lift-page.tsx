import { suppressionWords } from '../../domain/words/suppressions.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { type SoughtSuppressions, suppressionQuery } from './suppression-filter.ts'

type Props = {
  frame: WorkspaceFrame
  sought: SoughtSuppressions
  /** How many addresses it is about; none where nothing narrow enough was sought. */
  count: number
  asOf: Date
}

/** Before many suppressions are lifted in one go: which, how many, and which stay. */
export const LiftPage = ({ frame, sought, count, asOf }: Props) => {
  const words = suppressionWords[frame.language]
  const path = '/admin/readers/suppressed'
  const { typed } = sought
  const facts = [
    [words.domain, sought.filter.domain],
    [words.searches.all, typed.q],
    [words.from, typed.from?.replace('T', ' ')],
    [words.to, typed.to?.replace('T', ' ')],
    [words.digest, typed.dispatch && words.ofThisDigest],
    [suppressionWords[frame.language].cause, suppressionWords[frame.language].causes.bounced],
  ].filter(([, value]) => value)
  return (
    <WorkspacePage
      {...frame}
      title={count ? words.lifting.title(count) : words.lifting.nothing}
      current="readers"
    >
      {count ? (
        <>
          <dl class="facts">
            {facts.map(([name, value]) => (
              <>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </>
            ))}
          </dl>
          <p>{words.lifting.text}</p>
          <p>{words.lifting.others}</p>
        </>
      ) : (
        <p>{words.lifting.nothingText}</p>
      )}
      <form method="post" action={`${path}/lift${suppressionQuery(typed)}`}>
        <input type="hidden" name="asOf" value={asOf.toISOString()} />
        <Buttons>
          {count > 0 && <Button kind="main">{words.lifting.act(count)}</Button>}
          <ButtonLink href={path + suppressionQuery(typed)}>{words.lifting.keep}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
