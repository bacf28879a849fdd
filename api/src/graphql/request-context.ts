import { RequestScope } from '../db/index.ts'
import type { Spent } from './limits/budget.ts'

/** The context of one request: its actor, its snapshot, its loaders, and what it cost. */
export class RequestContext extends RequestScope {
  cost: Spent | undefined
}
