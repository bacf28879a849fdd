import type { Router } from 'vue-router'
import { inside } from '../../lib/prefix.ts'
import { pathWithin, type Entry } from '../../lib/session/index.ts'
import { entryDecision } from './entry-decision.ts'

export interface EntryGuardOptions {
  /** What stands before every path of the app. */
  base: string
  /** Loads a page anew. */
  load(path: string): void
}

/** Holds every navigation until it is known who is there, and leads those elsewhere who belong elsewhere. */
export function guardEntry(router: Router, entry: Entry, { base, load }: EntryGuardOptions): void {
  router.beforeEach(async (to) => {
    await entry.whenKnown()
    const goal = entryDecision(
      {
        needsSetUp: entry.signIn.value?.needsSetUp ?? false,
        isSignedIn: entry.viewer.value !== null,
      },
      {
        entry: to.meta.entry,
        fullPath: inside(router.resolve(to.fullPath).href),
        next: to.query['next'],
        problem: to.query['problem'],
      },
    )
    if (goal === null) return true
    const path = pathWithin(base, goal)
    if (path !== null) return path
    load(goal)
    // Nothing is shown until the other page is there.
    return new Promise<never>(() => {})
  })
}
