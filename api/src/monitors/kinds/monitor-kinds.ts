import { type CheckKind, checkKinds, detectTarget, kindOf } from '../../checks/index.ts'
import type { MonitorKind, MonitorSuggestion, SettingValue } from './monitor-kind.object.ts'
import type { Monitor } from '../monitor.entity.ts'

/** The kinds of check as forms are drawn from them. */
export function describeKinds(): MonitorKind[] {
  return checkKinds.map(describeKind)
}

function describeKind(kind: CheckKind): MonitorKind {
  return {
    kind: kind.kind,
    title: kind.title,
    description: kind.description,
    isPassive: kind.isPassive,
    conditionPaths: [...kind.conditionPaths],
    defaultIntervalSeconds: kind.defaultIntervalSeconds,
    fields: Object.entries(kind.settings.fields).map(([name, field]) => ({
      name,
      label: field.label,
      help: field.description,
      type: field.type,
      isRequired: field.isRequired,
      isAdvanced: field.isAdvanced,
      default: field.byDefault,
      placeholder: field.placeholder,
      options: [...field.options],
      min: field.min,
      max: field.max,
    })),
  }
}

/** What a pasted text could be watched as; null when nothing fits. */
export function suggestMonitor(text: string): MonitorSuggestion | null {
  const found = detectTarget(text)
  if (!found) return null
  const { kind, name, settings } = found
  return { kind: kind.kind, name, settingValues: valuesOf(kind, settings, {}) }
}

/** A monitor's settings for a form; of secrets only whether they are set. */
export function settingValuesOf(monitor: Monitor): SettingValue[] {
  const kind = kindOf(monitor.kind)
  return kind ? valuesOf(kind, monitor.settings, monitor.secrets) : []
}

function valuesOf(
  kind: CheckKind,
  settings: Record<string, unknown>,
  secrets: Record<string, string>,
): SettingValue[] {
  return Object.entries(kind.settings.fields).map(([name, field]) => {
    if (field.type === 'SECRET') return { name, value: null, isSet: name in secrets }
    const value = settings[name] ?? field.byDefault ?? null
    return { name, value, isSet: value !== null }
  })
}
