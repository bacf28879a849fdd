const FIELDS =
  'input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled)'

/** Where the keyboard begins in a dialog that opens: its first field, else the dialog itself, never its close button. */
export function focusFirstField(event: Event): void {
  const dialog = event.currentTarget ?? event.target
  if (!(dialog instanceof HTMLElement)) return
  event.preventDefault()
  const field = dialog.querySelector<HTMLElement>(FIELDS)
  ;(field ?? dialog).focus({ preventScroll: true })
}
