import { useRouter } from 'vue-router'
import { inside, outside } from '../../lib/prefix.ts'
import { pathWithin, safeNext } from '../../lib/session/index.ts'

/** Leads on into the app: to the page that was wanted, if it is one of ours. */
export function useGoOn(): (next: unknown) => Promise<void> {
  const router = useRouter()
  const base = inside(`${router.options.history.base}/`)
  return async (next) => {
    const goal = safeNext(next)
    const path = pathWithin(base, goal)
    if (path === null) location.assign(outside(goal))
    else await router.replace(path)
  }
}
