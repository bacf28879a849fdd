import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import type { Authenticator } from '../../accounts/index.ts'
import type { Front } from '../front.ts'
import type { CredentialsOf } from '../request-door.ts'
import { addBadgeDoors } from './badge-doors.ts'
import { addCrawlerDoors } from './crawler-doors.ts'
import type { DoorViews } from './door-views.ts'
import { addLogoDoor } from './logo-door.ts'
import { openToEverybody } from './read-door.ts'
import { addSubscribeDoors, type SubscribeDoors } from './subscribe-doors.ts'
import { addTextDoors } from './text-doors.ts'
import { addUnlockDoor, type UnlockDoor } from './unlock-door.ts'

export interface StatusDoorsRoutes {
  views: DoorViews
  front: Front
  authenticator: Pick<Authenticator, 'authenticate'>
  credentialsOf: CredentialsOf
  /** Absent: there are no pages of HTML that ask for a password. */
  unlock?: UnlockDoor
  /** Absent: nobody hears of pages by e-mail. */
  subscribers?: SubscribeDoors['subscribers']
}

const MOST_FORM_BYTES = 4_096

/** Everything beside status pages: feeds, badges, widget, Statuspage’s JSON, logos, and the forms of pages. */
export async function addStatusDoors(
  server: FastifyInstance,
  routes: StatusDoorsRoutes,
): Promise<void> {
  await server.register(async (scope) => {
    openToEverybody(scope)
    addTextDoors(scope, routes)
    addBadgeDoors(scope, routes)
    addCrawlerDoors(scope, routes)
    addLogoDoor(scope, routes)
  })
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    await scope.register(formbody, { bodyLimit: MOST_FORM_BYTES })
    // Programs of mail may send what says nothing in this form too.
    const options = { parseAs: 'string', bodyLimit: MOST_FORM_BYTES } as const
    scope.addContentTypeParser('multipart/form-data', options, (_request, _body, done) =>
      done(null, {}),
    )
    const { views, front, subscribers } = routes
    if (routes.unlock) addUnlockDoor(scope, routes.unlock)
    if (subscribers) addSubscribeDoors(scope, { subscribers, views, front })
  })
}
