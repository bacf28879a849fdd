import { componentsOf, type PageDraft } from './draft.ts'
import { isSlug } from './slug.ts'

/** What is wrong with a draft at one of its fields. Fields of parts are named `<key>.<field>`. */
export interface Mistake {
  field: string
  key: 'titleNeeded' | 'slugNeeded' | 'slugWrong' | 'colourWrong' | 'passwordNeeded' | 'nameNeeded'
}

/** What the form can tell by itself; anything finer is the server's to judge. */
export function checkDraft(draft: PageDraft, hasPassword: boolean): Mistake[] {
  const mistakes: (Mistake | false)[] = [
    draft.title.trim() === '' && { field: 'title', key: 'titleNeeded' },
    draft.slug.trim() === ''
      ? { field: 'slug', key: 'slugNeeded' }
      : !isSlug(draft.slug.trim()) && { field: 'slug', key: 'slugWrong' },
    !/^#[\da-f]{6}$/i.test(draft.accentColor) && { field: 'accentColor', key: 'colourWrong' },
    needsPassword(draft, hasPassword) && { field: 'password', key: 'passwordNeeded' },
    ...componentsOf(draft).map(
      ({ key, name }) =>
        name.trim() === '' && ({ field: `${key}.name`, key: 'nameNeeded' } as const),
    ),
  ]
  return mistakes.filter((one) => one !== false)
}

function needsPassword({ visibility, password }: PageDraft, hasPassword: boolean): boolean {
  return visibility === 'PASSWORD' && !hasPassword && password === ''
}
