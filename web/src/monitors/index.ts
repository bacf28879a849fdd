import type { RouteRecordRaw } from 'vue-router'

export const monitorRoutes: RouteRecordRaw[] = []
