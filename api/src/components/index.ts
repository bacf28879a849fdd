export { ComponentEntity } from './component.entity.ts'
export { ComponentMonitor } from './component-monitor.entity.ts'
export { ComponentStatus, componentStatus, pageStatus } from './component-status.ts'
export { ComponentStatusEnum } from './component-status.enum.ts'
export {
  type DaySummary,
  lastSince,
  type Outage,
  outagesOf,
  summariseDays,
  uptimeOf,
} from './component-history.ts'
export {
  type ComponentStretch,
  componentTimeline,
  type MonitorTimeline,
} from './component-timeline.ts'
