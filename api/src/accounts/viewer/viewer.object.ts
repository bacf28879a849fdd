import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { Role } from '../../lib/actor.ts'
import { RoleEnum } from '../../lib/role.enum.ts'
import { WorkspaceObject } from './workspace.object.ts'

export const ViewerKind = { PERSON: 'user', API_TOKEN: 'token' } as const
export const Theme = { SYSTEM: 'system', LIGHT: 'light', DARK: 'dark' } as const
export type ThemeName = (typeof Theme)[keyof typeof Theme]

registerEnumType(ViewerKind, {
  name: 'ViewerKind',
  description: 'What a viewer is.',
  valuesConfig: {
    PERSON: { description: 'A person with a session.' },
    API_TOKEN: { description: 'An API token.' },
  },
})
registerEnumType(Theme, {
  name: 'Theme',
  description: 'How the interface looks.',
  valuesConfig: {
    SYSTEM: { description: 'As the device says.' },
    LIGHT: { description: 'Dark on light.' },
    DARK: { description: 'Light on dark.' },
  },
})

/** The GraphQL type `Viewer`. */
@ObjectType({ description: 'Who asks: a person or an API token.' })
export class Viewer {
  @Field(() => ID, { description: 'The person’s or the token’s id.' })
  id: string

  @Field(() => ViewerKind, { description: 'What it is.' })
  kind: 'user' | 'token'

  @Field(() => String, { description: 'The person’s name, or the name of the token.' })
  name: string

  @Field(() => String, { nullable: true, description: 'The person’s e-mail; null for tokens.' })
  email: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Language of the interface as a BCP 47 tag; null: the browser’s.',
  })
  locale: string | null

  @Field(() => String, { nullable: true, description: 'IANA time zone; null: the browser’s.' })
  timeZone: string | null

  @Field(() => Theme, { description: 'The chosen theme.' })
  theme: ThemeName

  @Field(() => Boolean, { description: 'Whether a password is set.' })
  hasPassword: boolean

  @Field(() => Boolean, { description: 'Whether the second factor is on.' })
  hasTotp: boolean

  @Field(() => Int, { description: 'How many recovery codes are left; 0 without a second factor.' })
  recoveryCodesLeft: number

  @Field(() => WorkspaceObject, {
    nullable: true,
    description:
      'The workspace that this request acts in; null for a person who is a member of none.',
  })
  workspace: WorkspaceObject | null

  @Field(() => RoleEnum, {
    nullable: true,
    description: 'What the viewer may do there; null without a workspace.',
  })
  role: Role | null

  @Field(() => [String], {
    nullable: true,
    description: 'What the token is limited to; null: whatever its role may do.',
  })
  scopes: readonly string[] | null

  @Field(() => ID, { nullable: true, description: 'The session that asks; null for tokens.' })
  sessionId: string | null
}
