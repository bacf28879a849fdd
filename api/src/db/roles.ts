/** The three roles: the owner migrates, the app serves requests in one workspace, the worker works across. */
export const ROLES = {
  owner: 'allswell_owner',
  app: 'allswell_app',
  worker: 'allswell_worker',
} as const
export type RoleName = keyof typeof ROLES

export const ROLE_NAMES: readonly string[] = Object.values(ROLES)
export const SCHEMA = 'allswell'
/** The database within the embedded server. */
export const DATABASE = 'allswell'

/** Makes the schema, where the roles exist. Safe to repeat. */
export const SCHEMA_SQL = [
  `create schema if not exists ${SCHEMA} authorization ${ROLES.owner}`,
  `grant usage on schema ${SCHEMA} to ${ROLES.app}, ${ROLES.worker}`,
]
