import { type Authenticator, type Mailer, RequestQuota } from '../../accounts/index.ts'
import type { Database } from '../../db/index.ts'
import type { EventHub } from '../../events/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { SecretBox } from '../../lib/secret-box.ts'
import { pageFollower, PagePurge } from '../../ssr/index.ts'
import {
  DoorReader,
  PageSubscribers,
  type StatusPageRoom,
  SubscriberTokens,
} from '../../status-pages/index.ts'
import { FormTokens } from '../form-tokens.ts'
import type { Front } from '../front.ts'
import { PageDomains } from '../page-domains.ts'
import { requestDoors } from '../request-door.ts'
import type { StatusPageRoutes } from '../status-page-routes.ts'
import { DoorViews } from './door-views.ts'
import { placeOf } from './place.ts'
import type { StatusDoorsRoutes } from './status-doors.ts'
import { type UnlockDoor, unlockToken } from './unlock-door.ts'

export interface StatusDoorsOptions {
  room: Pick<StatusPageRoom, 'reader' | 'access'>
  database: Pick<Database, 'worker'>
  hub: Pick<EventHub, 'catchUp' | 'watch'>
  /** Whose pages are followed from the start; others from when they are first asked for. */
  workspaceIds: readonly string[]
  authenticator: Pick<Authenticator, 'authenticate'>
  secretBox: Pick<SecretBox, 'derive'>
  mailer: Mailer
  /** Whether visitors are asked for an address: only where somebody will write to them. */
  offersLetters: boolean
  front: Front
  /** Absent: pages of HTML were not built. */
  html: StatusPageRoutes | undefined
  clock: Clock
  log: Log
}

export interface StatusDoors {
  statusDoors: StatusDoorsRoutes
  /** The pages with what they need of the doors. */
  statusPages?: StatusPageRoutes
  stop(): void
}

/** Opens everything beside status pages, and tells the front of their domains. */
export async function openStatusDoors(options: StatusDoorsOptions): Promise<StatusDoors> {
  const { room, database, hub, front, authenticator, clock, log } = options
  const reader = new DoorReader({ pages: room.reader, database })
  const domains = new PageDomains({ read: () => reader.domains(), clock, log })
  const purge = new PagePurge({
    ...{ hub, log },
    pages: {
      expire: () => views.expire(),
      forget: () => {
        views.forget()
        void domains.refresh()
      },
    },
  })
  const workspaceOf = async (slug: string): Promise<string | null> =>
    (await room.access.find(slug))?.workspaceId ?? null
  const follow = pageFollower({ workspaceOf }, purge)
  const views = new DoorViews({ reader, follow, clock, log })
  front.servePages(domains)
  await Promise.all([domains.start(), ...options.workspaceIds.map((id) => purge.follow(id))])
  const { credentialsOf } = requestDoors(front)
  const subscribers = options.offersLetters ? { subscribers: subscribersOf(options) } : {}
  const unlock = unlockDoorOf(options)
  const shared = { views, front, authenticator, credentialsOf, ...subscribers }
  return {
    statusDoors: { ...shared, ...(unlock && { unlock }) },
    ...(unlock && { statusPages: unlock.html }),
    stop: () => {
      domains.stop()
      purge.stop()
    },
  }
}

function subscribersOf(options: StatusDoorsOptions): PageSubscribers {
  const { room, database, mailer, secretBox, clock, log } = options
  const tokens = new SubscriberTokens(secretBox.derive('page subscribers'))
  const quota = new RequestQuota({ clock })
  return new PageSubscribers({ database, access: room.access, mailer, quota, tokens, clock, log })
}

function unlockDoorOf({
  html,
  front,
  secretBox,
  room,
  mailer,
  offersLetters,
}: StatusDoorsOptions): UnlockDoor | undefined {
  if (!html) return undefined
  const tokens = new FormTokens(secretBox.derive('form tokens'))
  const pages: StatusPageRoutes = {
    ...html,
    canSubscribe: offersLetters && mailer.isConfigured,
    formTokenOf: (slug) => unlockToken(tokens, slug),
    ownUrlOf: (request, slug) =>
      front.pageAt(request.raw) === slug ? placeOf(front, request, slug).home : undefined,
  }
  return { access: room.access, html: pages, tokens, front }
}
