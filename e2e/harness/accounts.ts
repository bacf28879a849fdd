import { type Credential, nobody } from './credentials.ts'
import { graphql, type GraphqlAnswer, inWords, post, type UserError } from './graphql.ts'

export interface Person {
  name: string
  email: string
  password: string
}

/** Who sets up the servers of tests. */
export const OWNER: Person = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  password: 'correct horse battery',
}
const WORKSPACE_NAME = 'Example'

const SET_UP = `mutation ($input: SetUpInput!) { setUp(input: $input) { viewer { id } userErrors { path message } } }`
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { viewer { id } isCodeRequired userErrors { path message } } }`
const CREATE_TOKEN = `mutation ($input: CreateApiTokenInput!) {
  createApiToken(input: $input) { token apiToken { id } userErrors { path message } } }`

interface Entered {
  viewer: { id: string } | null
  userErrors: UserError[]
}

/** The session that an answer began. */
export function sessionOf({ headers }: { headers: Headers }): Credential {
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .find((pair) => pair.includes('allswell'))
  if (!cookie) throw new Error('The answer begins no session')
  return { cookie }
}

const codeOf = ({ errors }: GraphqlAnswer<unknown>) => errors?.[0]?.extensions?.code

/** Sets a server up; answers the owner's session, or undefined when it is set up already. */
export async function setUp(
  url: string,
  { name, email, password }: Person = OWNER,
  setUpToken?: string,
): Promise<Credential | undefined> {
  const input = { name, email, password, workspaceName: WORKSPACE_NAME, setUpToken }
  const answer = await post<{ setUp: Entered }>(url, SET_UP, { input }, nobody)
  if (codeOf(answer) === 'NOT_FOUND') return undefined
  return entered(answer, answer.data?.setUp)
}

/** A new session of somebody. */
export async function signIn(
  url: string,
  { email, password }: Pick<Person, 'email' | 'password'> = OWNER,
): Promise<Credential> {
  const input = { email, password }
  const answer = await post<{ signIn: Entered }>(url, SIGN_IN, { input }, nobody)
  return entered(answer, answer.data?.signIn)
}

function entered(
  answer: GraphqlAnswer<unknown> & { headers: Headers },
  payload: Entered | undefined,
): Credential {
  if (payload?.viewer) return sessionOf(answer)
  throw new Error(inWords(payload?.userErrors ?? []) || JSON.stringify(answer.errors))
}

export interface MadeToken {
  id: string
  secret: string
  credential: Credential
}

interface TokenCreated {
  createApiToken: {
    token: string | null
    apiToken: { id: string } | null
    userErrors: UserError[]
  }
}

/** A new API token, made by whoever has the credential. */
export async function createToken(
  url: string,
  by: Credential,
  input: object = { name: 'Tests', role: 'OWNER' },
): Promise<MadeToken> {
  const { createApiToken: made } = await graphql<TokenCreated>(url, CREATE_TOKEN, { input }, by)
  if (!made.token || !made.apiToken) throw new Error(inWords(made.userErrors))
  const credential = { authorization: `Bearer ${made.token}` }
  return { id: made.apiToken.id, secret: made.token, credential }
}

/** Somebody joins the workspace of `by` by an invitation; answers their session. */
export async function joinAs(
  url: string,
  by: Credential,
  role: string,
  person: Person,
): Promise<Credential> {
  const { inviteMember } = await graphql<{
    inviteMember: { url: string | null; userErrors: UserError[] }
  }>(
    url,
    'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { url userErrors { path message } } }',
    { input: { role } },
    by,
  )
  if (!inviteMember.url) throw new Error(inWords(inviteMember.userErrors))
  const token = inviteMember.url.split('/').at(-1) ?? ''
  const answer = await post<{ acceptInvitation: Entered }>(
    url,
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { viewer { id } userErrors { path message } } }',
    { input: { token, ...person } },
    nobody,
  )
  return entered(answer, answer.data?.acceptInvitation)
}
