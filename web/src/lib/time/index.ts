export {
  formatClock,
  formatDay,
  formatDuration,
  formatExact,
  formatMoment,
  type Moment,
} from './format.ts'
export { useNow } from './now.ts'
export { browserZone, zoneOptions } from './zones.ts'
