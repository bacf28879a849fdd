import { Throttle } from '../accounts/index.ts'
import type { Database } from '../db/index.ts'
import type { EventHub } from '../events/index.ts'
import type { Clock } from '../lib/clock.ts'
import type { SecretBox } from '../lib/secret-box.ts'
import { ComponentService } from './editing/component.service.ts'
import { StatusPageService } from './editing/status-page.service.ts'
import { ComponentResolver } from './component.resolver.ts'
import { PublicPageResolver } from './public-page.resolver.ts'
import { PageAccess } from './reading/page-access.ts'
import { PageViews } from './reading/page-views.ts'
import { PublicPageReader } from './reading/public-page-reader.ts'
import { StatusPageResolver } from './status-page.resolver.ts'

export interface StatusPageRoom {
  service: StatusPageService
  components: ComponentService
  access: PageAccess
  reader: PublicPageReader
  views: PageViews
  resolvers: object[]
}

/** The room with all that is in it. */
export function furnishStatusPages(options: {
  database: Database
  hub: EventHub
  secretBox: SecretBox
  clock: Clock
}): StatusPageRoom {
  const { database, hub, secretBox, clock } = options
  const throttle = new Throttle({ database, clock })
  const key = secretBox.derive('status page access')
  const access = new PageAccess({ database, throttle, key, clock })
  const views = new PageViews(access)
  const reader = new PublicPageReader({ database, access, views, clock })
  const service = new StatusPageService({ database, hub, clock })
  const components = new ComponentService({ database, pages: service, clock })
  const resolvers = [
    new StatusPageResolver(service),
    new ComponentResolver(components, service),
    new PublicPageResolver(reader, access),
  ]
  return { service, components, access, reader, views, resolvers }
}
