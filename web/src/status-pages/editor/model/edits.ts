import {
  componentsOf,
  nameAfter,
  newComponent,
  newSection,
  type ComponentDraft,
  type PageDraft,
  type SectionDraft,
} from './draft.ts'

/** The most that a page takes. */
export const MOST_SECTIONS = 50
export const MOST_COMPONENTS = 200

const withSections = (draft: PageDraft, sections: readonly SectionDraft[]): PageDraft => ({
  ...draft,
  sections,
})

export function changeSection(
  draft: PageDraft,
  key: string,
  change: Partial<Omit<SectionDraft, 'key'>>,
): PageDraft {
  const sections = draft.sections.map((one) => (one.key === key ? { ...one, ...change } : one))
  return withSections(draft, sections)
}

export function changeComponent(
  draft: PageDraft,
  key: string,
  change: Partial<Omit<ComponentDraft, 'key'>>,
): PageDraft {
  const sections = draft.sections.map((section) =>
    section.components.some((one) => one.key === key)
      ? {
          ...section,
          components: section.components.map((one) =>
            one.key === key ? { ...one, ...change } : one,
          ),
        }
      : section,
  )
  return withSections(draft, sections)
}

export const addSection = (draft: PageDraft, section: SectionDraft = newSection()): PageDraft =>
  withSections(draft, [...draft.sections, section])

export function removeSection(draft: PageDraft, key: string): PageDraft {
  return withSections(
    draft,
    draft.sections.filter((one) => one.key !== key),
  )
}

export function addComponent(
  draft: PageDraft,
  sectionKey: string,
  component: ComponentDraft = newComponent(),
): PageDraft {
  const section = draft.sections.find(({ key }) => key === sectionKey)
  if (!section) return draft
  return changeSection(draft, sectionKey, { components: [...section.components, component] })
}

export function removeComponent(draft: PageDraft, key: string): PageDraft {
  const sections = draft.sections.map((section) => ({
    ...section,
    components: section.components.filter((one) => one.key !== key),
  }))
  return withSections(draft, sections)
}

/** The monitors that no component speaks of, in their order, as many as the page still takes. */
export function missingMonitors<M extends { id: string }>(
  draft: PageDraft,
  monitors: readonly M[],
): M[] {
  const components = componentsOf(draft)
  const shown = new Set(components.flatMap(({ monitorIds }) => monitorIds))
  const room = Math.max(0, MOST_COMPONENTS - components.length)
  return monitors.filter(({ id }) => !shown.has(id)).slice(0, room)
}

/** One component for each monitor, at the end of the last section. */
export function addMonitors(
  draft: PageDraft,
  monitors: readonly { id: string; name: string }[],
): PageDraft {
  const added = monitors.map((monitor) =>
    newComponent({ name: nameAfter(monitor), monitorIds: [monitor.id] }),
  )
  const last = draft.sections.at(-1)
  if (added.length === 0) return draft
  if (!last) return addSection(draft, newSection({ components: added }))
  return changeSection(draft, last.key, { components: [...last.components, ...added] })
}
