import {
  get,
  INPUT_ID,
  INPUT_IDS,
  PAGING,
  type RestOperation,
  patch,
  post,
  put,
  remove,
} from '../operation.ts'

const tag = 'Monitors'
const EXAMPLE = {
  name: 'Example',
  settings: { http: { url: 'https://example.com' } },
  intervalSeconds: 60,
} as const

const act = (verb: 'pause' | 'resume' | 'restore', summary: string): RestOperation =>
  post({
    ...{ tag, summary },
    path: `/monitors/{id}/${verb}`,
    operationId: `${verb}Monitor`,
    field: `Mutation.${verb}Monitors`,
    answer: 'results.0.monitor',
    pathVariables: INPUT_IDS,
    notInBody: ['ids'],
    hasVersion: true,
  })

const WINDOW = { window: { variable: 'window' } } as const
const ID = { id: 'id' } as const

const READING: readonly RestOperation[] = [
  get({
    ...{ path: '/monitors', operationId: 'listMonitors', tag, summary: 'List monitors' },
    ...{ field: 'Query.monitors', answer: 'nodes', isPaged: true },
    query: {
      ...PAGING,
      sort: { variable: 'orderBy' },
      status: { variable: 'filter.statuses' },
      kind: { variable: 'filter.kinds' },
      id: { variable: 'filter.ids' },
      search: { variable: 'filter.search' },
    },
  }),
  get({
    ...{ path: '/monitors/{id}', operationId: 'getMonitor', tag, summary: 'Get a monitor' },
    ...{ field: 'Query.monitor', pathVariables: ID, hasVersion: true },
  }),
  get({
    ...{ path: '/monitors/{id}/heartbeats', operationId: 'listHeartbeats', tag: 'Heartbeats' },
    summary: 'List the recorded checks of a monitor',
    ...{ field: 'Query.heartbeats', answer: 'nodes', isPaged: true },
    pathVariables: { id: 'monitorId' },
    query: {
      ...PAGING,
      from: { variable: 'from' },
      to: { variable: 'to' },
      status: { variable: 'statuses' },
    },
  }),
  get({
    ...{ path: '/monitors/{id}/uptime', operationId: 'getUptime', tag: 'Heartbeats' },
    summary: 'Tell how a monitor spent its time',
    ...{ field: 'Query.monitor', nested: 'uptime', pathVariables: ID, query: WINDOW },
  }),
  get({
    ...{ path: '/monitors/{id}/latency', operationId: 'getLatency', tag: 'Heartbeats' },
    summary: 'Tell the response times of a monitor',
    ...{ field: 'Query.monitor', nested: 'latencySeries', pathVariables: ID, query: WINDOW },
  }),
  get({
    ...{ path: '/monitors/{id}/state-spans', operationId: 'listStateSpans', tag: 'Heartbeats' },
    summary: 'List the changes of status of a monitor',
    ...{ field: 'Query.monitor', nested: 'stateSpans', pathVariables: ID },
    query: {
      limit: { variable: 'limit' },
      from: { variable: 'from' },
      to: { variable: 'to' },
    },
  }),
  get({
    ...{ path: '/monitor-kinds', operationId: 'listMonitorKinds', tag },
    ...{ summary: 'List the kinds of checks with their settings', field: 'Query.monitorKinds' },
  }),
]

export const MONITORS: readonly RestOperation[] = [
  ...READING,
  post({
    ...{ path: '/monitors', operationId: 'createMonitor', tag },
    ...{ summary: 'Create a monitor', field: 'Mutation.createMonitor', answer: 'monitor' },
    ...{ notInBody: ['idempotencyKey'], hasVersion: true, example: EXAMPLE },
    location: { path: '/monitors', id: 'id' },
  }),
  put({
    ...{ path: '/monitors/{id}', operationId: 'replaceMonitor', tag },
    summary: 'Replace a monitor',
    description: 'What is absent gets its default. Secrets that are absent are kept.',
    ...{ field: 'Mutation.updateMonitor', answer: 'monitor', pathVariables: INPUT_ID },
    ...{ bodyLike: 'CreateMonitorInput', notInBody: ['idempotencyKey', 'isPaused'] },
    ...{ hasVersion: true, example: EXAMPLE },
  }),
  patch({
    ...{ path: '/monitors/{id}', operationId: 'updateMonitor', tag },
    ...{ summary: 'Change a monitor', field: 'Mutation.updateMonitor', answer: 'monitor' },
    description:
      'A merge patch: what is absent stays as it is, also inside of `settings`; null brings back the default.',
    ...{ pathVariables: INPUT_ID, notInBody: ['id', 'expectedVersion'], hasVersion: true },
    merges: { read: 'getMonitor', field: 'settings' },
    example: { name: 'Shop', intervalSeconds: 30 },
  }),
  remove({
    ...{ path: '/monitors/{id}', operationId: 'deleteMonitor', tag },
    ...{ summary: 'Delete a monitor', field: 'Mutation.deleteMonitors', pathVariables: INPUT_IDS },
    description: 'It can be restored with its history for 24 hours.',
    ...{ notInBody: ['ids'], versionFrom: 'getMonitor' },
  }),
  act('pause', 'Stop checking a monitor'),
  act('resume', 'Check a paused monitor again'),
  act('restore', 'Bring back a deleted monitor'),
  post({
    ...{ path: '/monitor-tests', operationId: 'testMonitor', tag },
    ...{ summary: 'Perform one check and store nothing', field: 'Mutation.testMonitor' },
    ...{ answer: 'result', example: { settings: { http: { url: 'https://example.com' } } } },
  }),
]
