import { safeNext, signInPath } from '../../lib/session/index.ts'

/** Who a page before the app is for; absent: a page of the app. */
export type EntryKind = 'setUp' | 'visitor' | 'anyone'

declare module 'vue-router' {
  interface RouteMeta {
    entry?: EntryKind
  }
}

export interface EntryFacts {
  needsSetUp: boolean
  isSignedIn: boolean
}

export interface WantedPage {
  entry?: EntryKind | undefined
  /** As it stands in the address bar. */
  fullPath: string
  next?: unknown
  /** What went wrong at a provider, as it says when it leads back. */
  problem?: unknown
}

/** Where a visitor is led instead of the wanted page; null: they may see it. */
export function entryDecision(facts: EntryFacts, wanted: WantedPage): string | null {
  if (facts.needsSetUp) return wanted.entry === 'setUp' ? null : '/set-up'
  if (facts.isSignedIn) {
    const isOver = wanted.entry === 'setUp' || wanted.entry === 'visitor'
    return isOver ? (linkingProblem(wanted) ?? safeNext(wanted.next)) : null
  }
  if (wanted.entry === 'setUp') return '/sign-in'
  return wanted.entry ? null : signInPath(wanted.fullPath)
}

/** Who is signed in already was connecting a provider to their account: that page says what went wrong. */
function linkingProblem({ problem }: WantedPage): string | null {
  const isCode = typeof problem === 'string' && /^[a-z_]+$/.test(problem)
  return isCode ? `/account/security?problem=${problem}` : null
}
