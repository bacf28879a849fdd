/** The client of the contract: composables over one cache that one live connection keeps right. */
export { createApollo, type Apollo, type ApolloOptions } from './client.ts'
export { provideApollo, useApollo } from './composables/apollo.ts'
export { useFragment, type Identity } from './composables/use-fragment.ts'
export {
  runMutation,
  useMutation,
  type MutationOptions,
  type MutationOutcome,
  type MutationState,
} from './composables/use-mutation.ts'
export { useQuery, type QueryOptions, type QueryState } from './composables/use-query.ts'
export type { AccessTokens } from './links/access-link.ts'
export type { LiveBatch, LiveRoom } from './live/live-client.ts'
export type { StreamPhase } from './live/resumable-stream.ts'
export { problemOf, type Problem } from './problem.ts'
