/**
 * The editor's tabs hold buttons inside `role="tab"`, which screen readers flatten: closing a tab is then out of
 * reach. They become what they are, a list of buttons, of which one is current.
 */
export function mendTabList(root: HTMLElement): MutationObserver {
  const observer = new MutationObserver(() => mend(root))
  observer.observe(root, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['role', 'aria-selected'],
  })
  mend(root)
  return observer
}

function mend(root: HTMLElement): void {
  for (const list of root.querySelectorAll('.graphiql-tabs[role=tablist]')) {
    list.removeAttribute('role')
  }
  for (const tab of root.querySelectorAll('.graphiql-tab[aria-selected]')) {
    const isCurrent = tab.getAttribute('aria-selected') === 'true'
    tab.removeAttribute('role')
    tab.removeAttribute('aria-selected')
    const button = tab.querySelector('.graphiql-tab-button')
    if (isCurrent) button?.setAttribute('aria-current', 'true')
    else button?.removeAttribute('aria-current')
  }
}
