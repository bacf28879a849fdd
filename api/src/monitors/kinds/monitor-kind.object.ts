import { GraphQLJSON } from 'graphql-scalars'
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { SettingFieldType } from '../../checks/index.ts'

/** The GraphQL enum `SettingFieldType`. */
export const SettingFieldTypeEnum: { [Name in SettingFieldType]: Name } = {
  STRING: 'STRING',
  TEXT: 'TEXT',
  URL: 'URL',
  INTEGER: 'INTEGER',
  NUMBER: 'NUMBER',
  BOOLEAN: 'BOOLEAN',
  ENUM: 'ENUM',
  SECRET: 'SECRET',
  STRING_LIST: 'STRING_LIST',
  KEY_VALUES: 'KEY_VALUES',
}

registerEnumType(SettingFieldTypeEnum, {
  name: 'SettingFieldType',
  description: 'What a setting holds, and so how a form asks for it.',
  valuesConfig: {
    STRING: { description: 'A single line.' },
    TEXT: { description: 'Several lines.' },
    URL: { description: 'An absolute URL.' },
    INTEGER: { description: 'A whole number.' },
    NUMBER: { description: 'A number.' },
    BOOLEAN: { description: 'Yes or no.' },
    ENUM: { description: 'One of the field’s options.' },
    SECRET: { description: 'A secret: written, never shown again.' },
    STRING_LIST: { description: 'A list of single lines.' },
    KEY_VALUES: { description: 'A list of pairs: { name, value }.' },
  },
})

@ObjectType({ description: 'One of the values that a setting may have.' })
export class SettingOption {
  @Field(() => String, { description: 'What to send.' })
  value: string

  @Field(() => String, { description: 'What to show.' })
  label: string
}

@ObjectType({ description: 'One setting of a kind of check, so that a form can be drawn from it.' })
export class SettingField {
  @Field(() => String, { description: 'Its name in the settings.' })
  name: string

  @Field(() => String, { description: 'Its name for people.' })
  label: string

  @Field(() => String, { nullable: true, description: 'What it does.' })
  help: string | null

  @Field(() => SettingFieldTypeEnum, { description: 'What it holds.' })
  type: SettingFieldType

  @Field(() => Boolean, { description: 'Whether it must be given.' })
  isRequired: boolean

  @Field(() => Boolean, { description: 'Whether a form may hide it at first.' })
  isAdvanced: boolean

  @Field(() => GraphQLJSON, { nullable: true, description: 'What it is when nothing is said.' })
  default: unknown

  @Field(() => String, { nullable: true, description: 'An example.' })
  placeholder: string | null

  @Field(() => [SettingOption], { description: 'What it may be; empty when it is free.' })
  options: SettingOption[]

  @Field(() => Float, { nullable: true, description: 'The least it may be.' })
  min: number | null

  @Field(() => Float, { nullable: true, description: 'The most it may be.' })
  max: number | null
}

@ObjectType({ description: 'A way to check something.' })
export class MonitorKind {
  @Field(() => String, { description: 'Its name in `settings` and filters.' })
  kind: string

  @Field(() => String, { description: 'Its name for people.' })
  title: string

  @Field(() => String, { description: 'What it checks.' })
  description: string

  @Field(() => Boolean, { description: 'Whether it waits to be called instead of asking.' })
  isPassive: boolean

  @Field(() => [SettingField], { description: 'Its settings, in the order of a form.' })
  fields: SettingField[]

  @Field(() => [String], {
    description: 'What conditions may ask for, besides paths into the answer.',
  })
  conditionPaths: string[]

  @Field(() => Int, { description: 'Seconds from check to check when nothing is said.' })
  defaultIntervalSeconds: number
}

@ObjectType({ description: 'The value of one setting.' })
export class SettingValue {
  @Field(() => String, { description: 'Its name in the settings.' })
  name: string

  @Field(() => GraphQLJSON, { nullable: true, description: 'Its value; always null for a secret.' })
  value: unknown

  @Field(() => Boolean, {
    description: 'Whether it has a value; of a secret this is all that shows.',
  })
  isSet: boolean
}

@ObjectType({ description: 'What a pasted address could be watched as.' })
export class MonitorSuggestion {
  @Field(() => String, { description: 'The kind of check.' })
  kind: string

  @Field(() => String, { description: 'A name for the monitor.' })
  name: string

  @Field(() => [SettingValue], { description: 'The settings that follow from the address.' })
  settingValues: SettingValue[]
}
