import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MONITOR_STATUS, type MonitorStatus } from '../lib/status.ts'
import { componentStatus, pageStatus } from './component-status.ts'

const statuses = Object.keys(MONITOR_STATUS) as MonitorStatus[]
const some = fc.array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 8 })

describe('the state of a component', () => {
  it.each<[MonitorStatus[], string]>([
    [[], 'OPERATIONAL'],
    [['UP'], 'OPERATIONAL'],
    [['DEGRADED'], 'DEGRADED'],
    [['DOWN'], 'MAJOR_OUTAGE'],
    [['MAINTENANCE'], 'MAINTENANCE'],
    [['PAUSED'], 'UNKNOWN'],
    [['PENDING'], 'UNKNOWN'],
    [['DOWN', 'DOWN'], 'MAJOR_OUTAGE'],
    [['DOWN', 'UP'], 'PARTIAL_OUTAGE'],
    [['DOWN', 'PAUSED'], 'MAJOR_OUTAGE'],
    [['DEGRADED', 'UP'], 'DEGRADED'],
    [['UP', 'UNKNOWN'], 'OPERATIONAL'],
    [['MAINTENANCE', 'UP'], 'MAINTENANCE'],
  ])('of monitors that are %j is %s', (monitors, status) =>
    expect(componentStatus(null, monitors)).toBe(status),
  )

  it('is what a person has set, whatever the monitors say', () => {
    fc.assert(
      fc.property(some, (monitors) => componentStatus('MAINTENANCE', monitors) === 'MAINTENANCE'),
    )
  })

  it('does not depend on the order of the monitors', () => {
    fc.assert(
      fc.property(some, (monitors) => {
        expect(componentStatus(null, monitors.toReversed())).toBe(componentStatus(null, monitors))
      }),
    )
  })

  it('never says that all is well where a monitor is down', () => {
    fc.assert(
      fc.property(some, (monitors) => {
        const status = componentStatus(null, [...monitors, 'DOWN'])
        expect(['MAJOR_OUTAGE', 'PARTIAL_OUTAGE']).toContain(status)
      }),
    )
  })
})

describe('the state of a page', () => {
  it('is operational where it has no components', () => expect(pageStatus([])).toBe('OPERATIONAL'))

  it('is a partial outage where some components are down and others are not', () => {
    expect(pageStatus(['MAJOR_OUTAGE', 'OPERATIONAL'])).toBe('PARTIAL_OUTAGE')
    expect(pageStatus(['MAJOR_OUTAGE', 'MAJOR_OUTAGE'])).toBe('MAJOR_OUTAGE')
  })

  it('does not suffer from what is not known alone', () => {
    expect(pageStatus(['UNKNOWN', 'OPERATIONAL'])).toBe('OPERATIONAL')
    expect(pageStatus(['UNKNOWN', 'UNKNOWN'])).toBe('UNKNOWN')
  })
})
