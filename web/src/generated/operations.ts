// Written by `npm run codegen -w web` from schema.graphql: never edit by hand.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] }
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never }
import type { TypedDocumentNode as DocumentNode } from '@apollo/client'
export type MonitorStatus =
  'PENDING' | 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN' | 'PAUSED' | 'MAINTENANCE'

export type HeartbeatStatus = 'UP' | 'DEGRADED' | 'DOWN' | 'UNKNOWN' | 'MAINTENANCE'

export type MonitorOrder =
  | 'PROBLEMS_FIRST'
  | 'NAME_ASC'
  | 'NAME_DESC'
  | 'STATUS_SINCE_DESC'
  | 'LATENCY_DESC'
  | 'UPTIME_ASC'
  | 'CREATED_DESC'

export type UserErrorCode = 'INVALID' | 'REQUIRED' | 'CONFLICT' | 'LIMIT' | 'NOT_FOUND'

export type UptimeWindow = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER'

export type SeriesSource = 'RAW' | 'HOUR' | 'DAY'

export type SettingFieldType =
  | 'STRING'
  | 'TEXT'
  | 'URL'
  | 'INTEGER'
  | 'NUMBER'
  | 'BOOLEAN'
  | 'ENUM'
  | 'SECRET'
  | 'STRING_LIST'
  | 'KEY_VALUES'

export type CreateMonitorInput = {
  name: string
  settings: MonitorSettingsInput
  intervalSeconds?: number | null | undefined
  timeoutMs?: number | null | undefined
  retryIntervalSeconds?: number | null | undefined
  failAfter?: number | null | undefined
  failForSeconds?: number | null | undefined
  recoverAfter?: number | null | undefined
  recoverForSeconds?: number | null | undefined
  conditions?: Array<string> | null | undefined
  isPaused?: boolean | null | undefined
  idempotencyKey?: string | null | undefined
}

export type UpdateMonitorInput = {
  id: string
  expectedVersion?: number | null | undefined
  name?: string | null | undefined
  settings?: MonitorSettingsInput | null | undefined
  intervalSeconds?: number | null | undefined
  timeoutMs?: number | null | undefined
  retryIntervalSeconds?: number | null | undefined
  failAfter?: number | null | undefined
  failForSeconds?: number | null | undefined
  recoverAfter?: number | null | undefined
  recoverForSeconds?: number | null | undefined
  conditions?: Array<string> | null | undefined
}

export type MonitorSettingsInput =
  | { http: HttpSettingsInput; tcp?: never; dns?: never; push?: never }
  | { http?: never; tcp: TcpSettingsInput; dns?: never; push?: never }
  | { http?: never; tcp?: never; dns: DnsSettingsInput; push?: never }
  | { http?: never; tcp?: never; dns?: never; push: PushSettingsInput }

export type HttpSettingsInput = {
  url: string
  method?: string | null | undefined
  body?: string | null | undefined
  headers?: unknown
  password?: string | null | undefined
}

export type TcpSettingsInput = {
  host: string
  port: number
}

export type DnsSettingsInput = {
  name: string
  recordType?: string | null | undefined
}

export type PushSettingsInput = {
  periodSeconds?: number | null | undefined
  graceSeconds?: number | null | undefined
}

export type TestMonitorInput = {
  settings: MonitorSettingsInput
  timeoutMs?: number | null | undefined
  conditions?: Array<string> | null | undefined
  monitorId?: string | null | undefined
}

export type MonitorFilter = {
  search?: string | null | undefined
  statuses?: Array<MonitorStatus> | null | undefined
  kinds?: Array<string> | null | undefined
  ids?: Array<string> | null | undefined
}

export type LiveSubscriptionVariables = Exact<{
  after?: string | null | undefined
}>

export type LiveSubscription = {
  events: {
    cursor: string
    resync: boolean
    events: Array<
      | {
          __typename: 'MonitorCreated'
          id: string
          at: string
          monitorId: string
          monitor: {
            id: string
            name: string
            kind: string
            target: string
            status: MonitorStatus
            statusSince: string
            reason: string | null
            isPaused: boolean
            intervalSeconds: number
            uptime: { ratio: number | null }
            recentHeartbeats: Array<{
              at: string
              status: HeartbeatStatus
              latencyMs: number | null
            }>
          } | null
        }
      | {
          __typename: 'MonitorUpdated'
          id: string
          at: string
          monitorId: string
          monitor: {
            id: string
            name: string
            kind: string
            target: string
            status: MonitorStatus
            statusSince: string
            reason: string | null
            isPaused: boolean
            intervalSeconds: number
            uptime: { ratio: number | null }
            recentHeartbeats: Array<{
              at: string
              status: HeartbeatStatus
              latencyMs: number | null
            }>
          } | null
        }
      | { __typename: 'MonitorDeleted'; id: string; at: string; monitorId: string }
      | {
          __typename: 'MonitorStatusChanged'
          id: string
          at: string
          monitorId: string
          from: MonitorStatus
          to: MonitorStatus
          since: string
          reason: string | null
          monitor: {
            id: string
            name: string
            kind: string
            target: string
            status: MonitorStatus
            statusSince: string
            reason: string | null
            isPaused: boolean
            intervalSeconds: number
            uptime: { ratio: number | null }
          } | null
        }
      | {
          __typename: 'HeartbeatsRecorded'
          id: string
          at: string
          beats: {
            monitorIds: Array<string>
            slots: Array<string>
            statuses: Array<HeartbeatStatus>
            latenciesMs: Array<number | null>
          }
        }
    >
  }
}

