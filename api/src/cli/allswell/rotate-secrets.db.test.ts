import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { newPerson } from '../../../test/accounts.ts'
import { newWorkspace, sharedDatabase } from '../../../test/database.ts'
import { insertMonitor } from '../../../test/monitors.ts'
import { madeFolder, removeFolders } from '../../../test/server-process.ts'
import { readConfig } from '../../config/index.ts'
import { type Database, openDatabase } from '../../db/index.ts'
import { entities } from '../../entities.ts'
import { systemClock } from '../../lib/clock.ts'
import { silentLog } from '../../lib/log.ts'
import { openSecretBox } from '../../lib/secret-box.ts'
import { LIVENESS_LOCK } from '../../scheduler/index.ts'
import { SigningKeys } from '../../accounts/jwt/signing-keys.ts'
import { refuseRunning } from './refuse-running.ts'
import { rotateSecrets } from './rotate-secrets.ts'

describe('a new master key', () => {
  let folder: string
  let monitorId: string
  let userId: string
  let wanted: string[]

  const configured = (environment: Record<string, string> = {}) =>
    readConfig(
      { ALLSWELL_DATA: folder, ...environment },
      { workingFolder: folder, webFolder: folder },
    )
  const rotate = (environment?: Record<string, string>): Promise<number> =>
    rotateSecrets(configured(environment), () => undefined)
  const inDatabase = async <T>(run: (database: Database) => Promise<T>): Promise<T> => {
    const database = await openDatabase({
      config: { dataFolder: folder },
      entities,
      log: silentLog,
    })
    return run(database).finally(() => database.close())
  }
  const keyFile = (name = 'master.key'): string => path.join(folder, name)
  const keyNow = (): string => readFileSync(keyFile(), 'utf8')
  /** The stored secrets, opened with the keys that this configuration has. */
  const secretsNow = (environment?: Record<string, string>): Promise<string[]> =>
    inDatabase(async (database) => {
      const { worker } = database
      const box = openSecretBox(folder, configured(environment))
      const [monitor] = (await worker.query('select secrets from monitor')) as {
        secrets: Record<string, string>
      }[]
      const keys = new SigningKeys({ database, secretBox: box, clock: systemClock })
      const [user] = (await worker.query('select totp_secret from app_user')) as {
        totp_secret: string
      }[]
      return [
        box.open(monitor!.secrets['password']!, `monitor.secrets/${monitorId}/password`),
        box.open(user!.totp_secret, `app_user.totp_secret/${userId}`),
        (await keys.signer()).kid,
      ]
    })

  beforeEach(async () => {
    folder = madeFolder('allswell-rotate-')
    await inDatabase(async (database) => {
      const box = openSecretBox(folder)
      monitorId = (await insertMonitor(database, await newWorkspace(database))).monitorId
      userId = (await newPerson(database)).userId
      const secrets = { password: box.seal('hunter2', `monitor.secrets/${monitorId}/password`) }
      await database.worker.query('update monitor set secrets = $2 where id = $1', [
        monitorId,
        secrets,
      ])
      await database.worker.query('update app_user set totp_secret = $2 where id = $1', [
        userId,
        box.seal('JBSWY3DPEHPK3PXP', `app_user.totp_secret/${userId}`),
      ])
      const keys = new SigningKeys({ database, secretBox: box, clock: systemClock })
      wanted = ['hunter2', 'JBSWY3DPEHPK3PXP', (await keys.signer()).kid]
    })
  })
  afterAll(removeFolders)

  it('opens every secret, and the old key is gone', async () => {
    const old = keyNow()
    expect(await rotate()).toBe(3)
    expect(keyNow()).not.toBe(old)
    expect(existsSync(keyFile('master.key.old'))).toBe(false)
    expect(await secretsNow()).toEqual(wanted)
    await expect(secretsNow({ ALLSWELL_MASTER_KEY: old })).rejects.toThrow('another master key')
  })

  it('changes nothing when one secret does not open, and goes on from there the next time', async () => {
    await inDatabase(({ worker }) =>
      worker.query(`update app_user set totp_secret = replace(totp_secret, 'v1:', 'v1:ffff')`),
    )
    await expect(rotate()).rejects.toThrow('another master key')
    const half = keyNow()
    expect(existsSync(keyFile('master.key.old'))).toBe(true)
    await inDatabase(({ worker }) =>
      worker.query(`update app_user set totp_secret = replace(totp_secret, 'v1:ffff', 'v1:')`),
    )
    expect(await secretsNow()).toEqual(wanted)
    await rotate()
    expect(keyNow()).toBe(half)
    expect(existsSync(keyFile('master.key.old'))).toBe(false)
    expect(await secretsNow()).toEqual(wanted)
  })

  it('comes from the environment where the key does', async () => {
    const old = keyNow()
    const present = Buffer.alloc(32, 5).toString('base64')
    const both = { ALLSWELL_MASTER_KEY: present, ALLSWELL_MASTER_KEYS_OLD: old }
    expect(await secretsNow(both)).toEqual(wanted)
    expect(await rotate(both)).toBe(3)
    expect(await secretsNow({ ALLSWELL_MASTER_KEY: present })).toEqual(wanted)
    expect(keyNow()).toBe(old)
  })

  it('is refused while a server owns the folder', async () => {
    const old = keyNow()
    await inDatabase(async () => {
      await expect(rotate()).rejects.toThrow('Stop it first')
    })
    expect(keyNow()).toBe(old)
  })

  it('is refused while a server works on the same database from elsewhere', async () => {
    const database = await sharedDatabase()
    const lock = await database.holdAdvisoryLock(LIVENESS_LOCK, 1_999_999)
    await expect(refuseRunning(database.worker)).rejects.toThrow('Stop it first')
    await lock.release()
  })
})
