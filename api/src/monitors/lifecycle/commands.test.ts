import { describe, expect, it } from 'vitest'
import { initialState, shownStatus, step } from '../state/machine.ts'
import { type Command, type Standing, decide } from './commands.ts'

const HOUR = 3_600_000
const NOW = 100 * HOUR
const RULES = { intervalMs: 1000, failAfter: 1, failForMs: 0, recoverAfter: 1, recoverForMs: 0 }
const up = step(
  initialState(),
  { kind: 'beat', slotUs: 1, verdict: 'UP', reason: null },
  RULES,
).state
const paused = step(up, { kind: 'paused', atUs: 2 }, RULES).state

const active: Standing = { isPaused: false, deletedAtMs: null }
const resting: Standing = { isPaused: true, deletedAtMs: null }
const deleted: Standing = { isPaused: false, deletedAtMs: NOW - HOUR }
const deletedPaused: Standing = { isPaused: true, deletedAtMs: NOW - HOUR }
const longGone: Standing = { isPaused: false, deletedAtMs: NOW - 25 * HOUR }

describe('a command', () => {
  it.each<[Command, string, Standing, typeof up, string]>([
    ['pause', 'an active monitor', active, up, 'PAUSED'],
    ['pause', 'a paused monitor', resting, paused, 'as it was'],
    ['pause', 'a deleted monitor', deleted, paused, 'not there'],
    ['resume', 'a paused monitor', resting, paused, 'PENDING'],
    ['resume', 'an active monitor', active, up, 'as it was'],
    ['resume', 'a deleted monitor', deleted, paused, 'not there'],
    ['delete', 'an active monitor', active, up, 'PAUSED'],
    ['delete', 'a deleted monitor', deleted, paused, 'not there'],
    ['restore', 'a deleted monitor', deleted, paused, 'PENDING'],
    ['restore', 'one that was paused before', deletedPaused, paused, 'PAUSED'],
    ['restore', 'an active monitor', active, up, 'as it was'],
    ['restore', 'one deleted a day ago', longGone, paused, 'not there'],
  ])('to %s %s finds or leaves it so', (command, _, standing, machine, end) => {
    const decision = decide(command, standing, machine, NOW)
    if (!decision) return expect(end).toBe('not there')
    if (!decision.isChanged) return expect(end).toBe('as it was')
    expect(shownStatus(decision.step.state)).toBe(end)
    const { deletedAtMs } = decision.standing
    expect(deletedAtMs).toBe(command === 'delete' ? NOW : null)
  })
})
