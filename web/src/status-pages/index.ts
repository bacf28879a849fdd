import type { RouteRecordRaw } from 'vue-router'

const editor = () => import('./editor/StatusPageEditorView.vue')

/** The status pages of the workspace and their editor. What visitors see is built apart (`public/`). */
export const statusPageRoutes: RouteRecordRaw[] = [
  {
    path: '/status-pages',
    name: 'status-pages',
    component: () => import('./list/StatusPagesView.vue'),
    meta: { title: 'status-pages.title' },
  },
  {
    path: '/status-pages/new',
    name: 'status-page-new',
    component: editor,
    meta: { title: 'status-pages.editor.newHeading' },
  },
  {
    path: '/status-pages/:id',
    name: 'status-page-edit',
    component: editor,
    meta: { title: 'status-pages.editor.heading' },
  },
]

export { statusPageRoom } from './live/page-news.ts'
