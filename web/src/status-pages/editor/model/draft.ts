import type {
  ComponentStatus,
  EditedPageFragment,
  PageVisibility,
  Theme,
} from '../../../generated/operations.ts'

/** A component as it stands in the editor. Drafts are never changed in place: every edit makes a new one. */
export interface ComponentDraft {
  /** What the editor calls it; the id once it has one. */
  readonly key: string
  readonly id: string | null
  readonly name: string
  readonly description: string
  readonly monitorIds: readonly string[]
  readonly manualStatus: ComponentStatus | null
  readonly showBars: boolean
  readonly showUptime: boolean
  readonly showChart: boolean
}

export interface SectionDraft {
  readonly key: string
  readonly id: string | null
  readonly name: string
  readonly isCollapsed: boolean
  readonly components: readonly ComponentDraft[]
}

export interface PageDraft {
  readonly title: string
  readonly slug: string
  readonly description: string
  /** The path of the stored logo, a `data:` address of a new one, or none. */
  readonly logo: string | null
  readonly accentColor: string
  readonly theme: Theme
  readonly visibility: PageVisibility
  /** A new password; empty: as it is. */
  readonly password: string
  /** Empty: none. */
  readonly domain: string
  readonly timeZone: string
  /** Empty: the language of each visitor. */
  readonly locale: string
  readonly sections: readonly SectionDraft[]
}

export const DEFAULT_ACCENT = '#2563eb'
let lastKey = 0

/** A name inside the editor that nothing else has. */
export function newKey(): string {
  lastKey += 1
  return `new-${lastKey}`
}

export function newSection(given: Partial<SectionDraft> = {}): SectionDraft {
  return { key: newKey(), id: null, name: '', isCollapsed: false, components: [], ...given }
}

export function newComponent(given: Partial<ComponentDraft> = {}): ComponentDraft {
  return {
    ...{ key: newKey(), id: null, name: '', description: '', monitorIds: [], manualStatus: null },
    ...{ showBars: true, showUptime: true, showChart: false },
    ...given,
  }
}

/** Names of monitors may be longer than those of components. */
export const LONGEST_NAME = 100

/** The name of a component that shows this monitor: cut to what a component may have, no character in halves. */
export function nameAfter(monitor: { readonly name: string }): string {
  const { name } = monitor
  if (name.length <= LONGEST_NAME) return name
  let cut = ''
  for (const character of name) {
    if (cut.length + character.length >= LONGEST_NAME) break
    cut += character
  }
  return `${cut.trimEnd()}…`
}

/** A page that nobody has saved: one section waits for its components. */
export function newDraft(timeZone: string): PageDraft {
  return {
    ...{ title: '', slug: '', description: '', logo: null, accentColor: DEFAULT_ACCENT },
    ...{ theme: 'SYSTEM', visibility: 'PUBLIC', password: '', domain: '', timeZone, locale: '' },
    sections: [newSection()],
  }
}

/** The draft of a page that exists. */
export function draftOf(page: EditedPageFragment): PageDraft {
  const { title, slug, description, accentColor, theme, visibility, timeZone } = page
  return {
    ...{ title, slug, description, accentColor, theme, visibility, timeZone },
    ...{ logo: page.logoUrl, password: '', domain: page.domain ?? '', locale: page.locale ?? '' },
    sections: page.sections.map(({ id, name, isCollapsed, components }) => ({
      ...{ key: id, id, name, isCollapsed },
      components: components.map(componentOf),
    })),
  }
}

type EditedComponent = EditedPageFragment['sections'][number]['components'][number]

function componentOf(component: EditedComponent): ComponentDraft {
  const { id, name, description, manualStatus, showBars, showUptime, showChart } = component
  return {
    ...{ key: id, id, name, description, manualStatus, showBars, showUptime, showChart },
    monitorIds: component.monitors.map((monitor) => monitor.id),
  }
}

export const componentsOf = ({ sections }: PageDraft): ComponentDraft[] =>
  sections.flatMap(({ components }) => components)
