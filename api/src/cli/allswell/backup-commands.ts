import type { Config } from '../../config/index.ts'
import {
  type Database,
  type DatabaseOptions,
  makeDataFolder,
  openDatabase,
} from '../../db/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { systemClock } from '../../lib/clock.ts'
import { silentLog } from '../../lib/log.ts'
import { adoptKeys, endKeyChange, hasMasterKey, readMasterKeys } from '../../lib/master-key.ts'
import { allKeys, markOf, openKeys } from '../backup/backup-key.ts'
import { checkBackup } from '../backup/read-backup.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { type BackupHeader, writeBackup } from '../backup/write-backup.ts'
import type { Terminal } from './account-commands.ts'
import type { Wish } from './usage.ts'

type FileWish = Wish & { file: string }
type Command = (config: Config, wish: FileWish, terminal: Terminal) => Promise<void>

/** What can be done with everything at once. */
export const BACKUP_COMMANDS: Readonly<Record<string, Command>> = { backup, restore }

const KEEP_KEY =
  'The master key is not in it. Keep master.key of the data folder (or ALLSWELL_MASTER_KEY) somewhere else: without it the secrets of monitors, second factors and signing keys in the file can’t be opened.'

async function backup(config: Config, wish: FileWish, terminal: Terminal): Promise<void> {
  const passphrase = await passphraseOf(wish, terminal)
  const dataFolder = makeDataFolder(config.dataFolder)
  const opened = { mayAttach: true, onStep: terminal.tell }
  const rows = await withDatabase({ ...config, dataFolder }, opened, (database) =>
    writeBackup({
      ...{ database, file: wish.file, passphrase, madeAt: new Date(systemClock.now()) },
      masterKeys: readMasterKeys(dataFolder, config),
    }),
  )
  terminal.tell(`${rows} rows are in the file:`)
  terminal.print(wish.file)
  terminal.tell(passphrase === undefined ? KEEP_KEY : 'The master key is in it, closed.')
}

/** The file is read whole before anything is touched; the keys lie there before what they open does. */
async function restore(config: Config, wish: FileWish, terminal: Terminal): Promise<void> {
  const passphrase = await passphraseOf(wish, terminal)
  const { header } = await checkBackup(wish.file)
  const dataFolder = makeDataFolder(config.dataFolder)
  const place = { ...config, dataFolder }
  const fresh = freshKeys(place, header, passphrase)
  const rows = await withDatabase(place, { onStep: terminal.tell }, async (database) => {
    if (fresh) adoptKeys(dataFolder, fresh)
    return restoreBackup({ database, file: wish.file, force: wish.options.force ?? false })
  })
  if (fresh && fresh.length === 1) endKeyChange(dataFolder)
  terminal.tell(`${rows} rows of ${header.madeAt} are restored. Start the server.`)
}

async function passphraseOf({ options }: Wish, terminal: Terminal): Promise<string | undefined> {
  return options['passphrase-stdin'] ? terminal.readInput() : undefined
}

/** The keys to take from the file; undefined when this installation has them. Throws CONFLICT when nobody has. */
function freshKeys(
  config: Pick<Config, 'dataFolder' | 'masterKey' | 'masterKeysOld'>,
  { keyMarks, keys }: BackupHeader,
  passphrase: string | undefined,
): Buffer[] | undefined {
  const { dataFolder } = config
  const present = hasMasterKey(dataFolder, config)
    ? allKeys(readMasterKeys(dataFolder, config))
    : []
  const known = new Set(present.map(markOf))
  if (keyMarks.every((mark) => known.has(mark))) return undefined
  if (keys && passphrase !== undefined && config.masterKey === undefined)
    return openKeys(keys, passphrase)
  throw new AppError(
    'CONFLICT',
    keys && config.masterKey === undefined
      ? 'The secrets in this back-up are sealed with another master key, which is in the file: add --passphrase-stdin.'
      : `The secrets in this back-up are sealed with another master key. Put the one that you kept into ${dataFolder}/master.key, or set ALLSWELL_MASTER_KEY.`,
  )
}

/** With DATABASE_URL, or the embedded server: its own, or with `mayAttach` that of a process that runs. */
async function withDatabase<T>(
  config: Config,
  options: Pick<DatabaseOptions, 'mayAttach' | 'onStep'>,
  run: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({ config, entities: [], log: silentLog, ...options })
  return run(database).finally(() => database.close())
}
