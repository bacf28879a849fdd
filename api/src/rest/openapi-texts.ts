/** What stands above the operations. */
export const INTRODUCTION = `Everything that the app does, for programs that speak REST. Each operation is one of the GraphQL contract, with the same rights, rules and limits.

- **Who you are**: an API token (\`authorization: Bearer aw_…\`), an access token of \`POST /auth/token\`, or the session cookie of a browser. With the cookie a change needs the header \`x-requested-with\`, whatever its value.
- **Which workspace**: that of the token; for a person who is in several the header \`allswell-workspace\` with its address name.
- **Lists** that can grow have \`limit\` and \`after\`; \`Link\` leads to the next page. A parameter that may be given several times is repeated: \`?status=UP&status=DOWN\`. Unknown parameters are refused.
- **Creating** answers 201 with \`Location\`. With \`Idempotency-Key\` the same request can be sent again safely for 48 hours.
- **Changing**: PUT replaces, PATCH merges. \`If-Match\` with the ETag of what you read refuses (412) when somebody else was faster.
- **Errors** are \`application/problem+json\` (RFC 9457); \`errors\` says which fields are wrong. Wait as \`Retry-After\` says after 429 and 503.`

export const TAGS = [
  { name: 'Monitors', description: 'Services that are watched, and how.' },
  { name: 'Heartbeats', description: 'What checks found: one by one, summed up, and drawn.' },
  { name: 'Status pages', description: 'Pages for visitors.' },
  { name: 'Components', description: 'What visitors see on a status page.' },
  { name: 'Members', description: 'People of the workspace.' },
  { name: 'Invitations', description: 'Links by which people join.' },
  { name: 'API tokens', description: 'Keys for programs.' },
  { name: 'Workspace', description: 'The tenant that everything belongs to.' },
  { name: 'Audit log', description: 'Who did what, and when.' },
  { name: 'Viewer', description: 'Who asks.' },
]

export const SECURITY_SCHEMES = {
  apiToken: {
    ...{ type: 'http', scheme: 'bearer', bearerFormat: 'aw_…' },
    description: 'An API token. One that is limited to scopes needs the scope that is named here.',
  },
  accessToken: {
    ...{ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    description: 'A five-minute access token of `POST /auth/token`.',
  },
  session: {
    ...{ type: 'apiKey', in: 'cookie', name: '__Host-allswell' },
    description:
      'The session of a browser (`allswell_session` without https). Changes need the header `x-requested-with` as well.',
  },
}

export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'Why a request was refused (RFC 9457).',
  properties: {
    type: { type: 'string', format: 'uri', description: 'What kind of problem, for programs.' },
    title: { type: 'string', description: 'What kind of problem, for people.' },
    status: { type: 'integer', description: 'The status of the answer.' },
    detail: { type: 'string', description: 'What is wrong this time.' },
    errors: {
      type: 'array',
      description: 'What is wrong with each field or parameter.',
      items: {
        type: 'object',
        properties: {
          path: {
            ...{ type: 'array', items: { type: 'string' } },
            description: 'The names that lead to the field; one name for a parameter.',
          },
          code: {
            ...{ type: 'string', description: 'What is wrong, for programs.' },
            enum: ['CONFLICT', 'INVALID', 'LIMIT', 'NOT_FOUND', 'REQUIRED'],
          },
          message: { type: 'string', description: 'What is wrong, for people.' },
        },
        required: ['path', 'code', 'message'],
        additionalProperties: false,
      },
    },
  },
  required: ['type', 'title', 'status', 'detail'],
  additionalProperties: false,
  example: {
    type: 'urn:allswell:problem:invalid-input',
    title: 'The input is wrong',
    status: 422,
    detail: 'A monitor needs a name.',
    errors: [{ path: ['name'], code: 'REQUIRED', message: 'A monitor needs a name.' }],
  },
}
