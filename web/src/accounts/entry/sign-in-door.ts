import { SignInDocument } from '../../generated/operations.ts'
import { problemOf, runMutation, useApollo, type Problem } from '../../lib/apollo/index.ts'
import { useEntry, type TokenKeeper, type TokenOutcome } from '../../lib/session/index.ts'
import type { GivenError } from './use-entry-form.ts'

export interface Credentials {
  email: string
  password: string
  code?: string
}

export type SignInResult =
  | { kind: 'done' }
  | { kind: 'code' }
  | { kind: 'errors'; errors: readonly GivenError[] }
  | { kind: 'problem'; problem: Problem }

/** Signs in with a password: by the cookie, or by tokens where the client was built for them. */
export function useSignInDoor(): (credentials: Credentials) => Promise<SignInResult> {
  const client = useApollo()
  const { tokens } = useEntry()
  if (tokens) return (credentials) => byToken(tokens, credentials)
  return async (credentials) => {
    const { data, error } = await runMutation(client, SignInDocument, { input: credentials })
    if (error) return { kind: 'problem', problem: problemOf(error) }
    return judge(data?.signIn, credentials)
  }
}

export interface SignInAnswer {
  isCodeRequired: boolean
  viewer: object | null
  userErrors: readonly GivenError[]
}

/** What an answer of the contract means. A code that was given and refused stays at its field. */
export function judge(answer: SignInAnswer | undefined, given: { code?: string }): SignInResult {
  if (answer?.viewer) return { kind: 'done' }
  const errors = answer?.userErrors ?? []
  const isFirstAsked = answer?.isCodeRequired && given.code === undefined
  return isFirstAsked ? { kind: 'code' } : { kind: 'errors', errors }
}

async function byToken(tokens: TokenKeeper, credentials: Credentials): Promise<SignInResult> {
  return ofToken(await tokens.signIn(credentials), credentials)
}

function ofToken(outcome: TokenOutcome, { code }: Credentials): SignInResult {
  if (outcome.kind === 'done') return { kind: 'done' }
  if (outcome.kind === 'codeRequired') return { kind: 'code' }
  if (outcome.kind === 'refused') {
    const path = code === undefined ? [] : ['code']
    return { kind: 'errors', errors: [{ path, message: outcome.message }] }
  }
  if (outcome.kind === 'limited') {
    const { retryAfterSeconds } = outcome
    const problem = { kind: 'refused', code: 'LIMIT', message: '', retryAfterSeconds } as const
    return { kind: 'problem', problem }
  }
  return { kind: 'problem', problem: { kind: outcome.kind, code: null, message: '' } }
}
