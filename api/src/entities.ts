import { Workspace } from './accounts/index.ts'
import type { EntityClass } from './db/index.ts'

/** Every entity of the house: an explicit list, no globs. */
export const entities: EntityClass[] = [Workspace]
