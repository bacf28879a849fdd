import type { StatusChange } from './monitor-events.ts'

export interface Notice {
  tone: 'bad' | 'good'
  /** Message key, with its values. */
  key: string
  values: { name: string; n: number }
  text: string | null
  /** The monitor to open; null when the notice is about several. */
  monitorId: string | null
}

/** More than so many at once are told as a number. */
const MOST_BY_NAME = 2

/** What deserves a notice: what went down, and what came back from being down. */
export function noticesOf(changes: readonly StatusChange[]): Notice[] {
  const last = new Map(changes.map((change) => [change.monitorId, change]))
  const latest = [...last.values()]
  const down = latest.filter(({ to }) => to === 'DOWN')
  const back = latest.filter(
    ({ from, to }) => from === 'DOWN' && (to === 'UP' || to === 'DEGRADED'),
  )
  return [...told(down, 'bad', 'monitors.news.down'), ...told(back, 'good', 'monitors.news.back')]
}

/** The message key and values of each change, for those who listen instead of look. */
export function sentencesOf(
  changes: readonly StatusChange[],
): { key: string; values: Record<string, unknown> }[] {
  if (changes.length > 3) return [{ key: 'monitors.news.many', values: { n: changes.length } }]
  return changes.map(({ name, to }) => ({ key: `monitors.news.to.${to}`, values: { name } }))
}

function told(changes: readonly StatusChange[], tone: Notice['tone'], key: string): Notice[] {
  const [first] = changes
  if (!first) return []
  if (changes.length > MOST_BY_NAME) {
    const values = { name: first.name, n: changes.length }
    return [{ tone, key: `${key}Many`, values, text: null, monitorId: null }]
  }
  return changes.map(({ name, reason, monitorId }) => ({
    tone,
    key,
    values: { name, n: 1 },
    text: tone === 'bad' ? reason : null,
    monitorId,
  }))
}
