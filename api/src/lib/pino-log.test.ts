import { describe, expect, it } from 'vitest'
import { createLog } from './pino-log.ts'

function capture(format: 'text' | 'json'): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = []
  return {
    lines,
    log: createLog({ level: 'info', format, write: (text) => void lines.push(text) }),
  }
}

describe('the log', () => {
  it('writes one JSON object a line for machines', () => {
    const { lines, log } = capture('json')
    log.info({ port: 3000 }, 'listening')
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 30, port: 3000, msg: 'listening' })
  })

  it('writes time, level, message and fields for a person', () => {
    const { lines, log } = capture('text')
    log.warn({ port: 3000, host: 'localhost' }, 'slow start')
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} WARN {2}slow start port=3000 host=localhost\n$/,
    )
  })

  it('keeps the stack of an error', () => {
    const { lines, log } = capture('text')
    log.error({ err: new Error('broken') }, 'bug')
    expect(lines[0]).toContain('Error: broken\n    at ')
  })

  it('leaves out what is below its level', () => {
    const { lines, log } = capture('text')
    log.debug({}, 'chatter')
    expect(lines).toEqual([])
  })
})
