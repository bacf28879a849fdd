export { type ActorField, type AuthRule, directive, ruleOf } from './auth-rules.ts'
export { buildContract, type ResolverClass } from './contract.ts'
export { type GraphqlServerOptions, startGraphqlServer } from './graphql-server.ts'
export { LIMITS } from './limits/limits.ts'
export { validateOperation } from './limits/validate-operation.ts'
export {
  isOwnOrigin,
  Live,
  LiveEventSource,
  liveResolvers,
  LiveSocket,
  StatusPageLive,
} from './live/index.ts'
export { errorPresenter } from './present-error.ts'
export { printContract, readContract, sortContract } from './print-contract.ts'
export { RequestContext } from './request-context.ts'
