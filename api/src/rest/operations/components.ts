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

const tag = 'Components'

/** What a component has that was created with nothing but a name. */
const PLAIN = {
  ...{ description: '', monitorIds: [], showBars: true, showChart: false, showUptime: true },
} as const

export const COMPONENTS: readonly RestOperation[] = [
  get({
    ...{ path: '/status-pages/{id}/components', operationId: 'listComponents', tag },
    ...{ summary: 'List the components of a status page', field: 'Query.statusPage' },
    ...{ answer: 'sections.components', pathVariables: { id: 'id' } },
  }),
  post({
    ...{ path: '/status-pages/{id}/components', operationId: 'createComponent' },
    ...{ tag, summary: 'Add a component to a status page' },
    ...{ field: 'Mutation.createComponent', answer: 'component' },
    ...{ pathVariables: { id: 'input.pageId' }, notInBody: ['pageId', 'idempotencyKey'] },
    ...{ location: { path: '/components', id: 'id' }, example: { name: 'Website' } },
  }),
  get({
    ...{ path: '/components/{id}', operationId: 'getComponent', tag },
    ...{ summary: 'Get a component', field: 'Query.statusPageComponent' },
    pathVariables: { id: 'id' },
  }),
  put({
    ...{ path: '/components/{id}', operationId: 'replaceComponent', tag },
    ...{ summary: 'Replace a component', field: 'Mutation.updateComponent' },
    description: 'What is absent gets its default; its section stays, unless it is named.',
    ...{ answer: 'component', pathVariables: INPUT_ID, bodyLike: 'CreateComponentInput' },
    ...{ notInBody: ['pageId', 'idempotencyKey'], absent: PLAIN, example: { name: 'Website' } },
  }),
  patch({
    ...{ path: '/components/{id}', operationId: 'updateComponent', tag },
    ...{ summary: 'Change a component', field: 'Mutation.updateComponent' },
    ...{ answer: 'component', pathVariables: INPUT_ID, notInBody: ['id'] },
    example: { name: 'Shop', manualStatus: 'MAINTENANCE' },
  }),
  remove({
    ...{ path: '/components/{id}', operationId: 'deleteComponent', tag },
    ...{ summary: 'Delete a component', field: 'Mutation.deleteComponents' },
    ...{ pathVariables: INPUT_IDS, notInBody: ['ids'] },
  }),
]
