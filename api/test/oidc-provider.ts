import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** Somebody who has an account at the provider, by login name. */
export interface OidcAccount {
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
}

export interface OidcProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** May be changed while it runs. */
  accounts: Map<string, OidcAccount>
  close(): Promise<void>
}

const CLIENT = { clientId: 'allswell', clientSecret: 'a secret of the provider and us' }
/** A second client of the same provider: its tokens are not for us. */
export const OTHER_CLIENT = { clientId: 'somebody-else', clientSecret: 'a secret of theirs' }

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return new URLSearchParams(Buffer.concat(parts).toString())
}

const page = `<!doctype html><html lang="en"><title>Sign in at the provider</title>
<main><h1>Sign in at the provider</h1><form method="post"><label>Login <input name="login" autofocus></label>
<button>Continue</button></form></main></html>`

/** A real OpenID Connect provider on loopback, with a login form that believes everybody. */
export async function startOidcProvider(redirectUris: string[]): Promise<OidcProvider> {
  const accounts = new Map<string, OidcAccount>()
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [CLIENT, OTHER_CLIENT].map(({ clientId, clientSecret }) => ({
      ...{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris },
      token_endpoint_auth_method: 'client_secret_post' as const,
    })),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['of the test'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ ...[...accounts.values()].find(({ sub }) => sub === id), sub: id }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc
      const grant = new oidc.provider.Grant({
        clientId: client!.clientId,
        accountId: session!.accountId!,
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
    if (request.method !== 'POST')
      return void response.setHeader('content-type', 'text/html').end(page)
    void readForm(request).then(async (form) => {
      const account = accounts.get(form.get('login') ?? '')
      const result = account
        ? { login: { accountId: account.sub } }
        : { error: 'access_denied', error_description: 'nobody' }
      await provider.interactionFinished(request, response, result)
    })
  })
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { issuer, ...CLIENT, accounts, close }
}
