import type { ComponentStatus, PublicComponent } from './page.ts'

const DISC = 'M6 1a5 5 0 1 1 0 10A5 5 0 1 1 6 1Z'

/** Each state has its own outline, in a box of 12 by 12, so that colour is never alone. */
export const STATUS_PATHS: Readonly<Record<ComponentStatus, string>> = {
  OPERATIONAL: `${DISC}m-2.9 5.1 2.1 2.1 3.8-3.9-.9-.9-2.9 3-1.2-1.2Z`,
  DEGRADED: 'M6 .9 11.4 10.6H.6Z',
  PARTIAL_OUTAGE: 'M6 .4 11.6 6 6 11.6.4 6ZM6 3v6l3-3Z',
  MAJOR_OUTAGE:
    'M1.3 1.3h9.4v9.4H1.3Zm2 1.1L6 5.1l2.7-2.7.9.9L6.9 6l2.7 2.7-.9.9L6 6.9 3.3 9.6l-.9-.9L5.1 6 2.4 3.3Z',
  MAINTENANCE: `${DISC}m-1.9 2.8v4.4h1.2V3.8Zm2.6 0v4.4h1.2V3.8Z`,
  UNKNOWN: 'M6 1a5 5 0 1 1 0 10A5 5 0 1 1 6 1Zm0 1.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 1 0 0-6.8Z',
}

/** The worst first. What nobody knows does not make a section bad. */
const ORDER: readonly ComponentStatus[] = [
  ...(['MAJOR_OUTAGE', 'PARTIAL_OUTAGE', 'DEGRADED', 'MAINTENANCE'] as const),
  ...(['OPERATIONAL', 'UNKNOWN'] as const),
]

/** The state of several components together, by the rule of the page's own. */
export function statusTogether(
  components: readonly Pick<PublicComponent, 'status'>[],
): ComponentStatus {
  const present = ORDER.filter((status) => components.some((one) => one.status === status))
  const [worst = 'UNKNOWN'] = present
  return worst === 'MAJOR_OUTAGE' &&
    present.some((status) => status !== 'UNKNOWN' && status !== worst)
    ? 'PARTIAL_OUTAGE'
    : worst
}
