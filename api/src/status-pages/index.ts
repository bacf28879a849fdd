export {
  badgeOf,
  type Badge,
  type BadgeWishes,
  missingBadge,
  readBadgeWishes,
  shieldsBadge,
} from './doors/badge.ts'
export { badgeSvg } from './doors/badge-svg.ts'
export { robotsText, sitemap } from './doors/crawlers.ts'
export {
  componentsOf,
  type DoorComponent,
  type DoorPage,
  type DoorPlace,
} from './doors/door-page.ts'
export { DoorReader, type ListedSlug } from './doors/door-reader.ts'
export { feedUpdatedAt } from './doors/feed-entries.ts'
export { atomFeed, rssFeed } from './doors/feeds.ts'
export { STATUSPAGE_DOCUMENTS } from './doors/statuspage.ts'
export { widgetJson } from './doors/widget.ts'
export { WIDGET_SCRIPT } from './doors/widget-script.ts'
export { ComponentResolver } from './component.resolver.ts'
export {
  ComponentService,
  type ComponentEdit,
  type NewComponent,
} from './editing/component.service.ts'
export {
  type NewStatusPage,
  type StatusPageEdit,
  StatusPageService,
} from './editing/status-page.service.ts'
export { furnishStatusPages, type StatusPageRoom } from './open-status-pages.ts'
export type { Logo } from './logo.ts'
export { newPublicId } from './page-ids.ts'
export { PageVisibility } from './page-visibility.ts'
export { PublicPageResolver } from './public-page.resolver.ts'
export { PublicStatusPage } from './public-page.objects.ts'
export { PageAccess, type PagePlace, type PageVisitor } from './reading/page-access.ts'
export { type PageView, PageViews } from './reading/page-views.ts'
export { PublicPageReader, type ReadPage } from './reading/public-page-reader.ts'
export { StatusPageResolver } from './status-page.resolver.ts'
export { StatusPageEntity } from './status-page.entity.ts'
export { StatusPageSectionEntity } from './status-page-section.entity.ts'
export { PageSubscriberEntity } from './subscribers/page-subscriber.entity.ts'
export { PageSubscribers } from './subscribers/page-subscribers.service.ts'
export { SubscriberTokens } from './subscribers/subscriber-tokens.ts'
