export { Scheduler, type SchedulerOptions } from './scheduler.ts'
export { Worker } from './worker.entity.ts'
