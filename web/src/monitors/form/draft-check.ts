import type { Draft } from './draft.ts'
import type { FieldValue, MonitorKind, SettingField } from './setting-values.ts'

/** What the contract could not even carry: the server never gets to explain it, so the form does. */
export interface DraftMistake {
  /** As in `FormErrors.fields`. */
  field: string
  key: 'needed' | 'whole' | 'range'
  values: Record<string, string | number>
}

const LARGEST_INT = 2_147_483_647
const WHOLE_NUMBERS = [
  'intervalSeconds',
  'timeoutMs',
  'retryIntervalSeconds',
  'failAfter',
  'failForSeconds',
  'recoverAfter',
  'recoverForSeconds',
] as const

/** Everything that is missing or no number; anything finer is the server's to judge. */
export function checkDraft(draft: Draft, kind: MonitorKind): DraftMistake[] {
  const mistakes: DraftMistake[] = []
  const values = draft.kinds[draft.kind]?.values ?? {}
  if (draft.name.trim() === '') mistakes.push({ field: 'name', key: 'needed', values: {} })
  if (draft.intervalSeconds === null && !kind.isPassive)
    mistakes.push({ field: 'intervalSeconds', key: 'needed', values: {} })
  for (const name of WHOLE_NUMBERS) {
    const mistake = numberMistake(draft[name], { min: 0, max: null, isWhole: true })
    if (mistake) mistakes.push({ field: name, ...mistake })
  }
  return [
    ...mistakes,
    ...kind.fields.flatMap((field) => fieldMistakes(field, values[field.name] ?? null)),
  ]
}

function fieldMistakes(field: SettingField, value: FieldValue): DraftMistake[] {
  const name = `settings.${field.name}`
  if (field.isRequired && isEmpty(value)) return [{ field: name, key: 'needed', values: {} }]
  if (typeof value !== 'number') return []
  const isWhole = field.type === 'INTEGER'
  const mistake = numberMistake(value, { min: field.min, max: field.max, isWhole })
  return mistake ? [{ field: name, ...mistake }] : []
}

function numberMistake(
  value: number | null,
  { min, max, isWhole }: { min: number | null; max: number | null; isWhole: boolean },
): Omit<DraftMistake, 'field'> | null {
  if (value === null) return null
  if (!Number.isFinite(value) || (isWhole && !Number.isInteger(value)))
    return { key: 'whole', values: {} }
  const [lowest, highest] = [min ?? -LARGEST_INT, max ?? LARGEST_INT]
  if (value >= lowest && value <= highest) return null
  return { key: 'range', values: { min: lowest, max: highest } }
}

function isEmpty(value: FieldValue): boolean {
  if (value === null) return true
  return typeof value === 'string' && value.trim() === ''
}
