import { composeWords } from '../../domain/words/compose.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Notice, Status } from '../views/parts/status.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { ApprovalNotice } from './approval-parts.tsx'
import { Blocks } from './compose-blocks.tsx'
import { Head } from './compose-head.tsx'
import { nameOf } from './compose-names.ts'
import { Preview } from './compose-preview.tsx'
import { type ComposePart, type ComposeProps, savedPlaces } from './compose-props.ts'
import { Tray } from './compose-tray.tsx'
import { Visitors } from './compose-visitors.tsx'
import { PreflightList } from './preflight-list.tsx'

/**
 * One page: the stories at the left, the digest in the middle, what its readers will see at the right. All by forms;
 * where there is a script it saves by itself, and takes from each answer the parts that have an id here.
 */
export const ComposePage = (props: ComposeProps) => {
  const { frame, id } = props
  const part = { ...props, words: composeWords[frame.language] }
  const { words } = part
  const base = `/admin/digests/${id}`
  return (
    <WorkspacePage
      {...frame}
      title={props.subject || words.newTitle}
      current="digests"
      width="wide"
      scripts={['sortable.js', 'compose.js']}
      notice={<Notices {...part} />}
      actions={<Actions {...part} base={base} />}
    >
      <Panes {...part} />
      <div class="compose" id="compose" data-pane="digest">
        <form
          method="post"
          action={base}
          id="digest"
          class="compose-digest"
          novalidate
          data-saving={words.saving}
          data-unsaved={words.unsaved}
          data-offline={words.offline}
          data-signed-out={words.signedOut}
          data-impossible={words.impossible}
        >
          {/* Enter in a field saves, rather than pressing the first button of the page. */}
          <button type="submit" name="act" value="save" hidden />
          <input type="hidden" name="revision" value={props.revision} id="revision" />
          <Head {...part} />
          <Blocks {...part} />
          <Checks {...part} base={base} />
        </form>
        <Tray {...part} />
        <Preview {...part} base={base} />
      </div>
      <p
        id="said"
        class="apart-for-eyes"
        role="status"
        data-at={props.at === undefined ? '' : props.keys[props.at]}
      >
        {whatWasSaid(part)}
      </p>
    </WorkspacePage>
  )
}

function whatWasSaid(part: ComposePart): string {
  const { said, words, blocks } = part
  if (!said) return ''
  switch (said.kind) {
    case 'added':
    case 'moved':
      return words.said[said.kind](nameOf(part, blocks[said.at]), said.at + 1, blocks.length)
    case 'removed':
      return words.said.removed(nameOf(part, said.block))
    default:
      return words.said[said.kind]
  }
}

const Actions = ({
  words,
  frame,
  base,
  savedAt,
  problem,
  state,
  history,
}: ComposePart & { base: string }) => (
  <>
    <span class="muted small" id="saved" role="status">
      {problem ? (
        words.unsaved
      ) : (
        <>
          {words.saved} <Time at={savedAt} zone={frame.publication.timeZone} language={frame.language} />
        </>
      )}
    </span>
    <Status tone={state === 'scheduled' ? 'look' : 'plain'}>
      {digestWords[frame.language].states[state]}
    </Status>
    <span id="history" class="history">
      <Button form="digest" name="act" value="undo" id="undo" disabled={!history.before}>
        {words.undo}
      </Button>
      <Button form="digest" name="act" value="redo" id="redo" disabled={!history.after}>
        {words.redo}
      </Button>
    </span>
    <span class="without-script">
      <Button form="digest" name="act" value="save">
        {words.save}
      </Button>
    </span>
    <ButtonLink kind="main" href={`${base}/send`}>
      {words.send}
    </ButtonLink>
  </>
)

const Notices = (part: ComposePart) => (
  <div id="notices">
    <ComposeNotice {...part} />
    <ApprovalNotice {...{ frame: part.frame, digest: part, approval: part.approval }} />
    <Visitors language={part.frame.language} others={part.visitors} />
  </div>
)

const ComposeNotice = (part: ComposePart) => {
  const { problem, state, words } = part
  if (problem === 'changed') return <Conflict {...part} />
  if (problem) return <Notice tone="fix">{words[problem]}</Notice>
  return state === 'scheduled' ? <Notice tone="look">{words.scheduledNote}</Notice> : null
}

/** Somebody saved meanwhile, or another window of one's own did. */
const Conflict = ({ words, savedBy, savedByYou, id }: ComposePart) => (
  <Notice
    tone="fix"
    title={savedByYou ? words.changedByYou : savedBy ? words.changedBy(savedBy) : words.changedMeanwhile}
    action={
      <Buttons>
        <Button form="digest" name="act" value="save" id="replace">
          {savedByYou ? words.replaceYours : words.replace}
        </Button>
        <ButtonLink href={`/admin/digests/${id}`}>
          {savedByYou ? words.takeYours : words.takeTheirs}
        </ButtonLink>
      </Buttons>
    }
  >
    <p>{savedByYou ? words.changedByYouText : words.changedText}</p>
  </Notice>
)

/** Where there is no room for all three side by side, a script shows one or two of them. */
const Panes = ({ words }: ComposePart) => (
  <fieldset class="panes with-script">
    <legend class="apart-for-eyes">{words.panes}</legend>
    {(['digest', 'tray', 'preview'] as const).map(pane => (
      <button
        type="button"
        class="pane-button"
        data-pane={pane}
        aria-pressed={pane === 'digest' ? 'true' : 'false'}
      >
        {{ digest: words.digest, tray: words.stories, preview: words.preview }[pane]}
      </button>
    ))}
  </fieldset>
)

/** What was found about what is saved, as one works. */
const Checks = (part: ComposePart & { base: string }) => {
  const { words, findings, frame, id, newsletters, chosen, blocks, keys, base } = part
  const places = savedPlaces(blocks)
  return (
    <section class="compose-checks" aria-labelledby="checks-title">
      <h2 id="checks-title">{words.checks}</h2>
      <div id="checks">
        <PreflightList
          findings={findings}
          digest={{ id, newsletters: newsletters.filter(one => chosen.includes(one.slug)) }}
          language={frame.language}
          zone={frame.publication.timeZone}
          keys={keys.filter((_, at) => places[at] !== undefined)}
        />
      </div>
      <p>
        <a href={`${base}/checks`} data-flush>
          {words.allChecks}
        </a>
      </p>
    </section>
  )
}
