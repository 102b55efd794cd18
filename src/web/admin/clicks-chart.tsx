import { scaleLinear } from 'd3-scale'
import { area, curveStepAfter, line } from 'd3-shape'
import { clock, sayNumber, weekdayClock } from '../../domain/dates.ts'
import type { Language } from '../../domain/languages.ts'
import { outcomeWords } from '../../domain/words/outcome.ts'
import type { HourOfClicks } from '../../store/clicks.ts'

const hour = 3_600_000
/** What comes after three days changes the picture no more, and would press the first of them together. */
const mostHours = 72
const leastHours = 6
/** Labels under it that don't touch each other on a telephone. */
const mostLabels = 4

const height = { top: 18, plot: 140, labels: 22 }

type Props = {
  clicks: readonly HourOfClicks[]
  /** When sending started. */
  from: Date
  zone: string
  language: Language
}

/** How often the links of a digest were followed, by the hour: a drawing that the tables beneath say in numbers. */
export const ClicksChart = ({ clicks, from, zone, language }: Props) => {
  const words = outcomeWords[language]
  const hours = byHour(clicks, from)
  const x = scaleLinear().domain([0, hours.length]).range([0, 1000])
  const y = scaleLinear()
    .domain([0, Math.max(4, ...hours.map(({ count }) => count))])
    .nice(4)
    .range([height.plot, 0])
  const ticks = y.ticks(4)
  // A step ends where the next begins: the last one has its whole hour.
  const steps = [...hours, hours.at(-1)!].map(({ count }, index) => ({ at: x(index), to: y(count) }))
  const sum = clicks.reduce((all, one) => all + one.clicks, 0)
  const peak = hours.reduce((most, one) => (one.count > most.count ? one : most))
  const say = (at: Date) => (hours.length > 24 ? weekdayClock : clock)(at, zone, language)
  // Links may have been followed later than it shows alone.
  const busiest = peak.count ? words.chartSays(peak.count, say(peak.at)) : ''
  return (
    <figure class="chart">
      <svg
        role="img"
        width="100%"
        height={height.top + height.plot + height.labels}
        aria-label={`${words.chart(sum)}${busiest}.`}
      >
        {ticks.map(tick => (
          <line class="chart-rule" x1="0" x2="100%" y1={height.top + y(tick)} y2={height.top + y(tick)} />
        ))}
        <svg
          aria-hidden="true"
          y={height.top}
          width="100%"
          height={height.plot}
          viewBox={`0 0 1000 ${height.plot}`}
          preserveAspectRatio="none"
        >
          <path class="chart-area" d={areaOf(steps) ?? ''} />
          <path class="chart-line" vector-effect="non-scaling-stroke" d={lineOf(steps) ?? ''} />
        </svg>
        {ticks.slice(1).map(tick => (
          <text class="chart-number" x="100%" y={height.top + y(tick) - 4}>
            {sayNumber(tick, language)}
          </text>
        ))}
        {labelled(hours).map(({ at, index }) => (
          <text
            x={`${x(index) / 10}%`}
            y={height.top + height.plot + 17}
            text-anchor={index === 0 ? 'start' : 'middle'}
          >
            {say(at)}
          </text>
        ))}
      </svg>
      <figcaption class="hint">
        {words.first(hours.length)} {words.scanners}
      </figcaption>
    </figure>
  )
}

type Step = { at: number; to: number }
const lineOf = line<Step>(
  step => step.at,
  step => step.to,
).curve(curveStepAfter)
const areaOf = area<Step>(
  step => step.at,
  height.plot,
  step => step.to,
).curve(curveStepAfter)

/** Every hour from the one in which sending started, also those without a click. */
function byHour(clicks: readonly HourOfClicks[], from: Date): { at: Date; count: number }[] {
  const first = Math.floor(from.getTime() / hour)
  const counts = new Map<number, number>()
  for (const { hour: at, clicks: count } of clicks) {
    const index = at.getTime() / hour - first
    counts.set(index, (counts.get(index) ?? 0) + count)
  }
  const length = Math.min(mostHours, Math.max(leastHours, ...[...counts.keys()].map(index => index + 1)))
  return Array.from({ length }, (_, index) => ({
    at: new Date((first + index) * hour),
    count: counts.get(index) ?? 0,
  }))
}

/** Those under which their time stands, not too near to the right edge. */
function labelled(hours: readonly { at: Date }[]): { at: Date; index: number }[] {
  const step = [1, 2, 3, 6, 12, 24].find(one => hours.length / one <= mostLabels) ?? 24
  return hours
    .map(({ at }, index) => ({ at, index }))
    .filter(({ index }) => index % step === 0 && (index === 0 || hours.length - index > step / 3))
}
