import { Activity, Pause, Pencil, Play, Plus, Trash2 } from '@lucide/vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { rankCommands, useCommands, type Command } from '../../lib/commands.ts'
import type { ListedMonitor } from '../list/list-order.ts'
import { useMonitorActions } from './use-monitor-actions.ts'

const MOST_FOUND = 8

/** What the palette can do with monitors: find one, create one, and act on the open one. */
export function useMonitorCommands(now: {
  monitors(): readonly ListedMonitor[]
  opened(): ListedMonitor | null
}): void {
  const { t } = useI18n()
  const router = useRouter()
  const route = useRoute()
  const actions = useMonitorActions()
  const group = () => t('monitors.title')
  const go = (name: string, id?: string) => async () => {
    await router.push({ name, ...(id && { params: { id } }), query: route.query })
  }

  function create(): Command {
    return {
      id: 'monitor-new',
      label: t('monitors.actions.new'),
      group: group(),
      keywords: 'add create watch',
      icon: Plus,
      keys: 'n',
      run: go('monitor-new'),
    }
  }
  function onOpened({ id, name, isPaused }: ListedMonitor): Command[] {
    const command = (action: string, icon: Command['icon'], run: Command['run']): Command => ({
      id: `monitor-${action}`,
      label: t(`monitors.commands.${action}`, { name }),
      group: group(),
      ...(icon && { icon }),
      ...(run && { run }),
    })
    const done = async (action: 'pause' | 'resume' | 'remove') => void (await actions[action]([id]))
    return [
      isPaused
        ? command('resume', Play, () => done('resume'))
        : command('pause', Pause, () => done('pause')),
      command('edit', Pencil, go('monitor-edit', id)),
      command('remove', Trash2, () => done('remove')),
    ]
  }

  useCommands({
    find: () => {
      const opened = now.opened()
      return [create(), ...(opened ? onOpened(opened) : [])]
    },
  })
  useCommands({
    isSearch: true,
    find: (query) => (query.trim() ? found(query) : []),
  })
  function found(query: string): Command[] {
    const all = now.monitors().map(({ id, name, target }): Command => ({
      id: `monitor-${id}`,
      label: name,
      hint: target,
      group: group(),
      icon: Activity,
      run: go('monitor', id),
    }))
    return rankCommands(all, query).slice(0, MOST_FOUND)
  }
}
