import type { ComponentDraft, PageDraft, SectionDraft } from './draft.ts'

/** Where a component goes: before another one of the section, or (null) to its end. */
export interface Target {
  sectionKey: string
  beforeKey: string | null
}

/** Where a component is. */
export interface Spot {
  section: SectionDraft
  component: ComponentDraft
  index: number
}

export function spotOf(draft: PageDraft, key: string): Spot | null {
  for (const section of draft.sections) {
    const index = section.components.findIndex((one) => one.key === key)
    const component = section.components[index]
    if (component) return { section, component, index }
  }
  return null
}

function insertBefore<T extends { key: string }>(
  list: readonly T[],
  item: T,
  beforeKey: string | null,
): T[] {
  const rest = list.filter(({ key }) => key !== item.key)
  const at = beforeKey === null ? -1 : rest.findIndex(({ key }) => key === beforeKey)
  return at < 0 ? [...rest, item] : rest.toSpliced(at, 0, item)
}

/** Puts a section before another one, or (null) to the end. The same draft where nothing changes. */
export function moveSection(draft: PageDraft, key: string, beforeKey: string | null): PageDraft {
  const section = draft.sections.find((one) => one.key === key)
  if (!section || beforeKey === key) return draft
  const sections = insertBefore(draft.sections, section, beforeKey)
  return isSameOrder(sections, draft.sections) ? draft : { ...draft, sections }
}

/** Puts a component elsewhere, also into another section. The same draft where nothing changes. */
export function moveComponent(draft: PageDraft, key: string, to: Target): PageDraft {
  const spot = spotOf(draft, key)
  const isSomewhere = draft.sections.some((one) => one.key === to.sectionKey)
  if (!spot || !isSomewhere || to.beforeKey === key) return draft
  const sections = draft.sections.map((section) => {
    if (section.key === to.sectionKey) {
      const components = insertBefore(section.components, spot.component, to.beforeKey)
      return { ...section, components }
    }
    if (section.key !== spot.section.key) return section
    return { ...section, components: section.components.filter((one) => one.key !== key) }
  })
  const isUnmoved =
    to.sectionKey === spot.section.key &&
    isSameOrder(
      sections.find((one) => one.key === to.sectionKey)?.components ?? [],
      spot.section.components,
    )
  return isUnmoved ? draft : { ...draft, sections }
}

/** One step up (-1) or down (1). */
export function stepSection(draft: PageDraft, key: string, by: -1 | 1): PageDraft {
  const index = draft.sections.findIndex((one) => one.key === key)
  const next = index + by
  if (index < 0 || next < 0 || next >= draft.sections.length) return draft
  const before = draft.sections[by < 0 ? next : next + 1]
  return moveSection(draft, key, before?.key ?? null)
}

/** One step up or down; beyond the end of its section a component goes on into the next one. */
export function stepComponent(draft: PageDraft, key: string, by: -1 | 1): PageDraft {
  const spot = spotOf(draft, key)
  if (!spot) return draft
  const { section, index } = spot
  const next = index + by
  const isInside = next >= 0 && next < section.components.length
  if (!isInside) return stepOut(draft, spot, by)
  const before = section.components[by < 0 ? next : next + 1]
  return moveComponent(draft, key, { sectionKey: section.key, beforeKey: before?.key ?? null })
}

/** Up to the end of the section above, or down to the beginning of the one below. */
function stepOut(draft: PageDraft, { section, component }: Spot, by: -1 | 1): PageDraft {
  const neighbour = draft.sections[draft.sections.indexOf(section) + by]
  if (!neighbour) return draft
  const first = by > 0 ? neighbour.components[0] : undefined
  const to = { sectionKey: neighbour.key, beforeKey: first?.key ?? null }
  return moveComponent(draft, component.key, to)
}

function isSameOrder(one: readonly { key: string }[], other: readonly { key: string }[]): boolean {
  return one.length === other.length && one.every(({ key }, index) => key === other[index]?.key)
}
