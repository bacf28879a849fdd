import type { RouteRecordRaw } from 'vue-router'
import MonitorsView from './MonitorsView.vue'
import { beatRings } from './live/beats.ts'
import { monitorEvents, type LiveEvent } from './live/monitor-events.ts'
import { tellStatusChanges } from './live/status-news.ts'

/** One view behind all of them: the list stays while a monitor or the form opens over it. */
export const monitorRoutes: RouteRecordRaw[] = [
  { path: '/', name: 'monitors', component: MonitorsView, meta: { title: 'monitors.title' } },
  { path: '/monitors', redirect: { name: 'monitors' } },
  {
    path: '/monitors/new',
    name: 'monitor-new',
    component: MonitorsView,
    meta: { title: 'monitors.form.newTitle' },
  },
  {
    path: '/monitors/:id',
    name: 'monitor',
    component: MonitorsView,
    meta: { title: 'monitors.title' },
  },
  {
    path: '/monitors/:id/edit',
    name: 'monitor-edit',
    component: MonitorsView,
    meta: { title: 'monitors.form.editTitle' },
  },
]

/** What this room does with the events of the live stream. */
export const monitorRoom = monitorEvents({ rings: beatRings, changed: tellStatusChanges })

export type { LiveEvent }
