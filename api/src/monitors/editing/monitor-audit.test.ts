import { expect, it } from 'vitest'
import { updatedRecords } from './monitor-audit.ts'
import type { MonitorDraft } from './monitor.rules.ts'

const draft: MonitorDraft = {
  ...{ name: 'Job', kind: 'push', target: '', settings: { periodSeconds: 60 }, secrets: {} },
  ...{ conditions: [], intervalSeconds: 60, timeoutMs: 1000, retryIntervalSeconds: 20 },
  ...{ failAfter: 1, failForSeconds: 0, recoverAfter: 1, recoverForSeconds: 0 },
}
/** As the database has it: with more than a person edits. */
const stored = { ...draft, id: 'x', version: 3, pushTokenHash: Buffer.from('abc'), isPaused: false }

it('an edit that changes nothing is no entry, whatever else the database knows of the monitor', () => {
  expect(updatedRecords('x', stored, draft)).toEqual([])
})

it('an entry holds what was changed and nothing else', () => {
  expect(
    updatedRecords('x', stored, { ...draft, name: 'Night job', settings: { periodSeconds: 90 } }),
  ).toEqual([
    {
      ...{ action: 'monitor.update', targetType: 'monitor', targetId: 'x', targetName: 'Job' },
      before: { name: 'Job', periodSeconds: 60 },
      after: { name: 'Night job', periodSeconds: 90 },
    },
  ])
})

it('a secret that has another value is told, its value never', () => {
  const [record] = updatedRecords(
    'x',
    { ...stored, secrets: { token: 'one' } },
    { ...draft, secrets: { token: 'two' } },
  )
  expect(record).toMatchObject({ before: { token: '•••' }, after: { token: '••• (another one)' } })
  expect(JSON.stringify(record)).not.toMatch(/"one"|two/)
})

it('the body of a request is told of like a secret: that it is another one, never what it says', () => {
  const [record] = updatedRecords(
    'x',
    { ...stored, settings: { body: '{"user":"one"}' } },
    { ...draft, settings: { body: '{"user":"two"}' } },
  )
  expect(record).toMatchObject({ before: { body: '•••' }, after: { body: '••• (another one)' } })
  expect(JSON.stringify(record)).not.toMatch(/"one"|two/)
})