export type MonitorOutcomeFragment = {
  id: string
  monitor: {
    id: string
    name: string
    kind: string
    target: string
    status: MonitorStatus
    statusSince: string
    reason: string | null
    isPaused: boolean
    intervalSeconds: number
    uptime: { ratio: number | null }
    recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
  } | null
  userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
}

export type PauseMonitorsMutationVariables = Exact<{
  ids: Array<string> | string
}>

export type PauseMonitorsMutation = {
  pauseMonitors: {
    results: Array<{
      id: string
      monitor: {
        id: string
        name: string
        kind: string
        target: string
        status: MonitorStatus
        statusSince: string
        reason: string | null
        isPaused: boolean
        intervalSeconds: number
        uptime: { ratio: number | null }
        recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
      } | null
      userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
    }>
    userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
  }
}

export type ResumeMonitorsMutationVariables = Exact<{
  ids: Array<string> | string
}>

export type ResumeMonitorsMutation = {
  resumeMonitors: {
    results: Array<{
      id: string
      monitor: {
        id: string
        name: string
        kind: string
        target: string
        status: MonitorStatus
        statusSince: string
        reason: string | null
        isPaused: boolean
        intervalSeconds: number
        uptime: { ratio: number | null }
        recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
      } | null
      userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
    }>
    userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
  }
}

export type DeleteMonitorsMutationVariables = Exact<{
  ids: Array<string> | string
}>

export type DeleteMonitorsMutation = {
  deleteMonitors: {
    results: Array<{
      id: string
      userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
    }>
    userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
  }
}

export type RestoreMonitorsMutationVariables = Exact<{
  ids: Array<string> | string
}>

export type RestoreMonitorsMutation = {
  restoreMonitors: {
    results: Array<{
      id: string
      monitor: {
        id: string
        name: string
        kind: string
        target: string
        status: MonitorStatus
        statusSince: string
        reason: string | null
        isPaused: boolean
        intervalSeconds: number
        uptime: { ratio: number | null }
        recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
      } | null
      userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
    }>
    userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
  }
}

export type TimingFactsFragment = {
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  firstByteMs: number | null
  downloadMs: number | null
  totalMs: number
}

export type CertificateFactsFragment = {
  subject: string
  issuer: string
  validFrom: string
  validTo: string
  daysLeft: number
  fingerprint: string
  isTrusted: boolean
  problem: string | null
}

export type ConditionFactsFragment = { expression: string; isPassed: boolean; actual: string }

export type EvidenceFactsFragment = {
  at: string
  remoteAddress: string | null
  requestedUrl: string | null
  statusLine: string | null
  body: string | null
  isBodyTruncated: boolean
  redirects: Array<string>
  headers: Array<{ name: string; value: string }>
  conditions: Array<{ expression: string; isPassed: boolean; actual: string }>
}

export type HeartbeatFactsFragment = {
  id: string
  at: string
  status: HeartbeatStatus
  latencyMs: number | null
  statusCode: number | null
  message: string | null
  timings: {
    dnsMs: number | null
    connectMs: number | null
    tlsMs: number | null
    firstByteMs: number | null
    downloadMs: number | null
    totalMs: number
  } | null
}

export type MonitorDetailQueryVariables = Exact<{
  id: string
}>

