import {
  get,
  INPUT_ID,
  INPUT_IDS,
  type RestOperation,
  patch,
  post,
  put,
  remove,
} from '../operation.ts'

const tag = 'Status pages'
const EXAMPLE = {
  slug: 'acme',
  title: 'Acme',
  sections: [{ name: 'Services', components: [{ name: 'Website' }] }],
} as const

/** What a page has that was created with nothing but a name. */
const PLAIN = {
  ...{ description: '', accentColor: '#2563eb', theme: 'SYSTEM', visibility: 'PUBLIC' },
  ...{ timeZone: 'UTC', sections: [] },
} as const

export const STATUS_PAGES: readonly RestOperation[] = [
  get({
    ...{ path: '/status-pages', operationId: 'listStatusPages', tag },
    ...{ summary: 'List status pages', field: 'Query.statusPages' },
  }),
  get({
    ...{ path: '/status-pages/{id}', operationId: 'getStatusPage', tag, hasVersion: true },
    ...{ summary: 'Get a status page', field: 'Query.statusPage', pathVariables: { id: 'id' } },
  }),
  post({
    ...{ path: '/status-pages', operationId: 'createStatusPage', tag },
    ...{ summary: 'Create a status page', field: 'Mutation.createStatusPage' },
    ...{ answer: 'statusPage', notInBody: ['idempotencyKey'], hasVersion: true, example: EXAMPLE },
    location: { path: '/status-pages', id: 'id' },
  }),
  put({
    ...{ path: '/status-pages/{id}', operationId: 'replaceStatusPage', tag },
    ...{ summary: 'Replace a status page', field: 'Mutation.updateStatusPage' },
    description: 'What is absent gets its default; a password that is absent is kept.',
    ...{ answer: 'statusPage', pathVariables: INPUT_ID, bodyLike: 'CreateStatusPageInput' },
    ...{ notInBody: ['idempotencyKey'], absent: PLAIN, hasVersion: true, example: EXAMPLE },
  }),
  patch({
    ...{ path: '/status-pages/{id}', operationId: 'updateStatusPage', tag },
    ...{ summary: 'Change a status page', field: 'Mutation.updateStatusPage' },
    description:
      'A merge patch: what is absent stays as it is. `sections` are replaced as a whole.',
    ...{ answer: 'statusPage', pathVariables: INPUT_ID, notInBody: ['id', 'expectedVersion'] },
    ...{ hasVersion: true, example: { title: 'Acme status', theme: 'DARK' } },
  }),
  remove({
    ...{ path: '/status-pages/{id}', operationId: 'deleteStatusPage', tag },
    ...{ summary: 'Delete a status page', field: 'Mutation.deleteStatusPages' },
    ...{ pathVariables: INPUT_IDS, notInBody: ['ids'], versionFrom: 'getStatusPage' },
  }),
]
