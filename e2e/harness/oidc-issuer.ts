import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import Provider from 'oidc-provider'
import { freePort } from './server-process.ts'

const SCOPE = 'openid email profile'
const CLIENT = { client_id: 'allswell', client_secret: 'a-secret-of-client-and-issuer' }

export interface IssuerAccount {
  name: string
  email: string
  isEmailVerified?: boolean
}

/** A real OpenID Connect issuer on loopback. People sign in at it by typing the name of their account. */
export class OidcIssuer {
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  /** @param callback where it sends browsers back to */
  static async start(
    callback: string,
    accounts: Record<string, IssuerAccount>,
  ): Promise<OidcIssuer> {
    const port = await freePort()
    const url = `http://localhost:${port}`
    const provider = providerOf(url, callback, accounts)
    const handle = provider.callback()
    const server = createServer((request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void handle(request, response)
      letIn(provider, request, response).catch(() => response.writeHead(500).end())
    })
    await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
    return new OidcIssuer(url, server)
  }

  /** What a server is told of it. */
  get env(): Record<string, string> {
    return {
      OIDC_ISSUER: this.url,
      OIDC_CLIENT_ID: CLIENT.client_id,
      OIDC_CLIENT_SECRET: CLIENT.client_secret,
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

function providerOf(
  url: string,
  callback: string,
  accounts: Record<string, IssuerAccount>,
): Provider {
  return new Provider(url, {
    clients: [{ ...CLIENT, redirect_uris: [callback] }],
    cookies: { keys: ['a key of the test'] },
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => {
      const account = accounts[id]
      if (!account) return undefined
      const { name, email, isEmailVerified = true } = account
      return {
        accountId: id,
        claims: () => ({ sub: id, name, email, email_verified: isEmailVerified }),
      }
    },
    // Nobody is asked for their consent: it is the issuer of the same house.
    loadExistingGrant: async ({ oidc }) => {
      const ids = { clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! }
      const grant = new oidc.provider.Grant(ids)
      grant.addOIDCScope(SCOPE)
      await grant.save()
      return grant
    },
  })
}

async function letIn(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response)
  if (request.method === 'GET')
    return void response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(
        '<!doctype html><html lang="en"><title>Issuer</title><form method="post"><label>Account <input name="account"></label><button>Let me in</button></form>',
      )
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const accountId = new URLSearchParams(body).get('account') ?? ''
  await provider.interactionFinished(request, response, { login: { accountId } })
}
