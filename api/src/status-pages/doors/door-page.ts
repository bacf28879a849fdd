import type { ComponentStatus } from '../../components/index.ts'
import type { PublicOutage, PublicStatusPage } from '../public-page.objects.ts'

type Told = Pick<
  PublicStatusPage,
  | ('publicId' | 'slug' | 'title' | 'descriptionText' | 'timeZone' | 'status')
  | ('visibility' | 'createdAt' | 'updatedAt')
>

export interface DoorComponent {
  id: string
  name: string
  description: string
  status: ComponentStatus
  /** How long it has been so. */
  since: Date
}

export interface DoorSection {
  id: string
  /** Empty: no heading. */
  name: string
  components: readonly DoorComponent[]
}

/** What the doors beside a page tell: what every stranger sees of it, without bars and charts. */
export interface DoorPage extends Told {
  sections: readonly DoorSection[]
  /** Confirmed, the newest first. */
  outages: readonly PublicOutage[]
}

/** Where visitors find things, as whole addresses. */
export interface DoorPlace {
  /** The page itself. */
  home: string
  /** What its doors begin with, without a slash at the end. */
  doors: string
}

export const componentsOf = ({ sections }: Pick<DoorPage, 'sections'>): DoorComponent[] =>
  sections.flatMap(({ components }) => components)
