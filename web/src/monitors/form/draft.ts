import type {
  CreateMonitorInput,
  MonitorForEditQuery,
  MonitorSettingsInput,
  TestMonitorInput,
  UpdateMonitorInput,
} from '../../generated/operations.ts'
import { toContract, toForm, type FieldValue, type MonitorKind } from './setting-values.ts'

type EditedMonitor = MonitorForEditQuery['monitor']
type GivenSetting = EditedMonitor['settingValues'][number]

/** Values of one kind's fields, and which of its secrets the server keeps. */
export interface KindDraft {
  values: Record<string, FieldValue>
  /** Secrets that the server has; `isCleared`: to be forgotten. */
  secrets: Record<string, { isCleared: boolean }>
}

/** What stands in the form. Each kind keeps its own values, so that trying another kind loses nothing. */
export interface Draft {
  kind: string
  name: string
  intervalSeconds: number | null
  timeoutMs: number | null
  retryIntervalSeconds: number | null
  failAfter: number | null
  failForSeconds: number | null
  recoverAfter: number | null
  recoverForSeconds: number | null
  conditions: string[]
  kinds: Record<string, KindDraft>
}

/** An empty form for this kind, with its defaults. */
export function newDraft(kind: MonitorKind, given: readonly GivenSetting[] = [], name = ''): Draft {
  return {
    kind: kind.kind,
    name,
    intervalSeconds: kind.defaultIntervalSeconds,
    timeoutMs: null,
    retryIntervalSeconds: null,
    failAfter: kind.isPassive ? null : 3,
    failForSeconds: 0,
    recoverAfter: kind.isPassive ? null : 2,
    recoverForSeconds: 0,
    conditions: [],
    kinds: { [kind.kind]: kindDraft(kind, given) },
  }
}

/** The form of a monitor that exists. */
export function draftOf(monitor: EditedMonitor, kind: MonitorKind): Draft {
  const { name, intervalSeconds, timeoutMs, retryIntervalSeconds } = monitor
  const { failAfter, failForSeconds, recoverAfter, recoverForSeconds, conditions } = monitor
  return {
    kind: kind.kind,
    name,
    intervalSeconds,
    timeoutMs,
    retryIntervalSeconds,
    failAfter,
    failForSeconds,
    recoverAfter,
    recoverForSeconds,
    conditions: [...conditions],
    kinds: { [kind.kind]: kindDraft(kind, monitor.settingValues) },
  }
}

/** Values of a kind: those given, else its defaults. */
export function kindDraft(kind: MonitorKind, given: readonly GivenSetting[] = []): KindDraft {
  const byName = new Map(given.map((setting) => [setting.name, setting]))
  const draft: KindDraft = { values: {}, secrets: {} }
  for (const { name, type, default: byDefault } of kind.fields) {
    const setting = byName.get(name)
    if (type === 'SECRET' && setting?.isSet) draft.secrets[name] = { isCleared: false }
    draft.values[name] = toForm(type, setting?.value ?? byDefault)
  }
  return draft
}

/**
 * The draft's settings as the contract takes them. A secret that was not touched stays out: it is kept. An empty
 * setting of a new monitor stays out too; in an edit it is null, which clears it.
 */
function settingsInput(draft: Draft, kind: MonitorKind, isEdit: boolean): MonitorSettingsInput {
  const { values, secrets } = draft.kinds[draft.kind] ?? { values: {}, secrets: {} }
  const settings: Record<string, unknown> = {}
  for (const { name, type } of kind.fields) {
    const value = toContract(type, values[name] ?? toForm(type, undefined))
    const kept = secrets[name]
    if (type === 'SECRET' && value === null && kept && !kept.isCleared) continue
    if (value !== null || isEdit) settings[name] = value
  }
  // The kinds are known only at run time; the server checks what is inside.
  return { [kind.kind]: settings } as unknown as MonitorSettingsInput
}

function shared(draft: Draft) {
  const { name, timeoutMs, retryIntervalSeconds, intervalSeconds } = draft
  const { failAfter, failForSeconds, recoverAfter, recoverForSeconds } = draft
  return {
    name: name.trim(),
    intervalSeconds,
    timeoutMs,
    retryIntervalSeconds,
    failAfter,
    failForSeconds,
    recoverAfter,
    recoverForSeconds,
    conditions: conditionsOf(draft),
  }
}

export function createInput(
  draft: Draft,
  kind: MonitorKind,
  idempotencyKey: string,
): CreateMonitorInput {
  const given = Object.entries(shared(draft)).filter(([, value]) => value !== null)
  return {
    ...(Object.fromEntries(given) as ReturnType<typeof shared>),
    settings: settingsInput(draft, kind, false),
    idempotencyKey,
  }
}

export function updateInput(
  draft: Draft,
  kind: MonitorKind,
  { id, version }: Pick<EditedMonitor, 'id' | 'version'>,
): UpdateMonitorInput {
  return {
    id,
    expectedVersion: version,
    ...shared(draft),
    settings: settingsInput(draft, kind, true),
  }
}

export function testInput(
  draft: Draft,
  kind: MonitorKind,
  monitorId: string | null,
): TestMonitorInput {
  return {
    settings: settingsInput(draft, kind, monitorId !== null),
    ...(draft.timeoutMs !== null && { timeoutMs: draft.timeoutMs }),
    conditions: conditionsOf(draft),
    ...(monitorId !== null && { monitorId }),
  }
}

function conditionsOf({ conditions }: Draft): string[] {
  return conditions.map((line) => line.trim()).filter(Boolean)
}
