import { describe, expect, it } from 'vitest'
import { componentsOf, LONGEST_NAME, nameAfter, newDraft } from './draft.ts'
import { addMonitors } from './edits.ts'

describe('the name of a component that shows a monitor', () => {
  it('is the monitor’s own', () => {
    const name = 'x'.repeat(LONGEST_NAME)
    expect(nameAfter({ name })).toBe(name)
  })
  it('is cut where the server would refuse it, and never within a character', () => {
    const cut = nameAfter({ name: `a${'💾'.repeat(60)}` })
    expect(cut).toBe(`a${'💾'.repeat(49)}…`)
    expect(cut).toHaveLength(LONGEST_NAME)
    const [added] = componentsOf(addMonitors(newDraft('UTC'), [{ id: 'm', name: 'y'.repeat(200) }]))
    expect(added?.name).toBe(`${'y'.repeat(99)}…`)
  })
})
