import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, ID, Int, ObjectType } from 'type-graphql'
import { Theme, type ThemeName } from '../accounts/index.ts'
import { type ComponentStatus, ComponentStatusEnum } from '../components/index.ts'
import { LatencySeries } from '../history/index.ts'
import { PageVisibility } from './page-visibility.ts'

@ObjectType({ description: 'The last 90 days of a component, the oldest first, packed.' })
export class PackedDays {
  @Field(() => String, {
    description: 'The first day, as YYYY-MM-DD in the time zone of the page.',
  })
  from: string

  @Field(() => String, {
    description:
      'One letter a day, the worst of it: u up, d degraded, x down, m maintenance, - nothing known.',
  })
  marks: string

  @Field(() => [Int], { description: 'How long it was down on each day, in seconds.' })
  downSeconds: number[]

  @Field(() => [Float], {
    nullable: 'items',
    description:
      'The share of good time in the known time of each day, 0 to 1; null: nothing known.',
  })
  uptimes: (number | null)[]
}

@ObjectType({ description: 'A component as visitors see it. Of its monitors nothing shows.' })
export class PublicComponent {
  @Field(() => ID, { description: '12 lower-case letters and digits.' })
  id: string

  @Field(() => String, { description: 'What it is called.' })
  name: string

  @Field(() => String, { description: 'A sentence about it; empty: none.' })
  description: string

  @Field(() => ComponentStatusEnum, { description: 'How it is doing.' })
  status: ComponentStatus

  @Field(() => GraphQLDateTime, { description: 'Since when.' })
  since: Date

  @Field(() => PackedDays, {
    nullable: true,
    description: 'null where the page does not show them.',
  })
  days: PackedDays | null

  @Field(() => Float, {
    nullable: true,
    description:
      'The share of good time in the known time of 90 days, 0 to 1; null where nothing is known or the page does not show it.',
  })
  uptime: number | null

  @Field(() => LatencySeries, {
    nullable: true,
    description: 'Response times of the last day; null where the page does not show them.',
  })
  latency: LatencySeries | null
}

@ObjectType({ description: 'A section of a page as visitors see it.' })
export class PublicSection {
  @Field(() => ID, { description: 'Opaque.' })
  id: string

  @Field(() => String, { description: 'Its heading; empty: none.' })
  name: string

  @Field(() => Boolean, { description: 'Whether it is folded up at first.' })
  isCollapsed: boolean

  @Field(() => [PublicComponent], { description: 'Its components, in their order.' })
  components: PublicComponent[]
}

@ObjectType({ description: 'A time in which a component was down, as it was confirmed.' })
export class PublicOutage {
  @Field(() => ID, { description: 'Stable.' })
  id: string

  @Field(() => ID, { description: 'Of the component.' })
  componentId: string

  @Field(() => String, { description: 'What the component is called.' })
  componentName: string

  @Field(() => ComponentStatusEnum, { description: 'The worst of it.' })
  status: ComponentStatus

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  startedAt: Date

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was over; null: it lasts.',
  })
  endedAt: Date | null
}

/** Its outages and its cursor come from a resolver. */
@ObjectType({ description: 'A status page as visitors see it.' })
export class PublicStatusPage {
  /** Where it belongs; nothing of that is told. */
  workspaceId: string
  pageId: string
  /** Stable, for other systems. */
  publicId: string

  @Field(() => String, { description: 'Its name in addresses.' })
  slug: string

  @Field(() => String, { description: 'Its heading.' })
  title: string

  /** The same as text. */
  descriptionText: string

  @Field(() => String, {
    description: 'What stands above everything, as HTML that is safe to show.',
  })
  descriptionHtml: string

  @Field(() => String, { nullable: true, description: 'The path of its logo; null: none.' })
  logoUrl: string | null

  @Field(() => String, { description: 'Its colour, as #rrggbb.' })
  accentColor: string

  @Field(() => Theme, { description: 'How it looks.' })
  theme: ThemeName

  @Field(() => String, { description: 'The time zone of its days.' })
  timeZone: string

  @Field(() => String, { nullable: true, description: 'Its language; null: that of each visitor.' })
  locale: string | null

  @Field(() => PageVisibility, { description: 'Who may see it.' })
  visibility: PageVisibility

  domain: string | null
  createdAt: Date

  @Field(() => ComponentStatusEnum, { description: 'How all of it is doing.' })
  status: ComponentStatus

  @Field(() => GraphQLDateTime, {
    description: 'When anything that it shows last changed: a state, or the page.',
  })
  updatedAt: Date

  @Field(() => [PublicSection], { description: 'Its sections, in their order.' })
  sections: PublicSection[]
}
