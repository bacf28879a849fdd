import type { RouteRecordRaw } from 'vue-router'
import { entryRoutes } from './entry/routes.ts'
import { settingsRoutes } from './settings/routes.ts'

/** The pages before one is signed in, and those of the account and its workspace. */
export const accountRoutes: RouteRecordRaw[] = [...entryRoutes, ...settingsRoutes]
