import type { ComponentStatus } from '../../components/index.ts'

/** Of one component, in the middle of a sentence. */
export const STATE_WORDS: Readonly<Record<ComponentStatus, string>> = {
  OPERATIONAL: 'operational',
  DEGRADED: 'degraded',
  PARTIAL_OUTAGE: 'partial outage',
  MAJOR_OUTAGE: 'major outage',
  MAINTENANCE: 'maintenance',
  UNKNOWN: 'unknown',
}

/** Of a whole page. */
export const OVERALL_WORDS: Readonly<Record<ComponentStatus, string>> = {
  OPERATIONAL: 'All systems operational',
  DEGRADED: 'Some systems are slow or unstable',
  PARTIAL_OUTAGE: 'Some systems are down',
  MAJOR_OUTAGE: 'Major outage',
  MAINTENANCE: 'Maintenance in progress',
  UNKNOWN: 'Status unknown',
}

/** White text on each of them can be read by everybody (4.5 to 1). */
export const STATE_COLOURS: Readonly<Record<ComponentStatus, string>> = {
  OPERATIONAL: '#1a7f37',
  DEGRADED: '#9a6700',
  PARTIAL_OUTAGE: '#bc4c00',
  MAJOR_OUTAGE: '#cf222e',
  MAINTENANCE: '#0969da',
  UNKNOWN: '#59636e',
}
