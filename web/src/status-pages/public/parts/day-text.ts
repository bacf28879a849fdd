import type { Day } from '../day-bars.ts'
import { useSpeech } from '../speech.ts'

/** What a day says when it is pointed at. */
export function useDayText(): (day: Day) => string {
  const speech = useSpeech()
  const happened = ({ mark, downMs }: Day): string => {
    const { text, span } = speech.value
    const state = text(`day.${mark}`)
    return downMs > 0 ? text('day.down', { state, duration: span(downMs) }) : state
  }
  return (day) =>
    speech.value.text('day.on', { date: speech.value.day(day.day), text: happened(day) })
}
