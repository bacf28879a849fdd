import type { Router } from 'vue-router'

const KEY = 'allswell.reloaded-for'

/**
 * After an update of the server the files of the old build are gone: a view that can't be fetched loads the page
 * anew at the address it was meant for. Once for each address, so that a server that is down makes no loop.
 */
export function reloadAfterUpdate(
  router: Router,
  go: (path: string) => void = (path) => location.assign(path),
): void {
  router.onError((error: unknown, to) => {
    const isMissingFile = error instanceof TypeError || /import|preload/i.test(String(error))
    if (!isMissingFile || sessionStorage.getItem(KEY) === to.fullPath) return
    sessionStorage.setItem(KEY, to.fullPath)
    go(router.resolve(to.fullPath).href)
  })
  router.afterEach((_to, _from, failure) => {
    if (!failure) sessionStorage.removeItem(KEY)
  })
}
