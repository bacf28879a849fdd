import { Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import { Evidence } from '../evidence/evidence.object.ts'
import { evidenceLoader } from '../evidence/evidence.loaders.ts'
import { HeartbeatArgs } from './heartbeat.args.ts'
import { Heartbeat, HeartbeatConnection } from './heartbeat.object.ts'
import { listHeartbeats } from './heartbeat.service.ts'

@Resolver(() => Heartbeat)
export class HeartbeatResolver {
  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Query(() => HeartbeatConnection, {
    description:
      'Recorded checks of one monitor, newest first. NOT_FOUND for a monitor that does not exist.',
  })
  heartbeats(
    @Args(() => HeartbeatArgs) args: HeartbeatArgs,
    @Ctx() scope: ReadScope,
  ): Promise<HeartbeatConnection> {
    return listHeartbeats(scope, args)
  }

  @FieldResolver(() => Evidence, {
    nullable: true,
    description: 'What the check saw, kept where something was wrong; null otherwise.',
  })
  evidence(@Root() beat: Heartbeat, @Ctx() scope: ReadScope): Promise<Evidence | null> {
    return evidenceLoader(scope).load({ monitorId: beat.monitorId, slotUs: beat.slotUs })
  }
}
