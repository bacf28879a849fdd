export { ensureDefaultWorkspace, localActor } from './default-workspace.ts'
export { Workspace } from './workspace.entity.ts'
