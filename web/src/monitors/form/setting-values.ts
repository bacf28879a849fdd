import type { MonitorKindsQuery, SettingFieldType } from '../../generated/operations.ts'
import type { KeyValue } from '../../ui/index.ts'

export type MonitorKind = MonitorKindsQuery['monitorKinds'][number]
export type SettingField = MonitorKind['fields'][number]
/** What stands in a field of the form. */
export type FieldValue = string | number | boolean | string[] | KeyValue[] | null

type Convert<From, To> = (value: From) => To
type Conversions<From, To> = Record<SettingFieldType, Convert<From, To>>

const textIn = (value: unknown) => (typeof value === 'string' ? value : '')
const numberIn = (value: unknown) => (typeof value === 'number' ? value : null)
const IN: Conversions<unknown, FieldValue> = {
  STRING: textIn,
  TEXT: textIn,
  URL: textIn,
  ENUM: textIn,
  SECRET: textIn,
  INTEGER: numberIn,
  NUMBER: numberIn,
  BOOLEAN: (value) => value === true,
  STRING_LIST: (value) => (Array.isArray(value) ? value.map(String) : []),
  KEY_VALUES: (value) =>
    Array.isArray(value)
      ? value.filter(isKeyValue).map(({ name, value: text }) => ({ name, value: text }))
      : [],
}

const line = (value: FieldValue) => String(value ?? '').trim() || null
const block = (value: FieldValue) => String(value ?? '') || null
const same = (value: FieldValue) => value
const OUT: Conversions<FieldValue, unknown> = {
  STRING: line,
  URL: line,
  ENUM: line,
  TEXT: block,
  SECRET: block,
  INTEGER: same,
  NUMBER: same,
  BOOLEAN: same,
  STRING_LIST: (value) =>
    listOf<string>(value)
      .map((each) => each.trim())
      .filter(Boolean),
  KEY_VALUES: (value) => listOf<KeyValue>(value).filter(({ name }) => name.trim() !== ''),
}

/** Reads a value of the contract as the form holds it; what does not fit becomes empty. */
export function toForm(type: SettingFieldType, value: unknown): FieldValue {
  return IN[type](value)
}

/** What is sent for a field: null where nothing is filled in. */
export function toContract(type: SettingFieldType, value: FieldValue): unknown {
  return OUT[type](value)
}

function listOf<T>(value: FieldValue): T[] {
  return Array.isArray(value) ? (value as T[]) : []
}

function isKeyValue(item: unknown): item is KeyValue {
  if (typeof item !== 'object' || item === null) return false
  const { name, value } = item as Partial<KeyValue>
  return typeof name === 'string' && typeof value === 'string'
}
