import type { QueryRunner } from 'typeorm'
import type { OAuthConfig } from '../../config/index.ts'
import type { Database } from '../../db/index.ts'
import type { Role } from '../../lib/actor.ts'
import type { Clock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import { recordAudit } from '../audit/audit-log.ts'
import {
  announceChanges,
  type AuthChange,
  type Revocations,
} from '../authentication/revocations.ts'
import { emailKeyOf, emailProblems, nameProblems, type People } from '../users/people.ts'
import { User } from '../users/user.entity.ts'
import { Membership } from '../workspaces/membership.entity.ts'
import { IdentityEntity } from './identity.entity.ts'
import { OAuthProblem, type ProvedIdentity } from './provider.ts'

type Rules = Pick<OAuthConfig, 'allowedDomains' | 'autoJoinRole' | 'autoJoinWorkspace'>

export interface IdentitiesOptions {
  database: Database
  people: People
  revocations: Revocations
  clock: Clock
  rules: Rules
}

/** Whom an account at a provider signs in. Its key is (provider, subject); an e-mail alone proves nobody. */
export class Identities {
  constructor(private readonly options: IdentitiesOptions) {}

  /**
   * The person of a proved identity:
   * 1. one whom it is attached to;
   * 2. one with the same e-mail, if both the provider and we have seen it verified: it is attached;
   * 3. a new one, where people may join by themselves.
   * Throws OAuthProblem.
   */
  async personOf(provider: string, proved: ProvedIdentity): Promise<User> {
    this.requireDomain(proved)
    const told: AuthChange[] = []
    const user = await this.options.database.work(async (runner) => {
      const known = await this.attached(runner, provider, proved)
      if (known) return known
      // Whether there is somebody with an e-mail is told to nobody but who has it.
      if (!proved.email || !proved.isEmailVerified || !isUnambiguous(proved.email))
        throw new OAuthProblem('email_unverified')
      const same = await this.options.people.findByEmail(proved.email, runner)
      if (same && !mayLink(same)) throw new OAuthProblem('account_exists')
      const person = same ?? (await this.join(runner, proved, told))
      await this.attach(runner, person.id, provider, proved)
      return person
    })
    if (user.suspendedAt) throw new OAuthProblem('no_account')
    this.options.revocations.committed(told)
    return user
  }

  /** Attaches an identity to who is signed in. Throws account_exists when it is somebody else's. */
  async link(userId: string, provider: string, proved: ProvedIdentity): Promise<void> {
    // One that may not sign in would count as a way to sign in.
    this.requireDomain(proved)
    await this.options.database.work(async (runner) => {
      const known = await this.attached(runner, provider, proved)
      if (known && known.id !== userId) throw new OAuthProblem('account_exists')
      if (!known) await this.attach(runner, userId, provider, proved)
    })
  }

  private requireDomain({ email, isEmailVerified }: ProvedIdentity): void {
    const { allowedDomains } = this.options.rules
    if (!allowedDomains.length) return
    if (!email || !isEmailVerified) throw new OAuthProblem('email_unverified')
    const domain = inSmallLetters(email.slice(email.lastIndexOf('@') + 1))
    if (!allowedDomains.includes(domain)) throw new OAuthProblem('domain_not_allowed')
  }

  private async attached(
    runner: QueryRunner,
    provider: string,
    { subject, email }: ProvedIdentity,
  ): Promise<User | null> {
    const [rows] = (await runner.query(
      `update identity set last_used_at = $3, email = coalesce($4, email)
        where provider = $1 and subject = $2 returning user_id as "userId"`,
      [provider, subject, this.now.toISOString(), email],
    )) as [{ userId: string }[], number]
    const row = rows[0]
    return row ? runner.manager.findOneBy(User, { id: row.userId }) : null
  }

  private async attach(
    runner: QueryRunner,
    userId: string,
    provider: string,
    { subject, email }: ProvedIdentity,
  ): Promise<void> {
    const now = this.now
    const id = newId(now.getTime())
    const row = { id, provider, subject, userId, email, createdAt: now, lastUsedAt: now }
    await runner.manager.insert(IdentityEntity, row)
  }

  /** A new person and their membership, where the server is set up so. */
  private async join(
    runner: QueryRunner,
    proved: ProvedIdentity,
    told: AuthChange[],
  ): Promise<User> {
    const { autoJoinRole: role } = this.options.rules
    if (!role) throw new OAuthProblem('no_account')
    const { email, isEmailVerified } = proved
    if (!email || emailProblems(email).length) throw new OAuthProblem('email_unverified')
    const workspaceId = await this.workspaceToJoin(runner)
    if (!workspaceId) throw new OAuthProblem('no_account')
    const person = { name: nameOf(proved, email), email, passwordHash: null, isEmailVerified }
    const user = await this.options.people.create(runner, person)
    await this.enter(runner, user, workspaceId, role)
    told.push({ userId: user.id, workspaceId })
    return user
  }

  private async enter(
    runner: QueryRunner,
    user: User,
    workspaceId: string,
    role: Role,
  ): Promise<void> {
    const at = this.now
    await runner.manager.insert(Membership, { workspaceId, userId: user.id, role, createdAt: at })
    const actor = { kind: 'user', id: user.id, name: user.name, workspaceId, role } as const
    const target = { targetType: 'member', targetId: user.id, targetName: user.name }
    await recordAudit(runner, actor, at, [{ action: 'member.join', ...target, after: { role } }])
    await announceChanges(runner, [{ userId: user.id, workspaceId }])
  }

  private async workspaceToJoin(runner: QueryRunner): Promise<string | undefined> {
    const { autoJoinWorkspace: slug } = this.options.rules
    const rows = (await runner.query(
      `select w.id from workspace w
        where exists (select from membership m where m.workspace_id = w.id) and ($1::text is null or w.slug = $1)
        order by w.created_at, w.id limit 1`,
      [slug ?? null],
    )) as { id: string }[]
    return rows[0]?.id
  }

  private get now(): Date {
    return new Date(this.options.clock.now())
  }
}

/** A-Z only: Unicode makes one letter of several, such as of k and the Kelvin sign, which mail servers tell apart. */
function inSmallLetters(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** Whether an e-mail is found under its own name only, and not under that of a stranger who looks alike. */
function isUnambiguous(email: string): boolean {
  return inSmallLetters(email) === emailKeyOf(email)
}

/** Both sides must have seen that the address is theirs: else whoever typed it in first would get a stranger's account. */
function mayLink(user: User): boolean {
  return user.emailVerifiedAt !== null && !user.suspendedAt
}

function nameOf({ name }: ProvedIdentity, email: string): string {
  const local = emailKeyOf(email).split('@')[0]!
  const wished = (name ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 100)
  return nameProblems(wished).length ? local.slice(0, 100) : wished
}
