import type uPlot from 'uplot'
import { formatDay, formatMoment } from '../../lib/time/index.ts'
import { lonelyPoints, type ChartSeries, type ChartZone } from './chart-data.ts'
import { fade } from './token-color.ts'

export interface PlotRequest {
  width: number
  height: number
  series: readonly ChartSeries[]
  zones: readonly ChartZone[]
  /** Ends of the time axis in ms; by default those of the data. */
  range?: { fromMs: number; toMs: number }
  /** Colour of a token at present. */
  color(token: string): string
  font: string
  format(value: number): string
  pointed(index: number | null, left: number): void
}

const DAY_MS = 86_400_000
const AXIS_GAP = 6

/** Builds uPlot's options; colours are fixed, so a change of theme makes a new plot. */
export function plotOptions(request: PlotRequest): uPlot.Options {
  const { width, height, range } = request
  return {
    width,
    height,
    ms: 1,
    legend: { show: false },
    padding: [10, 8, 0, 0],
    cursor: {
      y: false,
      drag: { setScale: false },
      points: { size: 7, width: 2, fill: request.color('card') },
    },
    scales: {
      x: range ? { time: true, range: [range.fromMs, range.toMs] } : { time: true },
      y: { range: (_plot, _min, max) => [0, niceTop(max)] },
    },
    axes: axesOf(request),
    series: [{}, ...request.series.map((each) => seriesOf(each, request))],
    hooks: {
      drawClear: [(plot) => drawZones(plot, request)],
      setCursor: [({ cursor }) => request.pointed(cursor.idx ?? null, cursor.left ?? 0)],
    },
  }
}

/** The next round number above the highest value: the axis has air and its labels are plain. */
export function niceTop(max: number | null): number {
  if (!max || !Number.isFinite(max)) return 100
  const wanted = max * 1.1
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= wanted) ?? 10
  return step * power
}

function axesOf({ color, font, format }: PlotRequest): uPlot.Axis[] {
  const look: uPlot.Axis = {
    stroke: color('muted'),
    font,
    gap: AXIS_GAP,
    grid: { stroke: color('line'), width: 1 },
    ticks: { show: false },
  }
  const times = (plot: uPlot, splits: number[]) => {
    const span = (plot.scales['x']?.max ?? 0) - (plot.scales['x']?.min ?? 0)
    return splits.map((at) => (span > 2 * DAY_MS ? formatDay(at) : formatMoment(at, at)))
  }
  const values = (_plot: uPlot, splits: number[]) => splits.map((value) => format(value))
  return [
    { ...look, values: times, space: 70, size: 26, grid: { show: false } },
    { ...look, values, space: 36, size: 62 },
  ]
}

function seriesOf(each: ChartSeries, { color }: PlotRequest): uPlot.Series {
  const stroke = color(each.color)
  return {
    label: each.label,
    stroke,
    width: 1.5,
    ...(each.isDashed ? { dash: [4, 4] } : {}),
    ...(each.isFilled ? { fill: (plot: uPlot) => downwardFade(plot, stroke) } : {}),
    points: {
      size: 4,
      stroke,
      fill: stroke,
      filter: (plot, index) => lonelyPoints([...(plot.data[index] ?? [])]),
    },
  }
}

function downwardFade(plot: uPlot, stroke: string): CanvasGradient | string {
  const { top, height } = plot.bbox
  if (!Number.isFinite(top + height)) return 'transparent'
  const gradient = plot.ctx.createLinearGradient(0, top, 0, top + height)
  gradient.addColorStop(0, fade(stroke, 0.32))
  gradient.addColorStop(1, fade(stroke, 0))
  return gradient
}

function drawZones(plot: uPlot, { zones, color }: PlotRequest): void {
  const { left, top, width, height } = plot.bbox
  for (const zone of zones) {
    const from = Math.max(left, plot.valToPos(zone.fromMs, 'x', true))
    const to = Math.min(left + width, plot.valToPos(zone.toMs, 'x', true))
    if (to <= from) continue
    plot.ctx.fillStyle = fade(color(zone.color), 0.14)
    plot.ctx.fillRect(from, top, Math.max(to - from, 2), height)
  }
}
