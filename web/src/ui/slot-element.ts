import { cloneVNode, Comment, Fragment, Text, type Slot, type VNode } from 'vue'

/** The one element that a slot draws, with these attributes and listeners added to its own. */
export function slotElement(slot: Slot | undefined, props: Record<string, unknown>): VNode | null {
  const only = firstElement(slot?.() ?? [])
  return only && cloneVNode(only, props, true)
}

function firstElement(nodes: readonly VNode[]): VNode | null {
  for (const node of nodes) {
    if (node.type === Comment || node.type === Text) continue
    if (node.type !== Fragment) return node
    const inner = Array.isArray(node.children) ? firstElement(node.children as VNode[]) : null
    if (inner) return inner
  }
  return null
}
