import type { ComponentStatus } from '../../components/index.ts'
import type { FieldProblem } from '../../lib/app-error.ts'

/** A component as a person wants it; absent: as it is, or the default. */
export interface ComponentWish {
  id?: string | null
  /** What a new one will be called, where somebody must know it before. */
  freshId?: string
  name: string
  description?: string | null
  monitorIds?: string[] | null
  manualStatus?: ComponentStatus | null
  showBars?: boolean | null
  showChart?: boolean | null
  showUptime?: boolean | null
}

/** A section as a person wants it, with all its components in their order. */
export interface SectionWish {
  id?: string | null
  name?: string | null
  isCollapsed?: boolean | null
  components: ComponentWish[]
}

const MOST_SECTIONS = 50
export const MOST_COMPONENTS = 200
const MOST_MONITORS = 50
const LONGEST_NAME = 100
const LONGEST_DESCRIPTION = 500
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u

/** What is wrong with the structure of a page, wherever it is. */
export function sectionProblems(sections: readonly SectionWish[]): FieldProblem[] {
  const count = sections.reduce((sum, { components }) => sum + components.length, 0)
  if (sections.length > MOST_SECTIONS)
    return [problem(['sections'], 'LIMIT', `A page has at most ${MOST_SECTIONS} sections.`)]
  if (count > MOST_COMPONENTS)
    return [problem(['sections'], 'LIMIT', `A page has at most ${MOST_COMPONENTS} components.`)]
  return [
    ...sections.flatMap((section, n) => [
      ...nameProblems(section.name ?? '', ['sections', `${n}`, 'name'], true),
      ...section.components.flatMap((component, m) =>
        componentProblems(component, ['sections', `${n}`, 'components', `${m}`]),
      ),
    ]),
    ...repeated(sections),
  ]
}

/** What is wrong with one component; `path` leads to it. */
export function componentProblems(
  { name, description, monitorIds }: ComponentWish,
  path: string[] = [],
): FieldProblem[] {
  const problems = nameProblems(name, [...path, 'name'], false)
  const text = description ?? ''
  if (text.length > LONGEST_DESCRIPTION)
    problems.push(
      problem(
        [...path, 'description'],
        'LIMIT',
        `It has at most ${LONGEST_DESCRIPTION} characters.`,
      ),
    )
  else if (UNPRINTABLE.test(text))
    problems.push(problem([...path, 'description'], 'INVALID', 'It is one line of text.'))
  if ((monitorIds?.length ?? 0) > MOST_MONITORS)
    problems.push(
      problem([...path, 'monitorIds'], 'LIMIT', `At most ${MOST_MONITORS} monitors speak for it.`),
    )
  return problems
}

function nameProblems(name: string, path: string[], mayBeEmpty: boolean): FieldProblem[] {
  if (!name.trim()) return mayBeEmpty ? [] : [problem(path, 'REQUIRED', 'It needs a name.')]
  if (name.length <= LONGEST_NAME && !UNPRINTABLE.test(name)) return []
  return [problem(path, 'INVALID', `A name is one line of at most ${LONGEST_NAME} characters.`)]
}

/** An id that stands twice would be two things at once. */
function repeated(sections: readonly SectionWish[]): FieldProblem[] {
  const seen = new Set<string>()
  const problems: FieldProblem[] = []
  const look = (id: string | null | undefined, path: string[]): void => {
    if (!id) return
    if (seen.has(id)) problems.push(problem(path, 'CONFLICT', 'The same id stands here twice.'))
    seen.add(id)
  }
  sections.forEach((section, n) => {
    look(section.id, ['sections', `${n}`, 'id'])
    section.components.forEach((component, m) =>
      look(component.id, ['sections', `${n}`, 'components', `${m}`, 'id']),
    )
  })
  return problems
}

function problem(path: string[], code: FieldProblem['code'], message: string): FieldProblem {
  return { path, code, message }
}