export type MonitorDetailQuery = {
  liveCursor: string
  monitor: {
    timeoutMs: number
    failAfter: number
    recoverAfter: number
    conditions: Array<string>
    pushUrl: string | null
    nextCheckAt: string | null
    createdAt: string
    id: string
    name: string
    kind: string
    target: string
    status: MonitorStatus
    statusSince: string
    reason: string | null
    isPaused: boolean
    intervalSeconds: number
    certificate: {
      subject: string
      issuer: string
      validFrom: string
      validTo: string
      daysLeft: number
      fingerprint: string
      isTrusted: boolean
      problem: string | null
    } | null
    lastHeartbeat: {
      id: string
      at: string
      status: HeartbeatStatus
      latencyMs: number | null
      statusCode: number | null
      message: string | null
      timings: {
        dnsMs: number | null
        connectMs: number | null
        tlsMs: number | null
        firstByteMs: number | null
        downloadMs: number | null
        totalMs: number
      } | null
    } | null
    lastEvidence: {
      at: string
      remoteAddress: string | null
      requestedUrl: string | null
      statusLine: string | null
      body: string | null
      isBodyTruncated: boolean
      redirects: Array<string>
      headers: Array<{ name: string; value: string }>
      conditions: Array<{ expression: string; isPassed: boolean; actual: string }>
    } | null
    stateSpans: Array<{
      id: string
      status: MonitorStatus
      from: string
      to: string | null
      reason: string | null
    }>
    uptime: { ratio: number | null }
    recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
  }
  heartbeats: {
    nodes: Array<{
      id: string
      at: string
      status: HeartbeatStatus
      latencyMs: number | null
      statusCode: number | null
      message: string | null
      timings: {
        dnsMs: number | null
        connectMs: number | null
        tlsMs: number | null
        firstByteMs: number | null
        downloadMs: number | null
        totalMs: number
      } | null
    }>
  }
}

export type MonitorSeriesQueryVariables = Exact<{
  id: string
  window: UptimeWindow
}>

export type MonitorSeriesQuery = {
  monitor: {
    id: string
    uptime: {
      ratio: number | null
      upMs: number
      degradedMs: number
      downMs: number
      unknownMs: number
      maintenanceMs: number
      pausedMs: number
    }
    latencySeries: {
      source: SeriesSource
      bucketSeconds: number
      points: Array<{
        at: string
        count: number
        avgMs: number | null
        p95Ms: number | null
        status: MonitorStatus
      }>
    }
  }
}

export type MonitorKindsQueryVariables = Exact<{ [key: string]: never }>

export type MonitorKindsQuery = {
  monitorKinds: Array<{
    kind: string
    title: string
    description: string
    isPassive: boolean
    defaultIntervalSeconds: number
    conditionPaths: Array<string>
    fields: Array<{
      name: string
      label: string
      help: string | null
      type: SettingFieldType
      isRequired: boolean
      isAdvanced: boolean
      default: unknown
      placeholder: string | null
      min: number | null
      max: number | null
      options: Array<{ value: string; label: string }>
    }>
  }>
}

export type DetectMonitorQueryVariables = Exact<{
  target: string
}>

export type DetectMonitorQuery = {
  detectMonitor: {
    kind: string
    name: string
    settingValues: Array<{ name: string; value: unknown; isSet: boolean }>
  } | null
}

export type MonitorForEditQueryVariables = Exact<{
  id: string
}>

export type MonitorForEditQuery = {
  monitor: {
    id: string
    name: string
    kind: string
    version: number
    intervalSeconds: number
    timeoutMs: number
    retryIntervalSeconds: number
    failAfter: number
    failForSeconds: number
    recoverAfter: number
    recoverForSeconds: number
    conditions: Array<string>
    settingValues: Array<{ name: string; value: unknown; isSet: boolean }>
  }
}

export type TestMonitorMutationVariables = Exact<{
  input: TestMonitorInput
}>

export type TestMonitorMutation = {
  testMonitor: {
    result: {
      status: HeartbeatStatus
      latencyMs: number | null
      message: string | null
      statusCode: number | null
      timings: {
        dnsMs: number | null
        connectMs: number | null
        tlsMs: number | null
        firstByteMs: number | null
        downloadMs: number | null
        totalMs: number
      } | null
      certificate: {
        subject: string
        issuer: string
        validFrom: string
        validTo: string
        daysLeft: number
        fingerprint: string
        isTrusted: boolean
        problem: string | null
      } | null
      conditions: Array<{ expression: string; isPassed: boolean; actual: string }>
      evidence: {
        at: string
        remoteAddress: string | null
        requestedUrl: string | null
        statusLine: string | null
        body: string | null
        isBodyTruncated: boolean
        redirects: Array<string>
        headers: Array<{ name: string; value: string }>
        conditions: Array<{ expression: string; isPassed: boolean; actual: string }>
      } | null
    } | null
    userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
  }
}

export type CreateMonitorMutationVariables = Exact<{
  input: CreateMonitorInput
}>

export type CreateMonitorMutation = {
  createMonitor: {
    monitor: {
      id: string
      name: string
      kind: string
      target: string
      status: MonitorStatus
      statusSince: string
      reason: string | null
      isPaused: boolean
      intervalSeconds: number
      uptime: { ratio: number | null }
      recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
    } | null
    userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
  }
}

export type UpdateMonitorMutationVariables = Exact<{
  input: UpdateMonitorInput
}>

export type UpdateMonitorMutation = {
  updateMonitor: {
    monitor: {
      version: number
      id: string
      name: string
      kind: string
      target: string
      status: MonitorStatus
      statusSince: string
      reason: string | null
      isPaused: boolean
      intervalSeconds: number
      uptime: { ratio: number | null }
      recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
    } | null
    userErrors: Array<{ path: Array<string>; code: UserErrorCode; message: string }>
  }
}

