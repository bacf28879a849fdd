import { createRouter, createWebHistory, type Router, type RouterHistory } from 'vue-router'
import { accountRoutes } from '../accounts/index.ts'
import { translate } from '../lib/i18n/index.ts'
import { monitorRoutes } from '../monitors/index.ts'
import { statusPageRoutes } from '../status-pages/index.ts'

/** The addresses of the app. A route's `meta.title` is the message key of the window's title. */
export function createAppRouter(history: RouterHistory = createWebHistory()): Router {
  const router = createRouter({
    history,
    routes: [
      ...monitorRoutes,
      ...statusPageRoutes,
      ...accountRoutes,
      {
        path: '/:path(.*)*',
        name: 'not-found',
        component: () => import('./NotFoundView.vue'),
        meta: { title: 'app.notFound.title' },
      },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? {},
  })
  router.afterEach((to) => {
    const { title } = to.meta
    const name = translate('app.name')
    document.title = typeof title === 'string' ? `${translate(title)} · ${name}` : name
  })
  return router
}
