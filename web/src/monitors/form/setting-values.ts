import type { MonitorKindsQuery, SettingFieldType } from '../../generated/operations.ts'
import type { KeyValue } from '../../ui/index.ts'

export type MonitorKind = MonitorKindsQuery['monitorKinds'][number]
export type SettingField = MonitorKind['fields'][number]
/** What stands in a field of the form. */
export type FieldValue = string | number | boolean | string[] | KeyValue[] | null

/** Reads a value of the contract as the form holds it; what does not fit becomes empty. */
export function toForm(type: SettingFieldType, value: unknown): FieldValue {
  switch (type) {
    case 'INTEGER':
    case 'NUMBER':
      return typeof value === 'number' ? value : null
    case 'BOOLEAN':
      return value === true
    case 'STRING_LIST':
      return Array.isArray(value) ? value.map(String) : []
    case 'KEY_VALUES':
      return Array.isArray(value)
        ? value.filter(isKeyValue).map(({ name, value: v }) => ({ name, value: v }))
        : []
    case 'STRING':
    case 'TEXT':
    case 'URL':
    case 'ENUM':
    case 'SECRET':
      return typeof value === 'string' ? value : ''
  }
}

/** What is sent for a field: null where nothing is filled in, so that an edit clears what was there. */
export function toContract(type: SettingFieldType, value: FieldValue): unknown {
  switch (type) {
    case 'INTEGER':
    case 'NUMBER':
    case 'BOOLEAN':
      return value
    case 'STRING_LIST':
      return (value as string[]).map((line) => line.trim()).filter(Boolean)
    case 'KEY_VALUES':
      return (value as KeyValue[]).filter(({ name }) => name.trim() !== '')
    case 'STRING':
    case 'URL':
    case 'ENUM':
      return (value as string).trim() || null
    case 'TEXT':
    case 'SECRET':
      return (value as string) || null
  }
}

function isKeyValue(item: unknown): item is KeyValue {
  if (typeof item !== 'object' || item === null) return false
  const { name, value } = item as Partial<KeyValue>
  return typeof name === 'string' && typeof value === 'string'
}
