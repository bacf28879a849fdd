import type { Component } from 'vue'

export interface MenuItem {
  id: string
  label: string
  icon?: Component
  /** Shortcut that does the same. */
  keys?: string
  tone?: 'plain' | 'danger'
  disabled?: boolean
  /** A line above it. */
  isApart?: boolean
  href?: string
  run?: () => void
}
