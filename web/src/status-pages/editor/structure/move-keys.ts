/** Alt with an arrow moves what the focus is in. In fields these keys have a meaning of their own. */
export function moveByKey(event: KeyboardEvent, step: (by: -1 | 1) => void): void {
  if (!event.altKey || event.ctrlKey || event.metaKey) return
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  const isField = event.target instanceof Element && event.target.matches('input, textarea, select')
  if (isField) return
  event.preventDefault()
  // A component lies in a section, which would move too.
  event.stopPropagation()
  step(event.key === 'ArrowUp' ? -1 : 1)
}
