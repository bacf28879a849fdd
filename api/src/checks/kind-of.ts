import { checkKinds } from './kinds/index.ts'
import type { CheckKind } from './outcome.ts'

/** The kind of this name; undefined when there is none. */
export function kindOf(name: string): CheckKind | undefined {
  return checkKinds.find((kind) => kind.kind === name)
}

/** What a pasted text means: the first kind that understands it, a name and its settings. */
export function detectTarget(
  text: string,
): { kind: CheckKind; name: string; settings: Record<string, unknown> } | null {
  const trimmed = text.trim()
  for (const kind of checkKinds) {
    const detected = trimmed.length <= 2_000 ? kind.detect(trimmed) : null
    if (detected) return { kind, ...detected }
  }
  return null
}
