import type { RouteComponent, RouteRecordRaw } from 'vue-router'

const layout = () => import('./layout/SettingsLayout.vue')

/** `isWide`: a page of tables. */
function page(
  name: string,
  component: () => Promise<RouteComponent>,
  meta: { isWide?: boolean } = {},
): RouteRecordRaw {
  return {
    path: name,
    name,
    component,
    meta: { title: `accounts.settings.places.${name}`, ...meta },
  }
}

/** The account of who is signed in, and the workspace. */
export const settingsRoutes: RouteRecordRaw[] = [
  {
    path: '/account',
    component: layout,
    redirect: '/account/profile',
    children: [
      page('profile', () => import('./profile/ProfileView.vue')),
      page('security', () => import('./security/SecurityView.vue')),
      page('sessions', () => import('./sessions/SessionsView.vue')),
    ],
  },
  {
    path: '/settings',
    component: layout,
    redirect: '/settings/members',
    children: [
      page('workspace', () => import('./workspace/WorkspaceView.vue')),
      page('members', () => import('./members/MembersView.vue'), { isWide: true }),
      page('tokens', () => import('./tokens/TokensView.vue'), { isWide: true }),
      page('audit', () => import('./audit/AuditView.vue'), { isWide: true }),
    ],
  },
]
