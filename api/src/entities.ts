import { Workspace } from './accounts/index.ts'
import type { EntityClass } from './db/index.ts'
import { liveResolvers, type ResolverClass } from './graphql/index.ts'
import {
  EvidenceEntity,
  HeartbeatEntity,
  HeartbeatResolver,
  RollupDay,
  RollupDirty,
  RollupHour,
  RollupWatermark,
  StateSpanEntity,
} from './history/index.ts'
import {
  IdempotencyKey,
  Monitor,
  MonitorCounts,
  MonitorFields,
  MonitorMutations,
  MonitorResolver,
  MonitorState,
} from './monitors/index.ts'
import { Worker } from './scheduler/index.ts'

/** Every entity of the house: an explicit list, no globs. */
export const entities: readonly EntityClass[] = [
  Workspace,
  Monitor,
  MonitorState,
  IdempotencyKey,
  HeartbeatEntity,
  EvidenceEntity,
  StateSpanEntity,
  RollupHour,
  RollupDay,
  RollupDirty,
  RollupWatermark,
  Worker,
]

/** Every resolver of the house. */
export const resolvers: readonly ResolverClass[] = [
  MonitorResolver,
  MonitorCounts,
  MonitorFields,
  MonitorMutations,
  HeartbeatResolver,
  ...liveResolvers,
]
