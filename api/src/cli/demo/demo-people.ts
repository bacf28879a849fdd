import { randomBytes } from 'node:crypto'
import type { Accounts } from '../../accounts/index.ts'

const LOOPBACK = '127.0.0.1'

export interface DemoPerson {
  email: string
  password: string
  /** What they may do. */
  role: 'owner' | 'viewer'
}

const newPassword = (): string => randomBytes(12).toString('base64url')

/** Sets the server up for its owner, and lets in somebody who may only look. */
export async function inviteDemoPeople(accounts: Accounts): Promise<DemoPerson[]> {
  const owner = { email: 'demo@allswell.test', password: newPassword() }
  const wish = { ...owner, name: 'Dana Demo', workspaceName: 'Demo' }
  await accounts.setUp.setUp(wish, LOOPBACK)
  const viewer = { email: 'viewer@allswell.test', password: newPassword() }
  const made = await accounts.admin.create({ ...viewer, name: 'Vera Viewer', role: 'viewer' })
  await accounts.passwordReset.set(made, viewer.password)
  return [
    { ...owner, role: 'owner' },
    { ...viewer, role: 'viewer' },
  ]
}
