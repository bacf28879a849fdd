import type { PublicComponent } from './page.ts'

type Stated = Pick<PublicComponent, 'id' | 'name' | 'status'>

/** The components whose state is another than it was. */
export function changesOf(before: readonly Stated[], now: readonly Stated[]): Stated[] {
  const known = new Map(before.map(({ id, status }) => [id, status]))
  return now.filter(({ id, status }) => known.has(id) && known.get(id) !== status)
}
