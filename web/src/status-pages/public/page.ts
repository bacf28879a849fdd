import type { PublicStatusPageFragment } from '../../generated/operations.ts'

/** What a visitor sees of a page: the fragment that the query and the subscription share. */
export type PublicPage = PublicStatusPageFragment
export type PublicSection = PublicPage['sections'][number]
export type PublicComponent = PublicSection['components'][number]
export type PublicDays = NonNullable<PublicComponent['days']>
export type PublicLatency = NonNullable<PublicComponent['latency']>
export type PublicOutage = PublicPage['outages'][number]
export type ComponentStatus = PublicComponent['status']
