import { nextTick, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useEditor } from '../editor-context.ts'
import type { PageDraft } from '../model/draft.ts'
import {
  moveComponent,
  moveSection,
  spotOf,
  stepComponent,
  stepSection,
  type Target,
} from '../model/order.ts'

/** Moving sections and components: the focus goes with them, and screen readers hear where they are. */
export function useMoves(root: Readonly<Ref<HTMLElement | null>>) {
  const { t } = useI18n()
  const { draft, change, announce } = useEditor()

  function nameOf(kind: 'section' | 'component', name: string): string {
    return name.trim() || t(`status-pages.editor.unnamed.${kind}`)
  }
  function placeOfSection(key: string): string {
    const index = draft.value.sections.findIndex((one) => one.key === key)
    const name = nameOf('section', draft.value.sections[index]?.name ?? '')
    const total = draft.value.sections.length
    return t('status-pages.editor.moved.section', { name, n: index + 1, total })
  }
  function placeOfComponent(key: string): string {
    const spot = spotOf(draft.value, key)
    if (!spot) return ''
    const total = spot.section.components.length
    const section = nameOf('section', spot.section.name)
    const name = nameOf('component', spot.component.name)
    return t('status-pages.editor.moved.component', { name, n: spot.index + 1, total, section })
  }
  /** Tells where it is now, and where it can't go on. */
  function apply(next: PageDraft, key: string, placeOf: (key: string) => string): void {
    if (next === draft.value) return announce(t('status-pages.editor.moved.not'))
    const held = heldPart(root.value, key)
    change(next)
    announce(placeOf(key))
    void nextTick(() => focusPart(root.value, key, held))
  }
  return {
    stepSection: (key: string, by: -1 | 1) =>
      apply(stepSection(draft.value, key, by), key, placeOfSection),
    stepComponent: (key: string, by: -1 | 1) =>
      apply(stepComponent(draft.value, key, by), key, placeOfComponent),
    dropSection: (key: string, beforeKey: string | null) =>
      apply(moveSection(draft.value, key, beforeKey), key, placeOfSection),
    dropComponent: (key: string, to: Target) =>
      apply(moveComponent(draft.value, key, to), key, placeOfComponent),
  }
}

export type Moves = ReturnType<typeof useMoves>

const itemOf = (root: HTMLElement | null, key: string) =>
  root?.querySelector(`[data-item="${CSS.escape(key)}"]`)

/** Which control of the item has the focus. */
function heldPart(root: HTMLElement | null, key: string): string | null {
  const active = document.activeElement
  return active && itemOf(root, key)?.contains(active) ? active.getAttribute('data-part') : null
}

/** An item that has come into another section is drawn anew: the focus is brought back to it. */
function focusPart(root: HTMLElement | null, key: string, part: string | null): void {
  const item = itemOf(root, key)
  if (!item || item.contains(document.activeElement)) return
  const wanted = item.querySelector<HTMLElement>(`[data-part="${part ?? 'grip'}"]:not(:disabled)`)
  const found = wanted ?? item.querySelector<HTMLElement>('[data-part="grip"]')
  found?.focus()
}
