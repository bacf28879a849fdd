import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import {
  type CheckKind,
  checkKinds,
  type Field as SettingField,
  type SettingFieldType,
} from '../../checks/index.ts'
import { HeaderPair, HeaderPairInput } from './key-value.object.ts'

type Class = new () => object
type TypeThunk = () => unknown

/** The GraphQL types of one kind's settings. */
export interface KindTypes {
  kind: CheckKind
  input: Class
  output: Class
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
/** `password` shows as `hasPassword`. */
export const presenceOf = (secret: string): string => `has${capital(secret)}`

function makeClass(name: string): Class {
  return { [name]: class {} }[name] as Class
}

function enumOf(
  kind: CheckKind,
  name: string,
  { options, description }: SettingField<unknown>,
): object {
  const values = Object.fromEntries(options.map(({ value }) => [value, value]))
  const valuesConfig = Object.fromEntries(
    options.map(({ value, label }) => [value, { description: `${label}.` }]),
  )
  registerEnumType(values, { name: capital(kind.kind) + capital(name), description, valuesConfig })
  return values
}

const both = (type: unknown): { input: TypeThunk; output: TypeThunk } => ({
  input: () => type,
  output: () => type,
})

/** The GraphQL types of the fields that need nothing but their type; an enum is made for each field. */
const SCALARS: Record<
  Exclude<SettingFieldType, 'ENUM'>,
  { input: TypeThunk; output: TypeThunk }
> = {
  STRING: both(String),
  TEXT: both(String),
  URL: both(String),
  SECRET: both(String),
  INTEGER: both(Int),
  NUMBER: both(Float),
  BOOLEAN: both(Boolean),
  STRING_LIST: both([String]),
  KEY_VALUES: { input: () => [HeaderPairInput], output: () => [HeaderPair] },
}

function scalarOf(
  kind: CheckKind,
  name: string,
  field: SettingField<unknown>,
): { input: TypeThunk; output: TypeThunk } {
  return field.type === 'ENUM' ? both(enumOf(kind, name, field)) : SCALARS[field.type]
}

function defaultText({ byDefault, isRequired, type }: SettingField<unknown>): string {
  if (isRequired || byDefault === null || type === 'STRING_LIST' || type === 'KEY_VALUES') return ''
  return ` Absent: ${String(byDefault)}.`
}

/** Builds the contract's types of a kind from its settings, which are data. */
export function typesOf(kind: CheckKind): KindTypes {
  const prefix = capital(kind.kind)
  const input = makeClass(`${prefix}SettingsInput`)
  const output = makeClass(`${prefix}Settings`)
  for (const [name, field] of Object.entries(kind.settings.fields)) {
    const types = scalarOf(kind, name, field)
    const description = field.description + defaultText(field)
    const declare = Field as (type: TypeThunk, options: object) => PropertyDecorator
    declare(types.input, { nullable: !field.isRequired, description })(
      input.prototype as object,
      name,
    )
    if (field.type === 'SECRET')
      declare(() => Boolean, { description: `Whether there is a value: ${field.label}.` })(
        output.prototype as object,
        presenceOf(name),
      )
    else
      declare(types.output, {
        nullable: field.byDefault === null && !field.isRequired,
        description: field.description,
      })(output.prototype as object, name)
  }
  InputType(`${prefix}SettingsInput`, {
    description: `How to check by ${kind.title}. ${kind.description}`,
  })(input)
  ObjectType(`${prefix}Settings`, {
    description: `How a monitor checks by ${kind.title}. Secrets show only as \`has…\`.`,
  })(output)
  return { kind, input, output }
}

export const kindTypes: readonly KindTypes[] = checkKinds.map(typesOf)