export type MonitorBarsFragment = {
  id: string
  recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
}

export type MonitorListQueryVariables = Exact<{
  first: number
  after?: string | null | undefined
  filter?: MonitorFilter | null | undefined
  orderBy?: MonitorOrder | null | undefined
}>

export type MonitorListQuery = {
  liveCursor: string
  monitors: {
    totalCount: number
    nodes: Array<{
      id: string
      name: string
      kind: string
      target: string
      status: MonitorStatus
      statusSince: string
      reason: string | null
      isPaused: boolean
      intervalSeconds: number
      uptime: { ratio: number | null }
      recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
    }>
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}

export type MonitorUptimesQueryVariables = Exact<{
  first: number
  after?: string | null | undefined
}>

export type MonitorUptimesQuery = {
  monitors: {
    nodes: Array<{ id: string; uptime: { ratio: number | null } }>
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}

export type MonitorRowFragment = {
  id: string
  name: string
  kind: string
  target: string
  status: MonitorStatus
  statusSince: string
  reason: string | null
  isPaused: boolean
  intervalSeconds: number
  uptime: { ratio: number | null }
}

type MonitorEvents_MonitorCreated_Fragment = {
  monitorId: string
  monitor: {
    id: string
    name: string
    kind: string
    target: string
    status: MonitorStatus
    statusSince: string
    reason: string | null
    isPaused: boolean
    intervalSeconds: number
    uptime: { ratio: number | null }
    recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
  } | null
}

type MonitorEvents_MonitorUpdated_Fragment = {
  monitorId: string
  monitor: {
    id: string
    name: string
    kind: string
    target: string
    status: MonitorStatus
    statusSince: string
    reason: string | null
    isPaused: boolean
    intervalSeconds: number
    uptime: { ratio: number | null }
    recentHeartbeats: Array<{ at: string; status: HeartbeatStatus; latencyMs: number | null }>
  } | null
}

type MonitorEvents_MonitorDeleted_Fragment = { monitorId: string }

type MonitorEvents_MonitorStatusChanged_Fragment = {
  monitorId: string
  from: MonitorStatus
  to: MonitorStatus
  since: string
  reason: string | null
  monitor: {
    id: string
    name: string
    kind: string
    target: string
    status: MonitorStatus
    statusSince: string
    reason: string | null
    isPaused: boolean
    intervalSeconds: number
    uptime: { ratio: number | null }
  } | null
}

type MonitorEvents_HeartbeatsRecorded_Fragment = {
  beats: {
    monitorIds: Array<string>
    slots: Array<string>
    statuses: Array<HeartbeatStatus>
    latenciesMs: Array<number | null>
  }
}

export type MonitorEventsFragment =
  | MonitorEvents_MonitorCreated_Fragment
  | MonitorEvents_MonitorUpdated_Fragment
  | MonitorEvents_MonitorDeleted_Fragment
  | MonitorEvents_MonitorStatusChanged_Fragment
  | MonitorEvents_HeartbeatsRecorded_Fragment

export const MonitorRowFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MonitorRowFragment, unknown>
export const MonitorBarsFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MonitorBarsFragment, unknown>
export const MonitorOutcomeFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorOutcome' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorResult' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'monitor' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'userErrors' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'message' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MonitorOutcomeFragment, unknown>
export const CertificateFactsFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'CertificateFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Certificate' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'subject' } },
          { kind: 'Field', name: { kind: 'Name', value: 'issuer' } },
          { kind: 'Field', name: { kind: 'Name', value: 'validFrom' } },
          { kind: 'Field', name: { kind: 'Name', value: 'validTo' } },
          { kind: 'Field', name: { kind: 'Name', value: 'daysLeft' } },
          { kind: 'Field', name: { kind: 'Name', value: 'fingerprint' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isTrusted' } },
          { kind: 'Field', name: { kind: 'Name', value: 'problem' } },
        ],
      },
    },
  ],
} as unknown as DocumentNode<CertificateFactsFragment, unknown>
export const ConditionFactsFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ConditionFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'ConditionResult' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'expression' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPassed' } },
          { kind: 'Field', name: { kind: 'Name', value: 'actual' } },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ConditionFactsFragment, unknown>
