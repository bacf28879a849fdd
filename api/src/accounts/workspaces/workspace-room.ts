import type { Database } from '../../db/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { AuditReader } from '../audit/audit-reader.ts'
import { AuditResolver } from '../audit/audit.resolver.ts'
import type { Revocations } from '../authentication/revocations.ts'
import type { SignIn } from '../authentication/sign-in.ts'
import type { Mailer } from '../mail/mailer.ts'
import { ApiTokenResolver } from '../tokens/api-token.resolver.ts'
import { ApiTokenService } from '../tokens/api-token.service.ts'
import type { People } from '../users/people.ts'
import type { ViewerReader } from '../viewer/viewer-reader.ts'
import { InvitationAcceptance } from './invitation-acceptance.ts'
import { InvitationResolver } from './invitation.resolver.ts'
import { InvitationService } from './invitation.service.ts'
import { MemberReader } from './member-reader.ts'
import { MemberResolver } from './member.resolver.ts'
import { MemberService } from './member.service.ts'
import { WorkspaceResolver } from './workspace.resolver.ts'
import { WorkspaceService } from './workspace.service.ts'

export interface WorkspaceRoomOptions {
  database: Database
  clock: Clock
  log: Log
  revocations: Revocations
  people: People
  viewers: ViewerReader
  signIn: SignIn
  mailer: Mailer
}

/** What people do with workspaces, members, invitations and tokens: the resolvers. */
export function workspaceResolvers(options: WorkspaceRoomOptions): readonly object[] {
  const { viewers, signIn } = options
  const invitations = new InvitationService(options)
  const acceptance = new InvitationAcceptance(options)
  return [
    new WorkspaceResolver(new WorkspaceService(options), viewers),
    new MemberResolver(new MemberService(options), new MemberReader(options)),
    new InvitationResolver({ invitations, acceptance, signIn, viewers }),
    new ApiTokenResolver(new ApiTokenService(options)),
    new AuditResolver(new AuditReader()),
  ]
}
