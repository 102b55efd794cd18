import { mayAct } from '../../domain/roles.ts'
import { listedAddress, listedWords, type Sight, sees } from '../../domain/sight.ts'
import { oneReaderWords } from '../../domain/words/one-reader.ts'
import { readerWords } from '../../domain/words/readers.ts'
import { suppressionWords } from '../../domain/words/suppressions.ts'
import type { ListedSuppression } from '../../store/suppression-list.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Field, Select } from '../views/parts/fields.tsx'
import { Empty, Notice } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { evidenceOf } from './one-reader.tsx'
import { When } from './reader-history.tsx'
import { ReadersTabs } from './readers-tabs.tsx'
import { causes, type SoughtSuppressions, suppressionQuery } from './suppression-filter.ts'

type Props = {
  frame: WorkspaceFrame
  rows: ListedSuppression[]
  sought: SoughtSuppressions
  /** How many of these an owner may lift in one go. */
  liftable: number
  first?: string
  older?: string
  fields: Fields
  errors: FormErrors
  done?: string
  lifted?: number
}

const path = '/admin/readers/suppressed'

/** Suppressed addresses with their evidence, sought by what they have in common, and the form that adds one. */
export const SuppressedPage = (props: Props) => {
  const { frame, rows, sought, liftable, first, older, fields, errors } = props
  const words = suppressionWords[frame.language]
  const narrowed = Object.keys(sought.typed).length > 0
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="readers"
      notice={<Done {...props} />}
      actions={
        liftable > 0 && (
          <ButtonLink href={`${path}/lift${suppressionQuery(sought.typed)}`}>
            {words.liftAll(liftable)}
          </ButtonLink>
        )
      }
    >
      <ReadersTabs current="suppressions" actor={frame.actor} />
      <p class="hint">{words.intro}</p>
      {(rows.length > 0 || narrowed) && <Search {...props} />}
      {rows.length === 0 ? (
        <Empty title={narrowed ? words.noneFound : words.none}>
          <p>{narrowed ? words.noneFoundText : words.noneText}</p>
        </Empty>
      ) : (
        <List rows={rows} frame={frame} />
      )}
      <Pager newer={first} older={older} language={frame.language} />
      <h2>{words.add}</h2>
      <p class="hint">{words.addText}</p>
      <form method="post" action={path} class="stack">
        <Field
          name="email"
          type="email"
          label={readerWords[frame.language].address}
          autocomplete="off"
          value={fields.email}
          error={errors.email}
          required
        />
        <Field
          name="why"
          label={words.why}
          hint={words.whyHint}
          value={fields.why}
          error={errors.why}
          required
        />
        <Button>{words.addAct}</Button>
      </form>
    </WorkspacePage>
  )
}

const Done = ({ frame, done, lifted }: Props) => {
  const words = oneReaderWords[frame.language]
  if (lifted) return <Notice tone="good">{suppressionWords[frame.language].lifted(lifted)}</Notice>
  if (done === 'suppressed') return <Notice tone="good">{words.suppressedNow}</Notice>
  return done === 'lifted' ? <Notice tone="good">{words.lifted}</Notice> : null
}

const Search = ({ frame, rows, sought }: Props) => {
  const words = suppressionWords[frame.language]
  const { typed, faults } = sought
  const subject = rows.find(row => row.digest)?.digest?.subject
  return (
    <form method="get" action={path} class="search search-many">
      <Field
        name="q"
        type="search"
        label={words.searches[sees(frame.actor) === 'all' ? 'all' : 'one']}
        value={typed.q}
        error={faults.q && words.wholeOnly}
        autocomplete="off"
      />
      <Field name="domain" label={words.domain} value={typed.domain} autocomplete="off" />
      <Select
        name="cause"
        label={words.cause}
        value={typed.cause ?? ''}
        options={[
          { value: '', label: words.anyCause },
          ...causes.map(cause => ({
            value: cause,
            label: words.causes[cause],
          })),
        ]}
      />
      <Field
        name="from"
        type="datetime-local"
        label={words.from}
        value={typed.from}
        error={faults.from && words.noTime}
      />
      <Field
        name="to"
        type="datetime-local"
        label={words.to}
        value={typed.to}
        error={faults.to && words.noTime}
      />
      {typed.dispatch && <input type="hidden" name="dispatch" value={typed.dispatch} />}
      <Buttons>
        <Button>{words.find}</Button>
        {Object.keys(typed).length > 0 && <ButtonLink href={path}>{words.everything}</ButtonLink>}
      </Buttons>
      {typed.dispatch && <p class="search-note">{subject ? words.ofDigest(subject) : words.ofThisDigest}</p>}
    </form>
  )
}

const List = ({ rows, frame }: Pick<Props, 'rows' | 'frame'>) => {
  const words = suppressionWords[frame.language]
  const owns = mayAct(frame.actor.role, 'owner')
  const sight = sees(frame.actor)
  return (
    <Table
      caption={words.caption}
      rows={rows}
      columns={[
        {
          head: readerWords[frame.language].address,
          cell: row =>
            row.addressKey ? (
              listedAddress(sight, row.addressKey)
            ) : (
              <span class="muted">{words.hashOnly}</span>
            ),
        },
        { head: words.cause, cell: row => words.causes[row.cause] },
        { head: words.evidence, cell: row => <Evidence {...{ row, sight }} /> },
        { head: oneReaderWords[frame.language].when, cell: row => <When at={row.createdAt} {...frame} /> },
        ...(owns
          ? [
              {
                head: words.lift,
                kind: 'action' as const,
                cell: (row: ListedSuppression) => (
                  <form method="post" action={`/admin/readers/suppressed/${row.id}/lift`}>
                    <Button small label={words.liftLabel(row.addressKey ?? words.hashOnly)}>
                      {words.lift}
                    </Button>
                  </form>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

/** The server's reply or somebody's words, and the digest that they are about. */
const Evidence = ({ row, sight }: { row: ListedSuppression; sight: Sight }) => (
  <span>
    <span class="reply">{listedWords(sight, evidenceOf(row))}</span>
    {row.digest && (
      <>
        {' '}
        <a href={`/admin/digests/${row.digest.id}`}>{row.digest.subject}</a>
      </>
    )}
  </span>
)