export const EvidenceFactsFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'EvidenceFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Evidence' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'at' } },
          { kind: 'Field', name: { kind: 'Name', value: 'remoteAddress' } },
          { kind: 'Field', name: { kind: 'Name', value: 'requestedUrl' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusLine' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'headers' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'value' } },
              ],
            },
          },
          { kind: 'Field', name: { kind: 'Name', value: 'body' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isBodyTruncated' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'conditions' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'ConditionFacts' } },
              ],
            },
          },
          { kind: 'Field', name: { kind: 'Name', value: 'redirects' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ConditionFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'ConditionResult' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'expression' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPassed' } },
          { kind: 'Field', name: { kind: 'Name', value: 'actual' } },
        ],
      },
    },
  ],
} as unknown as DocumentNode<EvidenceFactsFragment, unknown>
export const TimingFactsFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'TimingFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Timings' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'dnsMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'connectMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'tlsMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'firstByteMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'downloadMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'totalMs' } },
        ],
      },
    },
  ],
} as unknown as DocumentNode<TimingFactsFragment, unknown>
export const HeartbeatFactsFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'HeartbeatFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Heartbeat' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'at' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusCode' } },
          { kind: 'Field', name: { kind: 'Name', value: 'message' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'timings' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'TimingFacts' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'TimingFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Timings' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'dnsMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'connectMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'tlsMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'firstByteMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'downloadMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'totalMs' } },
        ],
      },
    },
  ],
} as unknown as DocumentNode<HeartbeatFactsFragment, unknown>
export const MonitorEventsFragmentDoc = {
  kind: 'Document',
  definitions: [
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorEvents' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Event' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorCreated' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'monitorId' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'monitor' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorUpdated' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'monitorId' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'monitor' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorDeleted' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'monitorId' } }],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: {
              kind: 'NamedType',
              name: { kind: 'Name', value: 'MonitorStatusChanged' },
            },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'monitorId' } },
                { kind: 'Field', name: { kind: 'Name', value: 'from' } },
                { kind: 'Field', name: { kind: 'Name', value: 'to' } },
                { kind: 'Field', name: { kind: 'Name', value: 'since' } },
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'monitor' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: {
              kind: 'NamedType',
              name: { kind: 'Name', value: 'HeartbeatsRecorded' },
            },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'beats' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'monitorIds' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'slots' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'statuses' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'latenciesMs' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MonitorEventsFragment, unknown>
export const LiveDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'subscription',
      name: { kind: 'Name', value: 'Live' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'after' } },
          type: { kind: 'NamedType', name: { kind: 'Name', value: 'Cursor' } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'events' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'after' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'after' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'cursor' } },
                { kind: 'Field', name: { kind: 'Name', value: 'resync' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'events' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: '__typename' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorEvents' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorEvents' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Event' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorCreated' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'monitorId' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'monitor' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorUpdated' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'monitorId' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'monitor' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorDeleted' } },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'monitorId' } }],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: {
              kind: 'NamedType',
              name: { kind: 'Name', value: 'MonitorStatusChanged' },
            },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'monitorId' } },
                { kind: 'Field', name: { kind: 'Name', value: 'from' } },
                { kind: 'Field', name: { kind: 'Name', value: 'to' } },
                { kind: 'Field', name: { kind: 'Name', value: 'since' } },
                { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'monitor' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'InlineFragment',
            typeCondition: {
              kind: 'NamedType',
              name: { kind: 'Name', value: 'HeartbeatsRecorded' },
            },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'beats' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'monitorIds' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'slots' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'statuses' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'latenciesMs' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<LiveSubscription, LiveSubscriptionVariables>
export const PauseMonitorsDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'PauseMonitors' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'ids' } },
          type: {
            kind: 'NonNullType',
            type: {
              kind: 'ListType',
              type: {
                kind: 'NonNullType',
                type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } },
              },
            },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'pauseMonitors' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: {
                  kind: 'ObjectValue',
                  fields: [
                    {
                      kind: 'ObjectField',
                      name: { kind: 'Name', value: 'ids' },
                      value: { kind: 'Variable', name: { kind: 'Name', value: 'ids' } },
                    },
                  ],
                },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'results' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorOutcome' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'userErrors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorOutcome' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorResult' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'monitor' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'userErrors' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'message' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<PauseMonitorsMutation, PauseMonitorsMutationVariables>
export const ResumeMonitorsDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'ResumeMonitors' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'ids' } },
          type: {
            kind: 'NonNullType',
            type: {
              kind: 'ListType',
              type: {
                kind: 'NonNullType',
                type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } },
              },
            },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'resumeMonitors' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: {
                  kind: 'ObjectValue',
                  fields: [
                    {
                      kind: 'ObjectField',
                      name: { kind: 'Name', value: 'ids' },
                      value: { kind: 'Variable', name: { kind: 'Name', value: 'ids' } },
                    },
                  ],
                },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'results' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorOutcome' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'userErrors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorOutcome' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorResult' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'monitor' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'userErrors' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'message' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<ResumeMonitorsMutation, ResumeMonitorsMutationVariables>
export const DeleteMonitorsDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'DeleteMonitors' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'ids' } },
          type: {
            kind: 'NonNullType',
            type: {
              kind: 'ListType',
              type: {
                kind: 'NonNullType',
                type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } },
              },
            },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'deleteMonitors' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: {
                  kind: 'ObjectValue',
                  fields: [
                    {
                      kind: 'ObjectField',
                      name: { kind: 'Name', value: 'ids' },
                      value: { kind: 'Variable', name: { kind: 'Name', value: 'ids' } },
                    },
                  ],
                },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'results' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'userErrors' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'userErrors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<DeleteMonitorsMutation, DeleteMonitorsMutationVariables>
