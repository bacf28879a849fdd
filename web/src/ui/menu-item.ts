import type { Component } from 'vue'

export interface MenuItem {
  id: string
  label: string
  icon?: Component
  /** Shortcut that does the same. */
  keys?: string
  tone?: 'plain' | 'danger'
  disabled?: boolean
  /** Why the viewer may not: stands below the label, and nothing happens. */
  refusal?: string | undefined
  /** Given for items that are one choice among other items. */
  isChosen?: boolean
  /** A second line. */
  hint?: string
  /** A line above it. */
  isApart?: boolean
  href?: string
  run?: () => void
}
