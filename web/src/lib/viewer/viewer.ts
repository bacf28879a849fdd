import { computed, readonly, shallowRef, type ComputedRef, type DeepReadonly, type Ref } from 'vue'
import type { Role, ViewerFactsFragment } from '../../generated/operations.ts'
import { translate } from '../i18n/index.ts'
import { roleAllows } from './rights.ts'

export type ViewerFacts = ViewerFactsFragment

const viewer = shallowRef<ViewerFacts | null>(null)

/** Told by the entry whenever the cache knows something new about who is signed in. */
export function setViewer(next: ViewerFacts | null): void {
  viewer.value = next
}

export interface ViewerState {
  /** Who is signed in; null on the pages before that. */
  viewer: Readonly<Ref<DeepReadonly<ViewerFacts> | null>>
  /** Whether the viewer's role in this workspace suffices. */
  can(role: Role): boolean
  /** Why it does not, in words; undefined where it does. Give it to a button as `refusal`. */
  refusalOf(role: Role): string | undefined
  canEdit: ComputedRef<boolean>
}

/** Who looks at the pages and what they may do. The server decides; this spares them the attempt. */
export function useViewer(): ViewerState {
  const can = (role: Role) => roleAllows(viewer.value?.role, role)
  return {
    viewer: readonly(viewer),
    can,
    refusalOf: (role) => (can(role) ? undefined : translate(`app.rights.${refusalKey(role)}`)),
    canEdit: computed(() => can('EDITOR')),
  }
}

function refusalKey(needed: Role): string {
  if (needed === 'OWNER') return 'ownerOnly'
  return needed === 'ADMIN' ? 'adminOnly' : 'viewer'
}
