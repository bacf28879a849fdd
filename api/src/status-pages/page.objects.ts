import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Theme, type ThemeName } from '../accounts/index.ts'
import { type ComponentStatus, ComponentStatusEnum } from '../components/index.ts'
import { UserError } from '../lib/user-error.object.ts'
import { PageVisibility } from './page-visibility.ts'

const WRONG = 'What must be put right. Empty when all went well.'

/** Its monitors and its state come from a resolver. */
@ObjectType({ description: 'A component of a status page, as its editors see it.' })
export class StatusPageComponent {
  @Field(() => ID, { description: 'Public: 12 random lower-case letters and digits.' })
  id: string

  @Field(() => String, { description: 'What visitors read.' })
  name: string

  @Field(() => String, { description: 'A sentence about it; empty: none.' })
  description: string

  @Field(() => ComponentStatusEnum, {
    nullable: true,
    description: 'The state that was set by hand; null: what the monitors say.',
  })
  manualStatus: ComponentStatus | null

  @Field(() => Boolean, { description: 'Whether visitors see the bars of 90 days.' })
  showBars: boolean

  @Field(() => Boolean, { description: 'Whether visitors see response times.' })
  showChart: boolean

  @Field(() => Boolean, { description: 'Whether visitors see the uptime as a number.' })
  showUptime: boolean

  /** Of the monitors that speak for it, in their order. */
  monitorIds: string[]
}

@ObjectType({ description: 'A section of a status page.' })
export class StatusPageSection {
  @Field(() => ID, { description: 'Opaque.' })
  id: string

  @Field(() => String, { description: 'Its heading; empty: none.' })
  name: string

  @Field(() => Boolean, { description: 'Whether visitors see it folded up at first.' })
  isCollapsed: boolean

  @Field(() => [StatusPageComponent], { description: 'Its components, in their order.' })
  components: StatusPageComponent[]
}

/** Its sections and its state come from a resolver. */
@ObjectType({
  description: 'A page that tells visitors how services are doing, as its editors see it.',
})
export class StatusPage {
  @Field(() => ID, { description: 'Opaque.' })
  id: string

  @Field(() => String, { description: 'Its name in addresses.' })
  slug: string

  @Field(() => String, { description: 'Its heading.' })
  title: string

  @Field(() => String, { description: 'What stands above everything, in Markdown.' })
  description: string

  @Field(() => String, { description: 'The same as HTML that is safe to show.' })
  descriptionHtml: string

  @Field(() => String, { nullable: true, description: 'The path of its logo; null: none.' })
  logoUrl: string | null

  @Field(() => String, { description: 'Its colour, as #rrggbb.' })
  accentColor: string

  @Field(() => Theme, { description: 'How it looks.' })
  theme: ThemeName

  @Field(() => PageVisibility, { description: 'Who may see it.' })
  visibility: PageVisibility

  @Field(() => Boolean, { description: 'Whether it has a password.' })
  hasPassword: boolean

  @Field(() => String, { nullable: true, description: 'A domain of its own; null: none.' })
  domain: string | null

  @Field(() => String, { description: 'The time zone of its days.' })
  timeZone: string

  @Field(() => String, { nullable: true, description: 'Its language; null: that of each visitor.' })
  locale: string | null

  @Field(() => String, { description: 'The path at which visitors find it.' })
  url: string

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  createdAt: Date

  @Field(() => GraphQLDateTime, { description: 'When a person last changed it.' })
  updatedAt: Date

  @Field(() => Int, { description: 'Rises by one with every edit; give it as `expectedVersion`.' })
  version: number
}

@ObjectType({ description: 'What became of a page that was to be created.' })
export class CreateStatusPagePayload {
  @Field(() => StatusPage, { nullable: true, description: 'The new page; null when refused.' })
  statusPage: StatusPage | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of a page that was to be changed.' })
export class UpdateStatusPagePayload {
  @Field(() => StatusPage, {
    nullable: true,
    description: 'The changed page; null when refused; as it is now when somebody else was faster.',
  })
  statusPage: StatusPage | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of one of several pages.' })
export class StatusPageResult {
  @Field(() => ID, { description: 'The id that was given.' })
  id: string

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of pages that were to be deleted.' })
export class DeleteStatusPagesPayload {
  @Field(() => [StatusPageResult], { description: 'One result for each id, in the order given.' })
  results: StatusPageResult[]

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of a component.' })
export class SetComponentStatusPayload {
  @Field(() => StatusPageComponent, {
    nullable: true,
    description: 'The component; null when refused.',
  })
  component: StatusPageComponent | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of a component that was to be created.' })
export class CreateComponentPayload {
  @Field(() => StatusPageComponent, {
    nullable: true,
    description: 'The new component; null when refused.',
  })
  component: StatusPageComponent | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of a component that was to be changed.' })
export class UpdateComponentPayload {
  @Field(() => StatusPageComponent, {
    nullable: true,
    description: 'The changed component; null when refused.',
  })
  component: StatusPageComponent | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of one of several components.' })
export class ComponentResult {
  @Field(() => ID, { description: 'The id that was given.' })
  id: string

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of components that were to be deleted.' })
export class DeleteComponentsPayload {
  @Field(() => [ComponentResult], { description: 'One result for each id, in the order given.' })
  results: ComponentResult[]

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'What the password opened.' })
export class UnlockStatusPagePayload {
  @Field(() => String, {
    nullable: true,
    description:
      'Give it as `access` of publicStatusPage and statusPage; it holds for 12 hours, or until the password changes. null when refused.',
  })
  access: string | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}
