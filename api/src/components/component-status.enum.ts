import { registerEnumType } from 'type-graphql'
import { ComponentStatus } from './component-status.ts'

registerEnumType(ComponentStatus, {
  name: 'ComponentStatus',
  description: 'How a component of a status page, or the whole page, is doing.',
  valuesConfig: {
    OPERATIONAL: { description: 'All is well.' },
    DEGRADED: { description: 'It works, slower or with faults.' },
    PARTIAL_OUTAGE: { description: 'A part of it is down.' },
    MAJOR_OUTAGE: { description: 'It is down.' },
    MAINTENANCE: { description: 'Work on it is under way.' },
    UNKNOWN: { description: 'Nobody knows at the moment.' },
  },
})

export { ComponentStatus as ComponentStatusEnum }
