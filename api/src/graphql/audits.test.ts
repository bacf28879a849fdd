import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HttpDoors } from '../../test/http-doors.ts'

let doors: HttpDoors
beforeAll(async () => void (doors = await HttpDoors.open()))
afterAll(() => doors.close())

const audits = serverAudits({ url: () => `${doors.url}/graphql` })
const results: { name: string; status: string; id: string }[] = []

describe('GraphQL over HTTP, by the audits of its working group', () => {
  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (name, audit) => {
    const result = await audit.fn()
    results.push({ name, status: result.status, id: audit.id })
    // MUSTs are errors; what is left open are MAYs that would cost the protection against forged requests.
    expect(result.status, 'reason' in result ? result.reason : '').not.toBe('error')
  })

  it('at least 58 of the 61 are fulfilled, and none is an error', () => {
    const count = (status: string): number => results.filter((r) => r.status === status).length
    expect(results).toHaveLength(61)
    expect(count('error')).toBe(0)
    expect(count('ok')).toBeGreaterThanOrEqual(58)
  })
})
