import { Accounts1764100000000 } from './1764100000000-accounts.ts'
import { Foundation1764000000000 } from './1764000000000-foundation.ts'
import { PageSubscribers1764220000000 } from './1764220000000-page-subscribers.ts'
import { StatusPages1764200000000 } from './1764200000000-status-pages.ts'
import { HeartbeatsFromJobs1764210000000 } from './1764210000000-heartbeats-from-jobs.ts'

/** Every migration, oldest first. An explicit list: nothing runs because a file lies about. */
export const migrations = [
  Foundation1764000000000,
  Accounts1764100000000,
  StatusPages1764200000000,
  HeartbeatsFromJobs1764210000000,
  PageSubscribers1764220000000,
]
