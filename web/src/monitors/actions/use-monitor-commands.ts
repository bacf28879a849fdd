import { Activity, Pause, Pencil, Play, Plus, Trash2 } from '@lucide/vue'
import { useI18n, type Composer } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { rankCommands, useCommands, type Command } from '../../lib/commands.ts'
import type { ListedMonitor } from '../list/list-order.ts'
import { useEditRight } from './use-edit-right.ts'
import { useMonitorActions, type Action } from './use-monitor-actions.ts'

const MOST_FOUND = 8

export interface CommandContext {
  monitors(): readonly ListedMonitor[]
  /** The monitor whose panel is open. */
  opened(): ListedMonitor | null
}

/** What the palette can do with monitors: find one, create one, and act on the open one. */
export function useMonitorCommands({ monitors, opened }: CommandContext): void {
  const { t } = useI18n()
  const router = useRouter()
  const actions = useMonitorActions()
  const { refusal } = useEditRight()
  const act = async (action: Action, id: string) => void (await actions[action]([id]))
  const edit = async (id: string) =>
    void (await router.push({
      name: 'monitor-edit',
      params: { id },
      query: router.currentRoute.value.query,
    }))

  useCommands({
    find: () => {
      const monitor = opened()
      const commands = [creation(t), ...(monitor ? onOpened(monitor, t, act, edit) : [])]
      return commands.map((command) => ({ ...command, refusal: refusal.value }))
    },
  })
  useCommands({
    isSearch: true,
    find: (query) =>
      query.trim() ? rankCommands(monitors().map(toCommand(t)), query).slice(0, MOST_FOUND) : [],
  })
}

type Translate = Composer['t']

function creation(t: Translate): Command {
  return {
    id: 'monitor-new',
    label: t('monitors.actions.new'),
    group: t('monitors.title'),
    keywords: 'add create watch',
    icon: Plus,
    keys: 'n',
    to: '/monitors/new',
  }
}

function onOpened(
  { id, name, isPaused }: ListedMonitor,
  t: Translate,
  act: (action: Action, id: string) => Promise<void>,
  edit: (id: string) => Promise<void>,
): Command[] {
  const command = (action: string, icon: Command['icon'], run: () => Promise<void>): Command => ({
    id: `monitor-${action}`,
    label: t(`monitors.commands.${action}`, { name }),
    group: t('monitors.title'),
    ...(icon && { icon }),
    run,
  })
  return [
    isPaused
      ? command('resume', Play, () => act('resume', id))
      : command('pause', Pause, () => act('pause', id)),
    command('edit', Pencil, () => edit(id)),
    command('remove', Trash2, () => act('remove', id)),
  ]
}

function toCommand(t: Translate) {
  return ({ id, name, target }: ListedMonitor): Command => ({
    id: `monitor-${id}`,
    label: name,
    hint: target,
    group: t('monitors.title'),
    icon: Activity,
    to: `/monitors/${id}`,
  })
}
