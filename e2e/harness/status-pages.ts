import { graphql, inWords, type UserError } from './graphql.ts'

export interface StatusPageWish {
  slug: string
  title: string
  sections?: {
    name: string
    isCollapsed?: boolean
    components: Record<string, unknown>[]
  }[]
  [field: string]: unknown
}

interface Made {
  createStatusPage: {
    statusPage: { id: string; version: number } | null
    userErrors: UserError[]
  }
}

const CREATE =
  'mutation($input: CreateStatusPageInput!) { createStatusPage(input: $input) { statusPage { id version } userErrors { path code message } } }'

/** Makes a status page and answers its id. */
export async function createStatusPage(url: string, input: StatusPageWish): Promise<string> {
  const { createStatusPage: made } = await graphql<Made>(url, CREATE, { input })
  if (!made.statusPage) throw new Error(inWords(made.userErrors))
  return made.statusPage.id
}
