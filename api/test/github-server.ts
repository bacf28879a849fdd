import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface GithubAccount {
  id: number
  login: string
  name: string | null
  emails: { email: string; primary: boolean; verified: boolean }[]
}

export interface GithubServer {
  url: string
  clientId: string
  clientSecret: string
  /** Who is signed in there; undefined: refuses. */
  account: GithubAccount | undefined
  close(): Promise<void>
}

interface Attempt {
  account: GithubAccount
  challenge: string | null
  redirectUri: string
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

/** A server that speaks as GitHub Enterprise does: codes that serve once, PKCE, refusals with the status 200. */
export async function startGithub(): Promise<GithubServer> {
  const codes = new Map<string, Attempt>()
  const tokens = new Map<string, GithubAccount>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', github.url)
    const json = (status: number, body: unknown): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body))
    if (url.pathname === '/login/oauth/authorize') {
      const back = new URL(url.searchParams.get('redirect_uri')!)
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      if (github.account) {
        const code = randomBytes(10).toString('hex')
        const challenge = url.searchParams.get('code_challenge')
        codes.set(code, {
          account: github.account,
          challenge,
          redirectUri: back.origin + back.pathname,
        })
        back.searchParams.set('code', code)
      } else back.searchParams.set('error', 'access_denied')
      return void response.writeHead(302, { location: back.href }).end()
    }
    if (url.pathname === '/login/oauth/access_token')
      return void bodyOf(request).then((body) => {
        const form = new URLSearchParams(body)
        const attempt = codes.get(form.get('code') ?? '')
        codes.delete(form.get('code') ?? '')
        const proof = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url')
        const isRight =
          form.get('client_secret') === github.clientSecret && attempt?.challenge === proof
        if (!attempt || !isRight) return json(200, { error: 'bad_verification_code' })
        const token = `gho_${randomBytes(10).toString('hex')}`
        tokens.set(token, attempt.account)
        json(200, { access_token: token, token_type: 'bearer' })
      })
    const account = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''))
    if (!account) return json(401, { message: 'Bad credentials' })
    if (url.pathname === '/api/v3/user')
      return json(200, { id: account.id, login: account.login, name: account.name, email: null })
    if (url.pathname === '/api/v3/user/emails') return json(200, account.emails)
    json(404, {})
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const github: GithubServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ clientId: 'allswell', clientSecret: 'hub secret', account: undefined },
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return github
}
