import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { isId } from '../../lib/ids.ts'
import { requirePerson } from '../../lib/permissions.ts'
import type { AccountScope } from '../request-door.ts'
import { deviceOf } from './device.ts'
import type { SessionKind, SessionService } from './session.service.ts'
import {
  RevokeOtherSessionsPayload,
  RevokeSessionInput,
  RevokeSessionPayload,
  SessionObject,
} from './session.objects.ts'

/** Where the person is signed in. */
@Resolver()
export class SessionResolver {
  constructor(private readonly service: SessionService) {}

  @Directive('@auth')
  @Query(() => [SessionObject], {
    description: 'Where the signed-in person is signed in, the latest use first.',
  })
  async sessions(@Ctx() { actor }: AccountScope): Promise<SessionObject[]> {
    const { userId, sessionId } = requirePerson(actor)
    const sessions = await this.service.list(userId)
    return sessions.map(({ userAgent, kind, ...session }) => ({
      ...session,
      kind: kind as SessionKind,
      device: deviceOf(userAgent),
      isCurrent: session.id === sessionId,
    }))
  }

  @Directive('@auth')
  @Mutation(() => RevokeSessionPayload, {
    description: `Ends a session of the signed-in person.

\`\`\`graphql
mutation {
  revokeSession(input: { id: "0190a000-0000-7000-8000-000000000000" }) {
    sessionId
    userErrors { path message }
  }
}
\`\`\``,
  })
  async revokeSession(
    @Arg('input', () => RevokeSessionInput, { description: 'The input.' })
    { id }: RevokeSessionInput,
    @Ctx() { actor, door }: AccountScope,
  ): Promise<RevokeSessionPayload> {
    const { userId, sessionId } = requirePerson(actor)
    const isEnded = isId(id) && (await this.service.revoke(userId, id))
    if (!isEnded) return { sessionId: null, userErrors: [unknown()] }
    if (id === sessionId) door.clearSession()
    return { sessionId: id, userErrors: [] }
  }

  @Directive('@auth')
  @Mutation(() => RevokeOtherSessionsPayload, {
    description: `Ends every session of the signed-in person but this one.

\`\`\`graphql
mutation {
  revokeOtherSessions { count }
}
\`\`\``,
  })
  async revokeOtherSessions(@Ctx() { actor }: AccountScope): Promise<RevokeOtherSessionsPayload> {
    const { userId, sessionId } = requirePerson(actor)
    return { count: await this.service.revokeAll(userId, { except: sessionId }), userErrors: [] }
  }
}

function unknown(): RevokeSessionPayload['userErrors'][number] {
  return { path: ['id'], code: 'NOT_FOUND', message: 'There is no such session.' }
}
