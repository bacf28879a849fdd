import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import { UserError, withUserErrors } from '../../lib/user-error.object.ts'
import { Monitor } from '../monitor.entity.ts'
import { monitorLoader } from '../monitor.loaders.ts'
import type { PingAddressService } from './ping-address.service.ts'

const input = 'The input.'
const NONE = 'Empty when all went well.'

/** A request's scope that can see what the request itself has just written. */
interface WritingScope extends ReadScope {
  refresh(): Promise<void>
}

@InputType({ description: 'Another ping key for the workspace.' })
export class RotatePingKeyInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The key that the jobs use already, from another service: 22 of A-Z, a-z, 0-9, - and _. Absent: a new one.',
  })
  pingKey?: string | null
}

@ObjectType({ description: 'What became of a ping key that was to be changed.' })
export class RotatePingKeyPayload {
  @Field(() => String, {
    nullable: true,
    description: 'The key that holds from now on; null when it was refused.',
  })
  pingKey: string | null

  @Field(() => [UserError], { description: `What is wrong with the input. ${NONE}` })
  userErrors: UserError[]
}

@InputType({ description: 'Addresses that a job uses already, from another service.' })
export class SetPingAddressInput {
  @Field(() => ID, { description: 'Which push monitor.' })
  id: string

  @Field(() => String, {
    nullable: true,
    description: 'The UUID of its ping address, lower case. Absent: as it is.',
  })
  pingId?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'The token of its push address, 10 to 64 of A-Z, a-z, 0-9, - and _. Absent: as it is.',
  })
  pushToken?: string | null
}

@ObjectType({ description: 'What became of the addresses of a push monitor.' })
export class SetPingAddressPayload {
  @Field(() => Monitor, { nullable: true, description: 'The monitor; null when it was refused.' })
  monitor: Monitor | null

  @Field(() => [UserError], { description: `What is wrong with the input. ${NONE}` })
  userErrors: UserError[]
}

/** Commands to the addresses of push monitors. */
@Resolver()
export class PushMutations {
  constructor(private readonly service: PingAddressService) {}

  @Directive('@auth(role: ADMIN, scope: "monitors:write")')
  @Mutation(() => RotatePingKeyPayload, {
    description: `Replaces the ping key of the workspace: addresses with the old one are unknown within a second.

\`\`\`graphql
mutation {
  rotatePingKey(input: {}) { pingKey userErrors { path message } }
}
\`\`\``,
  })
  async rotatePingKey(
    @Arg('input', () => RotatePingKeyInput, { description: input }) given: RotatePingKeyInput,
    @Ctx() { actor }: ReadScope,
  ): Promise<RotatePingKeyPayload> {
    const run = () => this.service.rotateKey(actor, given.pingKey)
    const { value, userErrors } = await withUserErrors(run)
    return { pingKey: value, userErrors }
  }

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @Mutation(() => SetPingAddressPayload, {
    description: `Gives a push monitor the addresses that its job uses already: only the host in its crontab changes.

\`\`\`graphql
mutation {
  setPingAddress(input: { id: "0190a000-0000-7000-8000-000000000000", pingId: "1f6dd6c4-6b8a-4a3c-9f4e-2c4f3a5b6c7d" }) {
    monitor { id pingUrl }
    userErrors { path code message }
  }
}
\`\`\``,
  })
  async setPingAddress(
    @Arg('input', () => SetPingAddressInput, { description: input }) given: SetPingAddressInput,
    @Ctx() scope: WritingScope,
  ): Promise<SetPingAddressPayload> {
    const { userErrors } = await withUserErrors(() => this.service.setAddress(scope.actor, given))
    await scope.refresh()
    const monitor = userErrors.length ? null : await monitorLoader(scope).load(given.id)
    return { monitor, userErrors }
  }
}
