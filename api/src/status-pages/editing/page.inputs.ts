import { Field, ID, InputType, Int } from 'type-graphql'
import { Theme, type ThemeName } from '../../accounts/index.ts'
import { type ComponentStatus, ComponentStatusEnum } from '../../components/index.ts'
import { PageVisibility } from '../page-visibility.ts'

const SHOWS = 'Absent: as it is'

@InputType()
abstract class ComponentFieldsInput {
  @Field(() => String, {
    nullable: true,
    description: 'A sentence about it, at most 500 characters.',
  })
  description?: string | null

  @Field(() => [ID], {
    nullable: true,
    description:
      'The monitors that speak for it, at most 50. Absent: none for a new one, else as they are.',
  })
  monitorIds?: string[] | null

  @Field(() => ComponentStatusEnum, {
    nullable: true,
    description: 'A state that is set by hand; null: what the monitors say.',
  })
  manualStatus?: ComponentStatus | null

  @Field(() => Boolean, {
    nullable: true,
    description: `Whether visitors see the bars of 90 days. ${SHOWS}, true for a new one.`,
  })
  showBars?: boolean | null

  @Field(() => Boolean, {
    nullable: true,
    description: `Whether visitors see response times. ${SHOWS}, false for a new one.`,
  })
  showChart?: boolean | null

  @Field(() => Boolean, {
    nullable: true,
    description: `Whether visitors see the uptime as a number. ${SHOWS}, true for a new one.`,
  })
  showUptime?: boolean | null
}

@InputType({ description: 'A component of a section.' })
export class StatusPageComponentInput extends ComponentFieldsInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Of a component of this page that is kept. Absent: a new one.',
  })
  id?: string | null

  @Field(() => String, { description: 'What visitors read, 1 to 100 characters.' })
  name: string
}

@InputType({ description: 'A new component of a page that is there already.' })
export class CreateComponentInput extends ComponentFieldsInput {
  @Field(() => ID, { description: 'Of which page.' })
  pageId: string

  @Field(() => ID, {
    nullable: true,
    description: 'In which of its sections, at the end. Absent: in the last one.',
  })
  sectionId?: string | null

  @Field(() => String, { description: 'What visitors read, 1 to 100 characters.' })
  name: string

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input makes one component only, 1 to 200 characters.',
  })
  idempotencyKey?: string | null
}

@InputType({ description: 'Changes of a component. Absent: as it is.' })
export class UpdateComponentInput extends ComponentFieldsInput {
  @Field(() => ID, { description: 'Which component.' })
  id: string

  @Field(() => ID, {
    nullable: true,
    description: 'To which section of its page it moves, at the end. Absent: it stays where it is.',
  })
  sectionId?: string | null

  @Field(() => String, { nullable: true, description: 'What visitors read, 1 to 100 characters.' })
  name?: string | null
}

@InputType({ description: 'Components to be deleted.' })
export class DeleteComponentsInput {
  @Field(() => [ID], { description: 'Which components, at most 200.' })
  ids: string[]
}

@InputType({ description: 'A section of a page with its components, in their order.' })
export class StatusPageSectionInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Of a section of this page that is kept. Absent: a new one.',
  })
  id?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Its heading, at most 100 characters. Absent or empty: none.',
  })
  name?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether visitors see it folded up at first. Absent: false.',
  })
  isCollapsed?: boolean | null

  @Field(() => [StatusPageComponentInput], {
    description: 'Its components, at most 200 on a page.',
  })
  components: StatusPageComponentInput[]
}

@InputType()
abstract class PageFieldsInput {
  @Field(() => String, {
    nullable: true,
    description: 'What visitors read above everything, in Markdown, at most 10,000 characters.',
  })
  description?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'A picture as a `data:` URL in base64: PNG, JPEG, GIF, WebP or SVG, at most 256 kB. null: none.',
  })
  logo?: string | null

  @Field(() => String, { nullable: true, description: 'A colour as #rrggbb.' })
  accentColor?: string | null

  @Field(() => Theme, { nullable: true, description: 'How the page looks.' })
  theme?: ThemeName | null

  @Field(() => PageVisibility, { nullable: true, description: 'Who may see it.' })
  visibility?: PageVisibility | null

  @Field(() => String, {
    nullable: true,
    description: 'The password of a page with the visibility PASSWORD, 8 to 200 characters.',
  })
  password?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'A domain of its own whose DNS leads to this server, such as status.example.com. null: none.',
  })
  domain?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The time zone of its days, such as Europe/Berlin.',
  })
  timeZone?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Its language, such as de. null: the language of each visitor.',
  })
  locale?: string | null

  @Field(() => [StatusPageSectionInput], {
    nullable: true,
    description: 'All sections in their order, at most 50: those that are not named are removed.',
  })
  sections?: StatusPageSectionInput[] | null
}

@InputType({ description: 'A new status page.' })
export class CreateStatusPageInput extends PageFieldsInput {
  @Field(() => String, {
    description:
      'Its name in addresses, 1 to 60 of a-z, 0-9 and -; it is reached at /status/<slug>.',
  })
  slug: string

  @Field(() => String, { description: 'Its heading, 1 to 100 characters.' })
  title: string

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input makes one page only, 1 to 200 characters.',
  })
  idempotencyKey?: string | null
}

@InputType({ description: 'Changes of a status page. Absent: as it is.' })
export class UpdateStatusPageInput extends PageFieldsInput {
  @Field(() => ID, { description: 'Which page.' })
  id: string

  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses, 1 to 60 of a-z, 0-9 and -.',
  })
  slug?: string | null

  @Field(() => String, { nullable: true, description: 'Its heading, 1 to 100 characters.' })
  title?: string | null

  @Field(() => Int, {
    nullable: true,
    description:
      'The version that the change was made from; CONFLICT when it is not the present one.',
  })
  expectedVersion?: number | null
}

@InputType({ description: 'Pages to be deleted.' })
export class DeleteStatusPagesInput {
  @Field(() => [ID], { description: 'Which pages, at most 100.' })
  ids: string[]
}

@InputType({ description: 'The state of a component, set by hand.' })
export class SetComponentStatusInput {
  @Field(() => ID, { description: 'Which component.' })
  id: string

  @Field(() => ComponentStatusEnum, {
    nullable: true,
    description: 'The state; null: what its monitors say from now on.',
  })
  status?: ComponentStatus | null
}

@InputType({ description: 'The password of a page.' })
export class UnlockStatusPageInput {
  @Field(() => String, { description: 'The name of the page in its address.' })
  slug: string

  @Field(() => String, { description: 'Its password.' })
  password: string
}
