import { dayOfYear, sayNumber } from '../../domain/dates.ts'
import type { Language } from '../../domain/languages.ts'
import type { Sight } from '../../domain/sight.ts'
import { addingWords } from '../../domain/words/adding-readers.ts'
import { oneReaderWords } from '../../domain/words/one-reader.ts'
import { sayShare } from '../../domain/words/outcome.ts'
import { readerWords } from '../../domain/words/readers.ts'
import { signUpNumberWords } from '../../domain/words/sign-up-numbers.ts'
import { signUpWords } from '../../domain/words/sign-ups.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { SignUpCounts, SignUpNumbers } from '../../store/sign-up-numbers.ts'
import type { SignUp } from '../../store/sign-ups.ts'
import { ButtonLink } from '../views/parts/buttons.tsx'
import { Empty, Notice, Status } from '../views/parts/status.tsx'
import { type Column, Pager, Table } from '../views/parts/table.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { nameIn } from './newsletter-names.ts'
import { When } from './reader-history.tsx'
import { ReadersTabs } from './readers-tabs.tsx'

type Props = WorkspaceFrame & {
  newsletters: Newsletter[]
  numbers: SignUpNumbers
  sight: Sight
  /** Absent for those who see numbers only. */
  rows?: SignUp[]
  first?: string
  older?: string
  asked: boolean
}

const tones = {
  waiting: 'plain',
  asked: 'look',
  merged: 'plain',
  confirmed: 'good',
  refused: 'plain',
  objected: 'fix',
} as const

/** The sign-ups in numbers, by newsletter and by day, and one by one for those who may see them. */
export const SignUpsPage = (props: Props) => {
  const { numbers, rows, first, older, asked, ...frame } = props
  const { language } = frame
  const words = signUpWords[language]
  const more = signUpNumberWords[language]
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="readers"
      notice={asked && <Notice tone="good">{addingWords[language].done}</Notice>}
      actions={rows && <ButtonLink href="/admin/readers/add">{readerWords[language].add}</ButtonLink>}
    >
      <ReadersTabs current="signUps" actor={frame.actor} />
      <p class="hint">{words.intro}</p>
      {numbers.all.asked === 0 ? (
        <Empty title={words.none}>
          <p>{words.noneText}</p>
        </Empty>
      ) : (
        <>
          <Facts {...props} />
          {numbers.more && <p class="hint">{more.more}</p>}
          {numbers.byNewsletter.length > 1 && (
            <>
              <h2>{more.byNewsletter}</h2>
              <ByNewsletter {...props} />
            </>
          )}
          {rows && (
            <>
              <h2>{more.each}</h2>
              <Each {...props} rows={rows} />
              <Pager newer={first} older={older} language={language} />
            </>
          )}
          <h2>{more.byDay}</h2>
          <ByDay {...props} />
        </>
      )}
    </WorkspacePage>
  )
}

const Facts = ({ numbers, language }: Props) => {
  const words = signUpNumberWords[language]
  const { all } = numbers
  const facts = [
    [words.asked, sayNumber(all.asked, language)],
    [words.confirmed, sayNumber(all.confirmed, language)],
    [words.shareLong, confirmedShare(all, language)],
    [words.time, all.secondsToConfirm === null ? '–' : sayTime(all.secondsToConfirm, language)],
    [words.waiting, sayNumber(all.waiting, language)],
    [words.refused, sayNumber(all.refused, language)],
    [words.objected, sayNumber(all.objected, language)],
  ] as const
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd class="number">{value}</dd>
        </>
      ))}
    </dl>
  )
}

/** The share of those who were asked, and answered, or could have by now. */
const confirmedShare = ({ confirmed, asked, refused }: SignUpCounts, language: Language): string =>
  sayShare(confirmed, asked - refused, language) || '–'

function sayTime(seconds: number, language: Language): string {
  const words = signUpNumberWords[language]
  if (seconds < 60) return words.seconds(Math.round(seconds))
  return seconds < 5400 ? words.minutes(Math.round(seconds / 60)) : words.hours(Math.round(seconds / 3600))
}

const counted = (language: Language): Column<SignUpCounts>[] => {
  const words = signUpNumberWords[language]
  return [
    { head: words.asked, kind: 'number', cell: row => sayNumber(row.asked, language) },
    { head: words.confirmed, kind: 'number', cell: row => sayNumber(row.confirmed, language) },
    { head: words.share, kind: 'number', cell: row => confirmedShare(row, language) },
    { head: words.waiting, kind: 'number', cell: row => sayNumber(row.waiting, language) },
  ]
}

const ByNewsletter = ({ numbers, newsletters, language }: Props) => (
  <Table
    caption={signUpNumberWords[language].byNewsletter}
    rows={numbers.byNewsletter}
    columns={[
      {
        head: readerWords[language].newsletter,
        kind: 'title',
        cell: row => nameIn(newsletters, language)(row.newsletterId),
      },
      ...counted(language),
    ]}
  />
)

const ByDay = ({ numbers, language }: Props) => (
  <Table
    caption={signUpNumberWords[language].byDay}
    rows={numbers.byDay}
    columns={[
      {
        head: signUpNumberWords[language].day,
        kind: 'title',
        cell: row => dayOfYear(new Date(`${row.day}T12:00:00Z`), 'UTC', language),
      },
      ...counted(language),
    ]}
  />
)

const Each = ({ rows, newsletters, sight, ...frame }: Props & { rows: SignUp[] }) => {
  const { language } = frame
  const words = signUpWords[language]
  const names = readerWords[language]
  const nameOf = nameIn(newsletters, language)
  return (
    <>
      {sight !== 'all' && <p class="hint">{signUpNumberWords[language].masked}</p>}
      <Table
        caption={words.caption}
        rows={rows}
        columns={[
          { head: names.address, cell: row => row.address },
          { head: names.newsletter, cell: row => row.newsletterIds.map(nameOf).join(', ') },
          {
            head: words.state,
            cell: row => <Status tone={tones[row.state]}>{words.states[row.state]}</Status>,
          },
          { head: words.form, cell: row => words.forms[row.form] },
          { head: oneReaderWords[language].when, cell: row => <When at={row.createdAt} {...frame} /> },
        ]}
      />
    </>
  )
}
