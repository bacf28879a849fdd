import { useI18n } from 'vue-i18n'
import { useApollo } from '../../lib/apollo/index.ts'
import { showToast } from '../../ui/index.ts'
import { MonitorActions } from './monitor-actions.ts'
import type { Outcome } from './outcomes.ts'

export type Action = 'pause' | 'resume' | 'remove' | 'restore'
const UNDO: Record<Action, Action | null> = {
  pause: 'resume',
  resume: 'pause',
  remove: 'restore',
  restore: null,
}

/** The actions on monitors with their notices: what was done, with an offer to undo it, and what was not, and why. */
export function useMonitorActions(): Record<Action, (ids: readonly string[]) => Promise<Outcome>> {
  const actions = new MonitorActions(useApollo())
  const { t } = useI18n()

  async function act(action: Action, ids: readonly string[], isUndo = false): Promise<Outcome> {
    const outcome = await actions[action](ids)
    tell(action, outcome, isUndo)
    return outcome
  }

  function tell(action: Action, { done, failed }: Outcome, isUndo: boolean): void {
    const undo = UNDO[action]
    if (done.length > 0 && !isUndo) {
      showToast({
        title: t(`monitors.done.${action}`, { n: done.length }, done.length),
        ...(undo && {
          action: {
            label: t('monitors.actions.undo'),
            run: async () => void (await act(undo, done, true)),
          },
        }),
      })
    }
    if (failed.length === 0) return
    const reasons = [...new Set(failed.map(({ message }) => message))].filter(Boolean)
    showToast({
      tone: 'bad',
      title: t(`monitors.failed.${action}`, { n: failed.length }, failed.length),
      ...(reasons.length > 0 && { text: reasons.slice(0, 3).join(' ') }),
    })
  }

  return {
    pause: (ids) => act('pause', ids),
    resume: (ids) => act('resume', ids),
    remove: (ids) => act('remove', ids),
    restore: (ids) => act('restore', ids),
  }
}
