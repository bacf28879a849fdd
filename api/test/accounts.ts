import { randomBytes } from 'node:crypto'
import { hashSecret } from '../src/accounts/authentication/secrets.ts'
import { newApiToken } from '../src/accounts/tokens/token-secret.ts'
import { type Accounts, openAccounts, type RequestDoor } from '../src/accounts/index.ts'
import type { Database } from '../src/db/index.ts'
import type { Actor, Role } from '../src/lib/actor.ts'
import { type Clock, systemClock } from '../src/lib/clock.ts'
import { newId } from '../src/lib/ids.ts'
import { silentLog } from '../src/lib/log.ts'
import { SecretBox } from '../src/lib/secret-box.ts'

/** The room of the accounts on a database, as one process would open it. The caller closes it. */
export async function openTestAccounts(
  database: Database,
  clock: Clock = systemClock,
): Promise<Accounts> {
  const secretBox = new SecretBox(Buffer.alloc(32, 7))
  const options = { database, secretBox, clock, log: silentLog }
  const accounts = openAccounts({ ...options, setUpToken: undefined })
  await accounts.revocations.start()
  return accounts
}

export interface TestPerson {
  userId: string
  name: string
  email: string
}

/** A person, by default without a password: hashing takes its time. */
export async function newPerson(
  database: Database,
  {
    passwordHash = null,
    name = 'Test Person',
  }: { passwordHash?: string | null; name?: string } = {},
): Promise<TestPerson> {
  const userId = newId()
  const email = `${userId.slice(-12)}${randomBytes(4).toString('hex')}@example.com`
  await database.worker.query(
    `insert into app_user (id, email, email_key, name, email_verified_at, password_hash, created_at, updated_at)
     values ($1, $2, $2, $3, now(), $4, now(), now())`,
    [userId, email, name, passwordHash],
  )
  return { userId, name, email }
}

export async function join(
  database: Database,
  workspaceId: string,
  userId: string,
  role: Role,
): Promise<void> {
  await database.worker.query(
    'insert into membership (workspace_id, user_id, role, created_at) values ($1, $2, $3, now())',
    [workspaceId, userId, role],
  )
}

/** A person with a role in a workspace, and the actor that a session of theirs would be. */
export async function newMember(
  database: Database,
  workspaceId: string,
  role: Role,
  name?: string,
): Promise<TestPerson & { actor: Actor }> {
  const person = await newPerson(database, name === undefined ? {} : { name })
  await join(database, workspaceId, person.userId, role)
  const actor: Actor = {
    ...{ kind: 'user', id: person.userId, name: person.name, workspaceId, role },
    ...{ credentialId: newId(), ipAddress: '192.0.2.7' },
  }
  return { ...person, actor }
}

/** An API token by SQL; answers its secret. */
export async function newToken(
  database: Database,
  workspaceId: string,
  options: {
    role?: Role
    scopes?: string[] | null
    createdBy?: string | null
    expiresAt?: Date | null
  } = {},
): Promise<{ id: string; secret: string }> {
  const id = newId()
  const secret = newApiToken()
  const { role = 'viewer', scopes = null, createdBy = null, expiresAt = null } = options
  await database.worker.query(
    `insert into api_token (workspace_id, id, name, prefix, secret_hash, role, scopes, created_by, created_at, expires_at)
     values ($1, $2, 'Test token', $3, $4, $5, $6, $7, now(), $8)`,
    [workspaceId, id, secret.slice(0, 8), hashSecret(secret), role, scopes, createdBy, expiresAt],
  )
  return { id, secret }
}

/** A door that remembers what it handed to the browser. */
export class TestDoor implements RequestDoor {
  cookie: string | undefined
  readonly userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'
  readonly publicUrl = 'http://localhost:3000'
  readonly webUrl = 'http://localhost:3000'

  constructor(readonly ipAddress = '192.0.2.7') {}

  setSession(secret: string): void {
    this.cookie = secret
  }

  clearSession(): void {
    this.cookie = undefined
  }
}
