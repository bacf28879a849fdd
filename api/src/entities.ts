import {
  ApiTokenEntity,
  AuditEntryEntity,
  AuthChangeEntity,
  IdentityEntity,
  Instance,
  InvitationEntity,
  Membership,
  OneTimeSecret,
  PasskeyEntity,
  ProfileResolver,
  RecoveryCode,
  RefreshToken,
  Session,
  SessionResolver,
  SigningKey,
  SignInResolver,
  ThrottleEntry,
  User,
  Workspace,
} from './accounts/index.ts'
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
  User,
  Membership,
  Session,
  RefreshToken,
  SigningKey,
  IdentityEntity,
  PasskeyEntity,
  RecoveryCode,
  OneTimeSecret,
  ThrottleEntry,
  Instance,
  ApiTokenEntity,
  InvitationEntity,
  AuditEntryEntity,
  AuthChangeEntity,
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
  SignInResolver,
  SessionResolver,
  ProfileResolver,
  MonitorResolver,
  MonitorCounts,
  MonitorFields,
  MonitorMutations,
  HeartbeatResolver,
  ...liveResolvers,
]
