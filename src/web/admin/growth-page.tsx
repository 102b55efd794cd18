import { dayOfYear, plainDay, sayNumber } from '../../domain/dates.ts'
import { type GrowthRange, type GrowthStep, growthRanges, stepsOf } from '../../domain/growth.ts'
import type { Language } from '../../domain/languages.ts'
import { growthWords } from '../../domain/words/growth.ts'
import { oneReaderWords } from '../../domain/words/one-reader.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { anyNewsletter, type GrowthOf, type Period } from '../../store/reader-days.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Select } from '../views/parts/fields.tsx'
import { Empty } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { GrowthChart } from './growth-chart.tsx'
import { ReadersTabs } from './readers-tabs.tsx'

type Props = WorkspaceFrame & {
  newsletters: Newsletter[]
  newsletter?: Newsletter
  range: GrowthRange
  step: GrowthStep
  /** The oldest first. */
  periods: Period[]
  sums: Map<number, GrowthOf>
  countedAt?: Date
}

/** Who joined, who left and who reads: a chart, and a table with the same numbers. */
export const GrowthPage = (props: Props) => {
  const { periods, sums, newsletters, newsletter, range, step, countedAt, ...frame } = props
  const { language, publication } = frame
  const words = growthWords[language]
  return (
    <WorkspacePage {...frame} title={words.title} current="readers">
      <ReadersTabs current="growth" actor={frame.actor} />
      <Choice {...props} />
      {periods.length === 0 ? (
        <Empty title={words.none}>
          <p>{words.noneText}</p>
        </Empty>
      ) : (
        <>
          <GrowthChart
            periods={periods}
            title={newsletter ? words.chart(newsletter.name) : words.chartAny}
            description={describe(periods, language)}
            nameOf={period => nameOf(period, step, language, 'short')}
            language={language}
          />
          {!newsletter && newsletters.length > 1 && <ByNewsletter {...props} />}
          <h2>{words.table}</h2>
          <div class="growth-table">
            <PeriodTable {...{ periods, step, language }} />
          </div>
          <p class="hint">
            {words.note}
            {countedAt && (
              <>
                {' '}
                {words.counted} <Time at={countedAt} zone={publication.timeZone} language={language} />.
              </>
            )}
          </p>
        </>
      )}
    </WorkspacePage>
  )
}

const Choice = ({ newsletters, newsletter, range, step, language }: Props) => {
  const words = growthWords[language]
  const query = (more: { range?: string; by?: string }) =>
    `/admin/readers/growth?${new URLSearchParams({ ...(newsletter && { newsletter: newsletter.slug }), range, by: step, ...more })}`
  return (
    <div class="growth-choice">
      <nav aria-label={words.range} class="growth-switch">
        {(Object.keys(growthRanges) as GrowthRange[]).map(one => (
          <a
            href={query({ range: one, by: stepsOf[one].includes(step) ? step : stepsOf[one][0]! })}
            aria-current={one === range ? 'true' : undefined}
          >
            {words.ranges[one]}
          </a>
        ))}
      </nav>
      {stepsOf[range].length > 1 && (
        <nav aria-label={words.step} class="growth-switch">
          {stepsOf[range].map(one => (
            <a href={query({ by: one })} aria-current={one === step ? 'true' : undefined}>
              {words.steps[one]}
            </a>
          ))}
        </nav>
      )}
      {newsletters.length > 1 && (
        <form method="get" action="/admin/readers/growth" class="growth-newsletter">
          <input type="hidden" name="range" value={range} />
          <input type="hidden" name="by" value={step} />
          <Select
            name="newsletter"
            label={words.newsletter}
            value={newsletter?.slug ?? ''}
            options={[
              { value: '', label: words.any },
              ...newsletters.map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
          />
          <Button>{words.show}</Button>
        </form>
      )}
    </div>
  )
}

const PeriodTable = ({ periods, step, language }: Pick<Props, 'periods' | 'step' | 'language'>) => {
  const words = growthWords[language]
  return (
    <Table
      caption={words.table}
      rows={periods.toReversed()}
      columns={[
        { head: words.steps[step], kind: 'title', cell: row => nameOf(row, step, language, 'long') },
        { head: words.joined, kind: 'number', cell: row => sayNumber(row.joined, language) },
        { head: words.gone, kind: 'number', cell: row => sayNumber(row.gone, language) },
        { head: words.change, kind: 'number', cell: row => change(row, language) },
        { head: words.active, kind: 'number', cell: row => sayNumber(row.active, language) },
      ]}
    />
  )
}

const ByNewsletter = ({ newsletters, sums, language }: Props) => {
  const words = growthWords[language]
  const none = { joined: 0, gone: 0, active: 0 }
  const rows = [
    ...newsletters.map(({ id, name }) => ({ name, ...(sums.get(id) ?? none) })),
    { name: words.any, ...(sums.get(anyNewsletter) ?? none) },
  ]
  return (
    <>
      <h2>{words.byNewsletter}</h2>
      <div class="growth-table">
        <Table
          caption={words.byNewsletter}
          rows={rows}
          columns={[
            { head: words.newsletter, kind: 'title', cell: row => row.name },
            { head: words.joined, kind: 'number', cell: row => sayNumber(row.joined, language) },
            { head: words.gone, kind: 'number', cell: row => sayNumber(row.gone, language) },
            { head: words.change, kind: 'number', cell: row => change(row, language) },
            {
              head: oneReaderWords[language].active,
              kind: 'number',
              cell: row => sayNumber(row.active, language),
            },
          ]}
        />
      </div>
    </>
  )
}

function change({ joined, gone }: { joined: number; gone: number }, language: Language): string {
  const net = joined - gone
  if (net === 0) return '0'
  return `${net > 0 ? '+' : '−'}${sayNumber(Math.abs(net), language)}`
}

/** A day names itself the same in every zone. */
const dateOf = (day: string) => new Date(`${day}T12:00:00Z`)

function nameOf({ from }: Period, step: GrowthStep, language: Language, length: 'short' | 'long'): string {
  const at = dateOf(from)
  if (step === 'month')
    return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
      month: length === 'long' ? 'long' : 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }).format(at)
  if (length === 'short') return plainDay(at, 'UTC', language)
  const day = dayOfYear(at, 'UTC', language)
  return step === 'week' ? growthWords[language].weekFrom(day) : day
}

function describe(periods: Period[], language: Language): string {
  const [first, last] = [periods[0]!, periods.at(-1)!]
  const sum = (of: 'joined' | 'gone') =>
    sayNumber(
      periods.reduce((total, period) => total + period[of], 0),
      language,
    )
  const before = first.active - first.joined + first.gone
  return growthWords[language].describe(
    dayOfYear(dateOf(first.from), 'UTC', language),
    dayOfYear(dateOf(last.from), 'UTC', language),
    sayNumber(Math.max(0, before), language),
    sayNumber(last.active, language),
    sum('joined'),
    sum('gone'),
  )
}
