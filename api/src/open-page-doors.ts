import type { GraphQLSchema } from 'graphql'
import { type Accounts, openMailer, type Workspace } from './accounts/index.ts'
import type { Config } from './config/index.ts'
import type { Database } from './db/index.ts'
import type { EventHub } from './events/index.ts'
import type { errorPresenter } from './graphql/index.ts'
import { type Front, type HttpOptions, openStatusDoors, requestDoors } from './http/index.ts'
import type { Clock } from './lib/clock.ts'
import type { Log } from './lib/log.ts'
import type { SecretBox } from './lib/secret-box.ts'
import { openPageRenderer } from './ssr/index.ts'
import type { StatusPageRoom } from './status-pages/index.ts'

export interface PageDoorsOptions {
  config: Config
  database: Database
  secretBox: SecretBox
  workspace: Workspace
  accounts: Accounts
  hub: EventHub
  room: StatusPageRoom
  schema: GraphQLSchema
  front: Front
  presentError: ReturnType<typeof errorPresenter>
  clock: Clock
  log: Log
}

type Closing = (() => unknown)[]

/** Pages with their doors: feeds, badges, widget, forms. */
export async function openPageDoors(
  options: PageDoorsOptions,
  closing: Closing,
): Promise<Pick<HttpOptions, 'statusPages' | 'statusDoors'>> {
  const { config, database, hub, workspace, accounts, secretBox, room, front, clock, log } = options
  const html = await openPages(options, closing)
  const { authenticator } = accounts
  const { stop, ...opened } = await openStatusDoors({
    // Letters about outages come with incidents; until then nobody is asked for an address.
    offersLetters: false,
    ...{ room, database, hub, workspaceIds: [workspace.id], secretBox, clock, log, html },
    ...{ authenticator, front, mailer: openMailer(config.mail) },
  })
  closing.push(stop)
  return opened
}

/** Pages of HTML, where the web build has them: the same schema, asked in process. */
async function openPages(
  options: PageDoorsOptions,
  closing: Closing,
): Promise<HttpOptions['statusPages']> {
  const { config, database, accounts, hub, room, schema, front, presentError, clock, log } = options
  const { publicUrl, webFolder } = config
  const opened = await openPageRenderer({
    ...{ schema, presentError, database, hub, webFolder, clock, log },
    workspaceOf: async (slug) => (await room.access.find(slug))?.workspaceId ?? null,
  })
  if (!opened) return undefined
  closing.push(() => opened.stop())
  const { authenticator } = accounts
  const { credentialsOf } = requestDoors(front)
  const base = new URL('./', `${publicUrl ?? 'http://localhost'}/`).pathname
  return { pages: opened.renderer, authenticator, credentialsOf, base, publicUrl, webFolder }
}
