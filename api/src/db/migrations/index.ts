import { Accounts1764100000000 } from './1764100000000-accounts.ts'
import { Foundation1764000000000 } from './1764000000000-foundation.ts'

/** Every migration, oldest first. An explicit list: nothing runs because a file lies about. */
export const migrations = [Foundation1764000000000, Accounts1764100000000]
