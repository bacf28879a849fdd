import { pino, type Level, type Logger } from 'pino'

export type LogFormat = 'text' | 'json'

interface Line {
  level: number
  time: number
  msg?: string
  [field: string]: unknown
}

const LEVEL_NAMES: Record<number, string> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
}

/** One JSON log line as a person reads it: time, level, message, then the fields. */
export function formatLogLine(json: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(json) as Line & {
    err?: { stack?: string; message?: string }
  }
  const clock = new Date(time).toISOString().slice(11, 23)
  const rest = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const head = [clock, (LEVEL_NAMES[level] ?? String(level)).padEnd(5), msg, ...rest]
    .filter(Boolean)
    .join(' ')
  return err ? `${head}\n${err.stack ?? err.message ?? ''}\n` : `${head}\n`
}

/** The structured log of the process: JSON lines for machines, or lines for the person at the terminal. */
export function createLog(options: {
  level: Level | 'silent'
  format: LogFormat
  write?: (text: string) => void
}): Logger {
  const write = options.write ?? ((text: string) => void process.stdout.write(text))
  const base = { level: options.level, base: null }
  if (options.format === 'json') return pino(base, { write })
  return pino(base, { write: (line: string) => write(formatLogLine(line)) })
}
