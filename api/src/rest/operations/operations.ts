import type { RestOperation } from '../operation.ts'
import { COMPONENTS } from './components.ts'
import { MONITORS } from './monitors.ts'
import { PEOPLE } from './people.ts'
import { STATUS_PAGES } from './status-pages.ts'
import { WORKSPACE } from './workspace.ts'

/** Everything that REST can do. */
export const OPERATIONS: readonly RestOperation[] = [
  ...MONITORS,
  ...STATUS_PAGES,
  ...COMPONENTS,
  ...PEOPLE,
  ...WORKSPACE,
]
