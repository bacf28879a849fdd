import type { Actor } from '../../lib/actor.ts'
import type { RequestDoor } from '../request-door.ts'
import type { SessionService } from '../sessions/session.service.ts'
import type { User } from '../users/user.entity.ts'
import type { ViewerReader } from '../viewer/viewer-reader.ts'
import type { Viewer } from '../viewer/viewer.object.ts'
import type { Authenticator } from './authenticator.ts'

/** How every sign-in of a browser ends, whatever the person has proved who they are with. */
export class SignIn {
  constructor(
    private readonly options: {
      sessions: SessionService
      authenticator: Authenticator
      viewers: ViewerReader
    },
  ) {}

  /** Opens a new session, hands it to the browser, and answers who is signed in. */
  async finish(user: Pick<User, 'id'>, door: RequestDoor): Promise<Viewer> {
    const { sessions, viewers } = this.options
    const opened = await sessions.open(user.id, 'browser', door)
    door.setSession(opened.secret, opened.expiresAt)
    const viewer = await viewers.of(await this.actorOf(opened.secret, door))
    if (!viewer) throw new Error('Who has just signed in is nobody')
    return viewer
  }

  private actorOf(cookie: string, { ipAddress }: RequestDoor): Promise<Actor> {
    return this.options.authenticator.authenticate({ cookie, ipAddress })
  }
}
