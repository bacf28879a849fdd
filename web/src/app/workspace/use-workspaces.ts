import { computed } from 'vue'
import { MyWorkspacesDocument } from '../../generated/operations.ts'
import { problemOf, useQuery } from '../../lib/apollo/index.ts'
import { outside } from '../../lib/prefix.ts'
import { workspacePath } from '../../lib/session/index.ts'
import { useViewer } from '../../lib/viewer/index.ts'

/** The viewer's workspaces and the addresses that lead into them. `known`: only what another part has asked for. */
export function useWorkspaces(source: 'server' | 'known' = 'server') {
  const { viewer } = useViewer()
  const { data, error, isLoading, refetch } = useQuery(
    MyWorkspacesDocument,
    {},
    { fetchPolicy: source === 'known' ? 'cache-only' : 'cache-and-network' },
  )
  const all = computed(() =>
    (data.value?.workspaces ?? []).map(({ id, name, slug, role }) => ({
      id,
      name,
      role,
      path: outside(workspacePath(slug)),
    })),
  )
  return {
    all,
    others: computed(() => all.value.filter(({ id }) => id !== viewer.value?.workspace?.id)),
    current: computed(() => viewer.value?.workspace ?? null),
    problem: computed(() => (error.value ? problemOf(error.value) : null)),
    isLoading,
    refetch,
  }
}
