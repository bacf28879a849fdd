import type {
  CreateStatusPageInput,
  StatusPageSectionInput,
  UpdateStatusPageInput,
} from '../../../generated/operations.ts'
import type { ComponentDraft, PageDraft, SectionDraft } from './draft.ts'

/** The ids that the server still knows; of anything else a new one is made. */
type Known = (id: string) => boolean
const everything: Known = () => true

function componentInput(component: ComponentDraft, isKnown: Known) {
  const { id, name, description, monitorIds, manualStatus } = component
  const { showBars, showUptime, showChart } = component
  return {
    ...(id !== null && isKnown(id) && { id }),
    ...{ name: name.trim(), description: description.trim(), monitorIds: [...monitorIds] },
    ...{ manualStatus, showBars, showUptime, showChart },
  }
}

function sectionInput(section: SectionDraft, isKnown: Known): StatusPageSectionInput {
  const { id, name, isCollapsed, components } = section
  return {
    ...(id !== null && isKnown(id) && { id }),
    ...{ name: name.trim(), isCollapsed },
    components: components.map((one) => componentInput(one, isKnown)),
  }
}

type Values = Omit<CreateStatusPageInput, 'idempotencyKey' | 'sections' | 'logo' | 'password'>

function valuesOf(draft: PageDraft): Values {
  const { slug, description, accentColor, theme, visibility, timeZone } = draft
  return {
    ...{ slug: slug.trim(), title: draft.title.trim(), description, accentColor, theme },
    ...{ visibility, timeZone, domain: draft.domain.trim() || null, locale: draft.locale || null },
  }
}

/** A password counts only where the page asks for one. */
const passwordOf = ({ password, visibility }: PageDraft) =>
  visibility === 'PASSWORD' && password !== '' ? { password } : {}

export function createInput(draft: PageDraft, idempotencyKey?: string): CreateStatusPageInput {
  return {
    ...valuesOf(draft),
    ...(draft.logo !== null && { logo: draft.logo }),
    ...passwordOf(draft),
    sections: draft.sections.map((one) => sectionInput(one, everything)),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  }
}

/** What was changed since `base`, and nothing else: what others have changed meanwhile stays as they left it. */
export function changesOf(
  draft: PageDraft,
  base: PageDraft,
  isKnown: Known = everything,
): Omit<UpdateStatusPageInput, 'id' | 'expectedVersion'> {
  const [now, before] = [valuesOf(draft), valuesOf(base)]
  const names = Object.keys(now) as (keyof Values)[]
  const changed = names.filter((name) => now[name] !== before[name])
  const input = (one: SectionDraft) => sectionInput(one, everything)
  const areSame =
    JSON.stringify(draft.sections.map(input)) === JSON.stringify(base.sections.map(input))
  return {
    ...Object.fromEntries(changed.map((name) => [name, now[name]])),
    ...(draft.logo !== base.logo && { logo: draft.logo }),
    ...passwordOf(draft),
    ...(!areSame && { sections: draft.sections.map((one) => sectionInput(one, isKnown)) }),
  }
}

export const isChanged = (draft: PageDraft, base: PageDraft): boolean =>
  draft !== base && Object.keys(changesOf(draft, base)).length > 0

export function updateInput(
  draft: PageDraft,
  base: PageDraft,
  stored: { id: string; version: number },
  isKnown: Known = everything,
): UpdateStatusPageInput {
  return {
    ...{ id: stored.id, expectedVersion: stored.version },
    ...changesOf(draft, base, isKnown),
  }
}
