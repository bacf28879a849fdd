import { get, INPUT_ID, PAGING, type RestOperation, patch, post, remove } from '../operation.ts'

const TOKENS = 'API tokens'

const API_TOKENS: readonly RestOperation[] = [
  get({
    ...{ path: '/api-tokens', operationId: 'listApiTokens', tag: TOKENS },
    ...{ summary: 'List API tokens', field: 'Query.apiTokens' },
  }),
  get({
    ...{ path: '/api-tokens/{id}', operationId: 'getApiToken', tag: TOKENS },
    ...{ summary: 'Get an API token', field: 'Query.apiTokens', findById: true },
  }),
  post({
    ...{ path: '/api-tokens', operationId: 'createApiToken', tag: TOKENS },
    ...{ summary: 'Create an API token', field: 'Mutation.createApiToken' },
    description: 'The secret is answered once and never again.',
    location: { path: '/api-tokens', id: 'apiToken.id' },
    example: { name: 'Deploy script', scopes: ['monitors:write'] },
  }),
  remove({
    ...{ path: '/api-tokens/{id}', operationId: 'revokeApiToken', tag: TOKENS },
    ...{ summary: 'Revoke an API token', field: 'Mutation.revokeApiToken' },
    ...{ pathVariables: INPUT_ID, notInBody: ['id'] },
  }),
]

export const WORKSPACE: readonly RestOperation[] = [
  ...API_TOKENS,
  get({
    ...{ path: '/workspace', operationId: 'getWorkspace', tag: 'Workspace' },
    ...{ summary: 'Get the workspace', field: 'Query.workspace' },
  }),
  patch({
    ...{ path: '/workspace', operationId: 'updateWorkspace', tag: 'Workspace' },
    ...{ summary: 'Change the workspace', field: 'Mutation.updateWorkspace' },
    ...{ answer: 'workspace', example: { name: 'Platform' } },
  }),
  get({
    ...{ path: '/audit-log', operationId: 'listAuditEntries', tag: 'Audit log' },
    ...{ summary: 'Read the audit log', field: 'Query.auditLog', answer: 'nodes', isPaged: true },
    query: {
      ...PAGING,
      action: { variable: 'filter.actions' },
      actor: { variable: 'filter.actorIds' },
      target: { variable: 'filter.targetId' },
      from: { variable: 'filter.from' },
      to: { variable: 'filter.to' },
      search: { variable: 'filter.search' },
    },
  }),
  get({
    ...{ path: '/viewer', operationId: 'getViewer', tag: 'Viewer' },
    ...{ summary: 'Tell who asks', field: 'Query.viewer' },
  }),
  patch({
    ...{ path: '/viewer', operationId: 'updateViewer', tag: 'Viewer' },
    ...{ summary: 'Change the profile of who asks', field: 'Mutation.updateProfile' },
    ...{ answer: 'viewer', example: { theme: 'DARK' } },
  }),
]
