import { resealSigningKeys, resealTotpSecrets } from '../../accounts/index.ts'
import { type Database, makeDataFolder, openDatabase } from '../../db/index.ts'
import type { Config } from '../../config/index.ts'
import { entities } from '../../entities.ts'
import { silentLog } from '../../lib/log.ts'
import { beginKeyChange, endKeyChange } from '../../lib/master-key.ts'
import { openSecretBox, type SecretBox } from '../../lib/secret-box.ts'
import { resealMonitorSecrets, resealPingKeys } from '../../monitors/index.ts'
import { refuseRunning } from './refuse-running.ts'

/**
 * Gives the installation a new master key:
 * 1. no server may run: it would go on sealing with the key that it knows;
 * 2. the new key takes its place, the old one is kept beside it;
 * 3. everything that is sealed is sealed anew, in one transaction;
 * 4. the old key is thrown away. Cut off at any point, every secret still opens, and the next run goes on from there.
 * With a key from the environment only the third step is done. Answers how many rows hold secrets.
 */
export async function rotateSecrets(config: Config, tell: (text: string) => void): Promise<number> {
  const dataFolder = makeDataFolder(config.dataFolder)
  const place = { ...config, dataFolder }
  const database = await openDatabase({ config: place, entities, log: silentLog, onStep: tell })
  try {
    await refuseRunning(database.worker)
    if (!config.masterKey) beginKeyChange(dataFolder)
    const count = await resealAll(database, openSecretBox(dataFolder, config))
    if (!config.masterKey) endKeyChange(dataFolder)
    return count
  } finally {
    await database.close()
  }
}

function resealAll(database: Database, box: SecretBox): Promise<number> {
  return database.work(async (runner) => {
    const monitors = await resealMonitorSecrets(runner, box)
    const pingKeys = await resealPingKeys(runner, box)
    const people = await resealTotpSecrets(runner, box)
    const keys = await resealSigningKeys(runner, box)
    // A server that has started meanwhile may not know the new key.
    await refuseRunning(runner)
    return monitors + pingKeys + people + keys
  })
}
