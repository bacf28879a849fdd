import type { RouteRecordRaw } from 'vue-router'

/** The pages before one is signed in. `meta.entry` says who belongs there. */
export const entryRoutes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('./SignInView.vue'),
    meta: { title: 'accounts.entry.signIn.title', entry: 'visitor' },
  },
  {
    path: '/set-up',
    name: 'set-up',
    component: () => import('./SetUpView.vue'),
    meta: { title: 'accounts.entry.setUp.title', entry: 'setUp' },
  },
  {
    path: '/forgotten',
    name: 'forgotten',
    component: () => import('./ForgottenView.vue'),
    meta: { title: 'accounts.entry.forgotten.title', entry: 'visitor' },
  },
  {
    path: '/reset-password',
    name: 'reset-password',
    component: () => import('./ResetPasswordView.vue'),
    meta: { title: 'accounts.entry.reset.title', entry: 'anyone' },
  },
  {
    path: '/join/:token',
    name: 'join',
    component: () => import('./InvitationView.vue'),
    meta: { title: 'accounts.entry.join.title', entry: 'anyone' },
  },
]
