export { Scheduler, type SchedulerOptions } from './scheduler.ts'
export { LIVENESS_LOCK } from './seat.ts'
export { Worker } from './worker.entity.ts'
