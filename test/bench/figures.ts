import type { SinkFigures } from '../support/smtp-sink.ts'
import type { MeasuredSend } from './measured-send.ts'

export type Figure = Record<string, string | number>

/** One dispatch beside its peer, as it is printed. */
export const figuresOf = (ours: MeasuredSend, theirs: SinkFigures, peer: string): Figure => {
  const theirRate = (theirs.count / theirs.span) * 1000
  return {
    unit: 'messages/s',
    ours: Math.round(ours.perSecond),
    peer,
    theirs: Math.round(theirRate),
    ratio: round(ours.perSecond / theirRate, 2),
    bytes: Math.round(ours.sink.bytes / ours.sink.count),
    theirBytes: Math.round(theirs.bytes / theirs.count),
    ...costsOf(ours),
    p50Ms: round(ours.sink.p50, 2),
    p99Ms: round(ours.sink.p99, 2),
    theirP50Ms: round(theirs.p50, 2),
    theirP99Ms: round(theirs.p99, 2),
    startMs: Math.round(ours.startMs),
    ...leftBy(ours),
  }
}

export const costsOf = ({ cpu, sinkBusy, peak }: MeasuredSend) => ({
  cpuMsPerMessage: round(cpu.sender, 4),
  postgresCpuMsPerMessage: round(cpu.postgres, 4),
  sinkCpuMsPerMessage: round(cpu.sink, 4),
  sinkBusy: round(sinkBusy, 2),
  peakMB: Math.round(peak / 1e6),
})

const leftBy = ({ left }: MeasuredSend) => ({
  deadRowsPerDelivery: round(left.deadRows, 3),
  indexedAnewPerDelivery: round(left.touchedIndexes, 3),
  heapBytesPerDelivery: Math.round(left.heap),
  indexBytesPerDelivery: Math.round(left.indexes),
  walBytesPerDelivery: Math.round(left.wal),
})

export const round = (value: number, digits: number) => Number(value.toFixed(digits))

/** Throws where a figure is no number: a bench that measured nothing must not look like one that did. */
export function checkFigure(figure: Figure): Figure {
  for (const [name, value] of Object.entries(figure))
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${name} is ${value}`)
  return figure
}
