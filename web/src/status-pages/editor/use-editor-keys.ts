import { useShortcuts, type Shortcut } from '../../lib/shortcuts.ts'

/** The editor by keyboard. In text fields undo stays what the browser makes of it. */
export function useEditorKeys(run: { save(): void; undo(): void; redo(): void }): void {
  const shortcut = (
    keys: string,
    name: string,
    act: (event: KeyboardEvent) => void,
    when?: () => boolean,
  ): Shortcut => ({
    ...{ keys, label: `status-pages.keys.${name}`, group: 'status-pages.title', run: act },
    ...(when && { when }),
  })
  const isFree = () =>
    !document.activeElement?.matches('textarea, input:not([type=checkbox], [type=radio])')
  useShortcuts([
    shortcut('mod+s', 'save', () => run.save()),
    shortcut('mod+z', 'undo', (event) => (event.shiftKey ? run.redo() : run.undo()), isFree),
    shortcut('mod+y', 'redo', () => run.redo(), isFree),
  ])
}
