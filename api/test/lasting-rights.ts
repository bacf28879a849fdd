import type { Rights } from '../src/graphql/live/standing.ts'

/** Rights that nobody changes. */
export const lastingRights: Rights = {
  isFresh: true,
  onChange: () => () => undefined,
  recheck: (actor) => Promise.resolve(actor),
}
