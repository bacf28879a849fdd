import { registerEnumType } from 'type-graphql'
import type { HeartbeatStatus, MonitorStatus } from '../lib/status.ts'

const heartbeatNames: { [Name in HeartbeatStatus]: Name } = {
  UP: 'UP',
  DEGRADED: 'DEGRADED',
  DOWN: 'DOWN',
  UNKNOWN: 'UNKNOWN',
  MAINTENANCE: 'MAINTENANCE',
}

const monitorNames: { [Name in MonitorStatus]: Name } = {
  PENDING: 'PENDING',
  ...heartbeatNames,
  PAUSED: 'PAUSED',
}

/** The GraphQL enum `HeartbeatStatus`; its values are the names of `lib/status.ts`. */
export const HeartbeatStatusEnum = heartbeatNames
/** The GraphQL enum `MonitorStatus`; its values are the names of `lib/status.ts`. */
export const MonitorStatusEnum = monitorNames

registerEnumType(HeartbeatStatusEnum, {
  name: 'HeartbeatStatus',
  description: 'What one check says of its target.',
  valuesConfig: {
    UP: { description: 'The target answered as it should.' },
    DEGRADED: { description: 'The target answered, but not well enough.' },
    DOWN: { description: 'The target failed the check.' },
    UNKNOWN: { description: 'A fault of our own: it says nothing about the target.' },
    MAINTENANCE: { description: 'Recorded during a maintenance; it does not count.' },
  },
})

registerEnumType(MonitorStatusEnum, {
  name: 'MonitorStatus',
  description: 'What a monitor shows, after confirmation.',
  valuesConfig: {
    PENDING: { description: 'Nothing is known yet: no check has decided anything.' },
    UP: { description: 'Confirmed to work.' },
    DEGRADED: { description: 'Confirmed to work, but not well enough.' },
    DOWN: { description: 'Confirmed to fail.' },
    UNKNOWN: { description: 'We could not look: our own fault, neither up nor down.' },
    PAUSED: { description: 'Not being checked, because somebody paused it.' },
    MAINTENANCE: { description: 'In a maintenance: checked and recorded, but not counted.' },
  },
})
