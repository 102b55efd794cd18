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

const left = 76
const right = 44
/** Above, how many read; below, who came and went. */
const upper = { from: 16, to: 190 }
const lower = { from: 226, to: 346 }
const bottom = 386

/**
 * How many read, as a line, over who joined, as bars up, and who left, as bars down. Drawn for a wide screen and for a
 * narrow one, of which a style shows one: letters must not shrink with the picture.
 */
export const GrowthChart = (props: Props) => {
  const words = growthWords[props.language]
  return (
    <figure class="growth">
      <Drawing {...props} width={880} id="growth" />
      <Drawing {...props} width={400} id="growth-narrow" />
      <figcaption class="growth-key">
        <span class="growth-key-active">{props.title}</span>
        <span class="growth-key-joined">{words.joined}</span>
        <span class="growth-key-gone">{words.gone}</span>
      </figcaption>
    </figure>
  )
}

type DrawingProps = Props & { width: number; id: string }

const Drawing = ({ periods, title, description, nameOf, language, width, id }: DrawingProps) => {
  const x = scaleBand(
    periods.map(period => period.from),
    [left, width - right],
  ).paddingInner(0.25)
  const active = scaleLinear(around(periods.map(period => period.active)), [upper.to, upper.from]).nice(4)
  const most = Math.max(1, ...periods.flatMap(period => [period.joined, period.gone]))
  const goes = Math.max(0, ...periods.map(period => period.gone))
  const flow = scaleLinear([-goes, most], [lower.to, lower.from]).nice(3)
  const middle = (period: Period) => x(period.from)! + x.bandwidth() / 2
  const path = line<Period>(middle, period => active(period.active)).curve(curveMonotoneX)(periods)
  const every = Math.ceil(periods.length / (width > 600 ? 5 : 3))
  const named = periods.filter((_, index) => (periods.length - 1 - index) % every === 0)
  return (
    <svg class={id} viewBox={`0 0 ${width} ${bottom}`} role="img" aria-labelledby={`${id}-title ${id}-text`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-text`}>{description}</desc>
      <g class="growth-grid">
        {active
          .ticks(4)
          .filter(Number.isInteger)
          .map(value => (
            <Rule y={active(value)} to={width - right} text={sayNumber(value, language)} />
          ))}
        {flow
          .ticks(3)
          .filter(Number.isInteger)
          .map(value => (
            <Rule
              y={flow(value)}
              to={width - right}
              text={sayNumber(Math.abs(value), language)}
              strong={value === 0}
            />
          ))}
      </g>
      {periods.map(period => (
        <Bars
          {...{ period, flow, language }}
          x={round(x(period.from)!)}
          width={round(x.bandwidth())}
          name={nameOf(period)}
        />
      ))}
      {periods.length > 1 ? (
        <path class="growth-active" d={path ?? ''} />
      ) : (
        <circle class="growth-active-dot" cx={middle(periods[0]!)} cy={active(periods[0]!.active)} r="4" />
      )}
      {named.map(period => (
        <text x={round(middle(period))} y={bottom - 10} text-anchor="middle">
          {nameOf(period)}
        </text>
      ))}
    </svg>
  )
}

type BarsProps = {
  period: Period
  flow(value: number): number
  x: number
  width: number
  name: string
  language: Language
}

const Bars = ({ period, flow, x, width, name, language }: BarsProps) => {
  const words = growthWords[language]
  const [joined, gone, active] = [period.joined, period.gone, period.active].map(n => sayNumber(n, language))
  return (
    <g>
      <title>{`${name}: ${words.joined} ${joined}, ${words.gone} ${gone}, ${active}`}</title>
      <rect
        class="growth-joined"
        x={x}
        width={width}
        y={round(flow(period.joined))}
        height={round(flow(0) - flow(period.joined))}
      />
      <rect
        class="growth-gone"
        x={x}
        width={width}
        y={round(flow(0))}
        height={round(flow(-period.gone) - flow(0))}
      />
    </g>
  )
}

const Rule = ({ y, to, text, strong }: { y: number; to: number; text: string; strong?: boolean }) => (
  <g>
    <line x1={left} x2={to} y1={round(y)} y2={round(y)} class={strong ? 'growth-zero' : undefined} />
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
