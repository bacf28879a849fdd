export { AddressGuard, AddressRefused, type GuardRules } from './address-guard.ts'
export { type ConnectionProblem, explainConnection } from './connection-problem.ts'
export { Deadline, DeadlineExceeded } from './deadline.ts'
export {
  addressText,
  ConnectFailure,
  connectGuarded,
  type GuardedConnection,
} from './guarded-connection.ts'
export { canonicalHost, type IpFamily, ResolveFailure, resolveHost } from './resolver.ts'