export const RestoreMonitorsDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'RestoreMonitors' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'ids' } },
          type: {
            kind: 'NonNullType',
            type: {
              kind: 'ListType',
              type: {
                kind: 'NonNullType',
                type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } },
              },
            },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'restoreMonitors' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: {
                  kind: 'ObjectValue',
                  fields: [
                    {
                      kind: 'ObjectField',
                      name: { kind: 'Name', value: 'ids' },
                      value: { kind: 'Variable', name: { kind: 'Name', value: 'ids' } },
                    },
                  ],
                },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'results' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorOutcome' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'userErrors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorOutcome' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorResult' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'monitor' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'userErrors' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                { kind: 'Field', name: { kind: 'Name', value: 'message' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<RestoreMonitorsMutation, RestoreMonitorsMutationVariables>
export const MonitorDetailDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'MonitorDetail' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'monitor' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'id' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
                { kind: 'Field', name: { kind: 'Name', value: 'timeoutMs' } },
                { kind: 'Field', name: { kind: 'Name', value: 'failAfter' } },
                { kind: 'Field', name: { kind: 'Name', value: 'recoverAfter' } },
                { kind: 'Field', name: { kind: 'Name', value: 'conditions' } },
                { kind: 'Field', name: { kind: 'Name', value: 'pushUrl' } },
                { kind: 'Field', name: { kind: 'Name', value: 'nextCheckAt' } },
                { kind: 'Field', name: { kind: 'Name', value: 'createdAt' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'certificate' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'CertificateFacts' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'lastHeartbeat' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'HeartbeatFacts' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'lastEvidence' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'EvidenceFacts' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'stateSpans' },
                  arguments: [
                    {
                      kind: 'Argument',
                      name: { kind: 'Name', value: 'limit' },
                      value: { kind: 'IntValue', value: '20' },
                    },
                  ],
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'from' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'to' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'heartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'monitorId' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'first' },
                value: { kind: 'IntValue', value: '10' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'nodes' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'HeartbeatFacts' } },
                    ],
                  },
                },
              ],
            },
          },
          { kind: 'Field', name: { kind: 'Name', value: 'liveCursor' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'TimingFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Timings' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'dnsMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'connectMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'tlsMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'firstByteMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'downloadMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'totalMs' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ConditionFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'ConditionResult' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'expression' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPassed' } },
          { kind: 'Field', name: { kind: 'Name', value: 'actual' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'CertificateFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Certificate' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'subject' } },
          { kind: 'Field', name: { kind: 'Name', value: 'issuer' } },
          { kind: 'Field', name: { kind: 'Name', value: 'validFrom' } },
          { kind: 'Field', name: { kind: 'Name', value: 'validTo' } },
          { kind: 'Field', name: { kind: 'Name', value: 'daysLeft' } },
          { kind: 'Field', name: { kind: 'Name', value: 'fingerprint' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isTrusted' } },
          { kind: 'Field', name: { kind: 'Name', value: 'problem' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'HeartbeatFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Heartbeat' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'at' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusCode' } },
          { kind: 'Field', name: { kind: 'Name', value: 'message' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'timings' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'TimingFacts' } },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'EvidenceFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Evidence' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'at' } },
          { kind: 'Field', name: { kind: 'Name', value: 'remoteAddress' } },
          { kind: 'Field', name: { kind: 'Name', value: 'requestedUrl' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusLine' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'headers' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'value' } },
              ],
            },
          },
          { kind: 'Field', name: { kind: 'Name', value: 'body' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isBodyTruncated' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'conditions' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'ConditionFacts' } },
              ],
            },
          },
          { kind: 'Field', name: { kind: 'Name', value: 'redirects' } },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MonitorDetailQuery, MonitorDetailQueryVariables>
export const MonitorSeriesDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'MonitorSeries' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } },
          },
        },
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'window' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'UptimeWindow' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'monitor' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'id' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'uptime' },
                  arguments: [
                    {
                      kind: 'Argument',
                      name: { kind: 'Name', value: 'window' },
                      value: { kind: 'Variable', name: { kind: 'Name', value: 'window' } },
                    },
                  ],
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'ratio' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'upMs' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'degradedMs' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'downMs' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'unknownMs' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'maintenanceMs' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'pausedMs' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'latencySeries' },
                  arguments: [
                    {
                      kind: 'Argument',
                      name: { kind: 'Name', value: 'window' },
                      value: { kind: 'Variable', name: { kind: 'Name', value: 'window' } },
                    },
                  ],
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'source' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'bucketSeconds' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'points' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'count' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'avgMs' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'p95Ms' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                          ],
                        },
                      },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MonitorSeriesQuery, MonitorSeriesQueryVariables>
