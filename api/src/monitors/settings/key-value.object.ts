import { Field, InputType, ObjectType } from 'type-graphql'

@InputType('KeyValueInput', { description: 'A name with its value.' })
export class HeaderPairInput {
  @Field(() => String, { description: 'The name.' })
  name: string

  @Field(() => String, { description: 'The value.' })
  value: string
}

@ObjectType('KeyValue', { description: 'A name with its value.' })
export class HeaderPair {
  @Field(() => String, { description: 'The name.' })
  name: string

  @Field(() => String, { description: 'The value.' })
  value: string
}
