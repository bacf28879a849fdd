import { createUnionType, Field, InputType } from 'type-graphql'
import { kindTypes, presenceOf } from './settings-types.ts'

/** Exactly one kind with its settings; `@oneOf` is set when the contract is built. */
@InputType('MonitorSettingsInput', { description: 'The settings of exactly one kind.' })
export class MonitorSettingsInput {}

for (const { kind, input } of kindTypes) {
  const description = `${kind.title}: ${kind.description}`
  Field(() => input, { nullable: true, description })(MonitorSettingsInput.prototype, kind.kind)
}

/** The settings of a monitor as they are shown. */
export const MonitorSettings = createUnionType({
  name: 'MonitorSettings',
  description: 'The settings of a monitor, by its kind.',
  types: () => kindTypes.map((types) => types.output) as [new () => object],
  resolveType: (value: object) => kindTypes.find(({ output }) => value instanceof output)?.output,
})

/** Stored settings as the contract shows them: complete, and of secrets only whether they are there. */
export function settingsOf(
  kindName: string,
  settings: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>>,
): object {
  const types = kindTypes.find(({ kind }) => kind.kind === kindName)
  if (!types) throw new Error(`No kind is called ${kindName}`)
  const shown = new types.output() as Record<string, unknown>
  for (const [name, field] of Object.entries(types.kind.settings.fields)) {
    if (field.type === 'SECRET') shown[presenceOf(name)] = name in secrets
    else shown[name] = settings[name] ?? field.byDefault
  }
  return shown
}