export const MonitorKindsDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'MonitorKinds' },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'monitorKinds' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
                { kind: 'Field', name: { kind: 'Name', value: 'title' } },
                { kind: 'Field', name: { kind: 'Name', value: 'description' } },
                { kind: 'Field', name: { kind: 'Name', value: 'isPassive' } },
                { kind: 'Field', name: { kind: 'Name', value: 'defaultIntervalSeconds' } },
                { kind: 'Field', name: { kind: 'Name', value: 'conditionPaths' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'fields' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'label' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'help' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'type' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'isRequired' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'isAdvanced' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'default' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'placeholder' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'min' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'max' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'options' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            { kind: 'Field', name: { kind: 'Name', value: 'value' } },
                            { kind: 'Field', name: { kind: 'Name', value: 'label' } },
                          ],
                        },
                      },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MonitorKindsQuery, MonitorKindsQueryVariables>
export const DetectMonitorDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'DetectMonitor' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'target' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'detectMonitor' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'target' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'target' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'settingValues' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'value' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'isSet' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<DetectMonitorQuery, DetectMonitorQueryVariables>
export const MonitorForEditDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'MonitorForEdit' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'ID' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'monitor' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'id' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
                { kind: 'Field', name: { kind: 'Name', value: 'version' } },
                { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
                { kind: 'Field', name: { kind: 'Name', value: 'timeoutMs' } },
                { kind: 'Field', name: { kind: 'Name', value: 'retryIntervalSeconds' } },
                { kind: 'Field', name: { kind: 'Name', value: 'failAfter' } },
                { kind: 'Field', name: { kind: 'Name', value: 'failForSeconds' } },
                { kind: 'Field', name: { kind: 'Name', value: 'recoverAfter' } },
                { kind: 'Field', name: { kind: 'Name', value: 'recoverForSeconds' } },
                { kind: 'Field', name: { kind: 'Name', value: 'conditions' } },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'settingValues' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'value' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'isSet' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MonitorForEditQuery, MonitorForEditQueryVariables>
export const TestMonitorDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'TestMonitor' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'TestMonitorInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'testMonitor' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'result' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'statusCode' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'timings' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            {
                              kind: 'FragmentSpread',
                              name: { kind: 'Name', value: 'TimingFacts' },
                            },
                          ],
                        },
                      },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'certificate' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            {
                              kind: 'FragmentSpread',
                              name: { kind: 'Name', value: 'CertificateFacts' },
                            },
                          ],
                        },
                      },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'conditions' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            {
                              kind: 'FragmentSpread',
                              name: { kind: 'Name', value: 'ConditionFacts' },
                            },
                          ],
                        },
                      },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'evidence' },
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [
                            {
                              kind: 'FragmentSpread',
                              name: { kind: 'Name', value: 'EvidenceFacts' },
                            },
                          ],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'userErrors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'ConditionFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'ConditionResult' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'expression' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPassed' } },
          { kind: 'Field', name: { kind: 'Name', value: 'actual' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'TimingFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Timings' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'dnsMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'connectMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'tlsMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'firstByteMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'downloadMs' } },
          { kind: 'Field', name: { kind: 'Name', value: 'totalMs' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'CertificateFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Certificate' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'subject' } },
          { kind: 'Field', name: { kind: 'Name', value: 'issuer' } },
          { kind: 'Field', name: { kind: 'Name', value: 'validFrom' } },
          { kind: 'Field', name: { kind: 'Name', value: 'validTo' } },
          { kind: 'Field', name: { kind: 'Name', value: 'daysLeft' } },
          { kind: 'Field', name: { kind: 'Name', value: 'fingerprint' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isTrusted' } },
          { kind: 'Field', name: { kind: 'Name', value: 'problem' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'EvidenceFacts' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Evidence' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'at' } },
          { kind: 'Field', name: { kind: 'Name', value: 'remoteAddress' } },
          { kind: 'Field', name: { kind: 'Name', value: 'requestedUrl' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusLine' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'headers' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'name' } },
                { kind: 'Field', name: { kind: 'Name', value: 'value' } },
              ],
            },
          },
          { kind: 'Field', name: { kind: 'Name', value: 'body' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isBodyTruncated' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'conditions' },
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'FragmentSpread', name: { kind: 'Name', value: 'ConditionFacts' } },
              ],
            },
          },
          { kind: 'Field', name: { kind: 'Name', value: 'redirects' } },
        ],
      },
    },
  ],
} as unknown as DocumentNode<TestMonitorMutation, TestMonitorMutationVariables>
export const CreateMonitorDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'CreateMonitor' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'CreateMonitorInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'createMonitor' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'monitor' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'userErrors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<CreateMonitorMutation, CreateMonitorMutationVariables>
export const UpdateMonitorDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'mutation',
      name: { kind: 'Name', value: 'UpdateMonitor' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'UpdateMonitorInput' } },
          },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'updateMonitor' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'input' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'input' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'monitor' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'version' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'userErrors' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'path' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'code' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'message' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<UpdateMonitorMutation, UpdateMonitorMutationVariables>
