import { scaleBand, scaleLinear } from 'd3-scale'
import { curveMonotoneX, line } from 'd3-shape'
import { sayNumber } from '../../domain/dates.ts'
import type { Language } from '../../domain/languages.ts'
import { growthWords } from '../../domain/words/growth.ts'
import type { Period } from '../../store/reader-days.ts'

type Props = {
  periods: Period[]
  title: string
  description: string
  /** A period's name, short, for the axis. */
  nameOf(period: Period): string
  language: Language
}

const width = 880
const left = 76
const right = 44
const top = 16
/** Above, how many read; below, who came and went. */
const upper = { from: top, to: 190 }
const lower = { from: 226, to: 346 }
const bottom = 386

/** How many read, as a line, over who joined, as bars up, and who left, as bars down. */
export const GrowthChart = ({ periods, title, description, nameOf, language }: Props) => {
  const words = growthWords[language]
  const x = scaleBand(
    periods.map(period => period.from),
    [left, width - right],
  ).paddingInner(0.25)
  const actives = periods.map(period => period.active)
  const active = scaleLinear(around(actives), [upper.to, upper.from]).nice(4)
  const most = Math.max(1, ...periods.flatMap(period => [period.joined, period.gone]))
  const goes = Math.max(0, ...periods.map(period => period.gone))
  const flow = scaleLinear([-goes, most], [lower.to, lower.from]).nice(4)
  const middle = (period: Period) => x(period.from)! + x.bandwidth() / 2
  const path = line<Period>(middle, period => active(period.active)).curve(curveMonotoneX)(periods)
  const every = Math.ceil(periods.length / 5)
  const named = periods.filter((_, index) => (periods.length - 1 - index) % every === 0)
  const whole = (value: number) => Number.isInteger(value)
  return (
    <figure class="growth">
      <svg viewBox={`0 0 ${width} ${bottom}`} role="img" aria-labelledby="growth-title growth-text">
        <title id="growth-title">{title}</title>
        <desc id="growth-text">{description}</desc>
        <g class="growth-grid">
          {active
            .ticks(4)
            .filter(whole)
            .map(value => (
              <Rule y={active(value)} text={sayNumber(value, language)} />
            ))}
          {flow
            .ticks(3)
            .filter(whole)
            .map(value => (
              <Rule y={flow(value)} text={sayNumber(Math.abs(value), language)} strong={value === 0} />
            ))}
        </g>
        <g>
          {periods.map(period => (
            <g>
              <title>
                {`${nameOf(period)}: ${words.joined} ${sayNumber(period.joined, language)}, ${words.gone} ${sayNumber(period.gone, language)}, ${sayNumber(period.active, language)}`}
              </title>
              <rect
                class="growth-joined"
                x={round(x(period.from)!)}
                width={round(x.bandwidth())}
                y={round(flow(period.joined))}
                height={round(flow(0) - flow(period.joined))}
              />
              <rect
                class="growth-gone"
                x={round(x(period.from)!)}
                width={round(x.bandwidth())}
                y={round(flow(0))}
                height={round(flow(-period.gone) - flow(0))}
              />
            </g>
          ))}
        </g>
        {periods.length > 1 ? (
          <path class="growth-active" d={path ?? ''} />
        ) : (
          <circle class="growth-active-dot" cx={middle(periods[0]!)} cy={active(periods[0]!.active)} r="4" />
        )}
        <g class="growth-names">
          {named.map((period, index) => (
            <text
              x={round(middle(period))}
              y={bottom - 10}
              text-anchor="middle"
              class={(named.length - 1 - index) % 2 ? 'growth-name-second' : undefined}
            >
              {nameOf(period)}
            </text>
          ))}
        </g>
      </svg>
      <figcaption class="growth-key">
        <span class="growth-key-active">{title}</span>
        <span class="growth-key-joined">{words.joined}</span>
        <span class="growth-key-gone">{words.gone}</span>
      </figcaption>
    </figure>
  )
}

const Rule = ({ y, text, strong }: { y: number; text: string; strong?: boolean }) => (
  <g>
    <line
      x1={left}
      x2={width - right}
      y1={round(y)}
      y2={round(y)}
      class={strong ? 'growth-zero' : undefined}
    />
    <text x={left - 10} y={round(y + 5)} text-anchor="end">
      {text}
    </text>
  </g>
)

/** A line that hardly moves would be flat over zero: the axis begins near the least, unless zero is near. */
function around(values: number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const from = low < (high - low) * 2 ? 0 : low
  return [from, Math.max(high, from + 4)]
}

const round = (value: number) => Math.round(value * 10) / 10
