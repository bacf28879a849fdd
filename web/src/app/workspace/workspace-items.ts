import { Plus } from '@lucide/vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { MenuItem } from '../../ui/index.ts'
import { openNewWorkspace } from './new-workspace.ts'
import { useWorkspaces } from './use-workspaces.ts'

/** The workspaces as menu items: each is a link that loads the app in the other one. */
export function useWorkspaceItems() {
  const { t } = useI18n()
  const { all, current } = useWorkspaces()
  const items = computed((): MenuItem[] => [
    ...all.value.map(({ id, name, role, path }) => ({
      id: `workspace-${id}`,
      label: name,
      hint: t(`app.roles.${role}`),
      isChosen: id === current.value?.id,
      href: path,
    })),
    {
      id: 'workspace-new',
      label: t('app.workspace.newItem'),
      icon: Plus,
      isApart: all.value.length > 0,
      run: openNewWorkspace,
    },
  ])
  return { items, current }
}
