import {
  Building2,
  KeyRound,
  MonitorSmartphone,
  ScrollText,
  ShieldCheck,
  UserRound,
  Users,
} from '@lucide/vue'
import type { Component } from 'vue'

export interface SettingsPlace {
  id: string
  path: string
  icon: Component
}

/** The pages of the settings, in the order of their list. */
export const YOUR_PLACES: readonly SettingsPlace[] = [
  { id: 'profile', path: '/account/profile', icon: UserRound },
  { id: 'security', path: '/account/security', icon: ShieldCheck },
  { id: 'sessions', path: '/account/sessions', icon: MonitorSmartphone },
]
export const WORKSPACE_PLACES: readonly SettingsPlace[] = [
  { id: 'workspace', path: '/settings/workspace', icon: Building2 },
  { id: 'members', path: '/settings/members', icon: Users },
  { id: 'tokens', path: '/settings/tokens', icon: KeyRound },
  { id: 'audit', path: '/settings/audit', icon: ScrollText },
]
