import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'

export interface ListCursor {
  /** Id of the row that the keyboard is on. */
  current: Ref<string | null>
  selected: Readonly<Ref<ReadonlySet<string>>>
  areAllSelected: ComputedRef<boolean>
  /** Moves by that many rows and stays inside the list; answers the new index. */
  move(by: number): number
  /** Selects or unselects one; with `isRange`, everything from the one selected last to this. */
  toggle(id: string, isRange?: boolean): void
  selectAll(): void
  clear(): void
}

/** Cursor and selection of a list whose rows are known by id; ids that leave the list leave the selection. */
export function useListCursor(ids: () => readonly string[]): ListCursor {
  const current = ref<string | null>(null)
  const anchor = ref<string | null>(null)
  const chosen = shallowRef<ReadonlySet<string>>(new Set())
  const selected = computed(() => new Set(ids().filter((id) => chosen.value.has(id))))

  function move(by: number) {
    const list = ids()
    const from = current.value === null ? -1 : list.indexOf(current.value)
    const start = from < 0 && by < 0 ? 0 : from
    const index = Math.max(0, Math.min(list.length - 1, start + by))
    current.value = list[index] ?? null
    return index
  }
  function toggle(id: string, isRange = false) {
    const next = new Set(selected.value)
    const isOn = !next.has(id)
    const range = isRange ? between(ids(), anchor.value, id) : [id]
    for (const each of range) {
      if (isOn || isRange) next.add(each)
      else next.delete(each)
    }
    anchor.value = id
    chosen.value = next
  }
  return {
    current,
    selected,
    areAllSelected: computed(() => ids().length > 0 && selected.value.size === ids().length),
    move,
    toggle,
    selectAll: () => (chosen.value = new Set(ids())),
    clear: () => (chosen.value = new Set()),
  }
}

function between(ids: readonly string[], from: string | null, to: string): readonly string[] {
  const start = from === null ? -1 : ids.indexOf(from)
  const end = ids.indexOf(to)
  if (start < 0 || end < 0) return [to]
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1)
}
