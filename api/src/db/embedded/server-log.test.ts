import { appendFileSync, closeSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boundLog, logSince, openLog } from './server-log.ts'

let folder: string
let log: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'allswell-log-'))
  log = path.join(folder, 'postgres.log')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the log of the database', () => {
  it('is for its owner only, and goes on where it ended', () => {
    closeSync(openLog({ log }).handle)
    expect(statSync(log).mode & 0o777).toBe(0o600)
    appendFileSync(log, 'first\n')
    const { handle, from } = openLog({ log })
    closeSync(handle)
    appendFileSync(log, 'second\n')
    expect(logSince({ log }, from)).toBe('second\n')
  })

  it('is cut when it has grown too long, and the part before it is kept', () => {
    appendFileSync(log, 'x'.repeat(101))
    boundLog({ log }, 100)
    expect(statSync(log).size).toBe(0)
    expect(readFileSync(`${log}.1`, 'utf8')).toHaveLength(101)
    appendFileSync(log, 'short')
    boundLog({ log }, 100)
    expect(readFileSync(log, 'utf8')).toBe('short')
  })

  it('shows only its end when much was logged', () => {
    appendFileSync(log, `${'x'.repeat(10_000)}the end`)
    expect(logSince({ log }, 0)).toHaveLength(4_000)
    expect(logSince({ log }, 0)).toMatch(/the end$/)
  })

  it('is empty when there is none', () => {
    boundLog({ log })
    expect(logSince({ log }, 0)).toBe('')
  })
})