export const MonitorListDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'MonitorList' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'first' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'Int' } },
          },
        },
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'after' } },
          type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } },
        },
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'filter' } },
          type: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorFilter' } },
        },
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'orderBy' } },
          type: { kind: 'NamedType', name: { kind: 'Name', value: 'MonitorOrder' } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'monitors' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'first' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'first' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'after' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'after' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'filter' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'filter' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'orderBy' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'orderBy' } },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'nodes' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorRow' } },
                      { kind: 'FragmentSpread', name: { kind: 'Name', value: 'MonitorBars' } },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'pageInfo' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'hasNextPage' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'endCursor' } },
                    ],
                  },
                },
                { kind: 'Field', name: { kind: 'Name', value: 'totalCount' } },
              ],
            },
          },
          { kind: 'Field', name: { kind: 'Name', value: 'liveCursor' } },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorRow' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          { kind: 'Field', name: { kind: 'Name', value: 'name' } },
          { kind: 'Field', name: { kind: 'Name', value: 'kind' } },
          { kind: 'Field', name: { kind: 'Name', value: 'target' } },
          { kind: 'Field', name: { kind: 'Name', value: 'status' } },
          { kind: 'Field', name: { kind: 'Name', value: 'statusSince' } },
          { kind: 'Field', name: { kind: 'Name', value: 'reason' } },
          { kind: 'Field', name: { kind: 'Name', value: 'isPaused' } },
          { kind: 'Field', name: { kind: 'Name', value: 'intervalSeconds' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'uptime' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'window' },
                value: { kind: 'EnumValue', value: 'DAY' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
            },
          },
        ],
      },
    },
    {
      kind: 'FragmentDefinition',
      name: { kind: 'Name', value: 'MonitorBars' },
      typeCondition: { kind: 'NamedType', name: { kind: 'Name', value: 'Monitor' } },
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          { kind: 'Field', name: { kind: 'Name', value: 'id' } },
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'recentHeartbeats' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'limit' },
                value: { kind: 'IntValue', value: '30' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                { kind: 'Field', name: { kind: 'Name', value: 'at' } },
                { kind: 'Field', name: { kind: 'Name', value: 'status' } },
                { kind: 'Field', name: { kind: 'Name', value: 'latencyMs' } },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MonitorListQuery, MonitorListQueryVariables>
export const MonitorUptimesDocument = {
  kind: 'Document',
  definitions: [
    {
      kind: 'OperationDefinition',
      operation: 'query',
      name: { kind: 'Name', value: 'MonitorUptimes' },
      variableDefinitions: [
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'first' } },
          type: {
            kind: 'NonNullType',
            type: { kind: 'NamedType', name: { kind: 'Name', value: 'Int' } },
          },
        },
        {
          kind: 'VariableDefinition',
          variable: { kind: 'Variable', name: { kind: 'Name', value: 'after' } },
          type: { kind: 'NamedType', name: { kind: 'Name', value: 'String' } },
        },
      ],
      selectionSet: {
        kind: 'SelectionSet',
        selections: [
          {
            kind: 'Field',
            name: { kind: 'Name', value: 'monitors' },
            arguments: [
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'first' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'first' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'after' },
                value: { kind: 'Variable', name: { kind: 'Name', value: 'after' } },
              },
              {
                kind: 'Argument',
                name: { kind: 'Name', value: 'orderBy' },
                value: { kind: 'EnumValue', value: 'NAME_ASC' },
              },
            ],
            selectionSet: {
              kind: 'SelectionSet',
              selections: [
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'nodes' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'id' } },
                      {
                        kind: 'Field',
                        name: { kind: 'Name', value: 'uptime' },
                        arguments: [
                          {
                            kind: 'Argument',
                            name: { kind: 'Name', value: 'window' },
                            value: { kind: 'EnumValue', value: 'DAY' },
                          },
                        ],
                        selectionSet: {
                          kind: 'SelectionSet',
                          selections: [{ kind: 'Field', name: { kind: 'Name', value: 'ratio' } }],
                        },
                      },
                    ],
                  },
                },
                {
                  kind: 'Field',
                  name: { kind: 'Name', value: 'pageInfo' },
                  selectionSet: {
                    kind: 'SelectionSet',
                    selections: [
                      { kind: 'Field', name: { kind: 'Name', value: 'hasNextPage' } },
                      { kind: 'Field', name: { kind: 'Name', value: 'endCursor' } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    },
  ],
} as unknown as DocumentNode<MonitorUptimesQuery, MonitorUptimesQueryVariables>
