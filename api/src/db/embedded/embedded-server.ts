import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { ClientConfig } from 'pg'
import { AppError } from '../../lib/app-error.ts'
import { keepSecretFile } from '../../lib/durable-file.ts'
import type { Log } from '../../lib/log.ts'
import { programsFor } from './binaries.ts'
import { isMade, makeCluster, SUPERUSER } from './cluster.ts'
import { FolderLock } from './folder-lock.ts'
import { findPlaces, type Places } from './places.ts'
import { adopt, livingPostmaster, startPostmaster } from './postmaster.ts'
import { ask, SOCKET_PORT } from './probe.ts'
import { makeSocketFolder } from './socket-folder.ts'
import { Supervision } from './supervision.ts'

export interface EmbeddedOptions {
  dataFolder: string
  log: Log
  /** Told, in words, what a start is doing when it takes longer. */
  onStep?: ((text: string) => void) | undefined
}

/**
 * The embedded PostgreSQL of one data folder. A start
 * 1. finds the account and the folders, and owns them (the folder of a living owner is refused);
 * 2. finds the programs, and makes the cluster when there is none;
 * 3. adopts a server that outlived its parent, else starts one, past the locks of a dead one;
 * 4. supervises it until it is told to stop.
 */
export class EmbeddedServer {
  private constructor(
    private readonly places: Places,
    private readonly secret: string,
    /** Absent when the server is another process's. */
    private readonly own: { lock: FolderLock; supervision: Supervision } | undefined,
  ) {}

  /** Throws CONFLICT when another process owns the folder, UNAVAILABLE with what to do when it can't start. */
  static async start(options: EmbeddedOptions): Promise<EmbeddedServer> {
    const places = findPlaces(options.dataFolder)
    const lock = FolderLock.take(places.home)
    try {
      const secret = secretOf(places)
      const supervision = await startSupervised(places, secret, options)
      return new EmbeddedServer(places, secret, { lock, supervision })
    } catch (error) {
      lock.release()
      throw error
    }
  }

  /** The server of a folder that another process owns, for tools; undefined when none runs. */
  static async attach({ dataFolder }: EmbeddedOptions): Promise<EmbeddedServer | undefined> {
    const places = findPlaces(dataFolder)
    if (!FolderLock.ownerOf(places.home) || !livingPostmaster(places)) return undefined
    const secret = readFileSync(places.secret, 'utf8').trim()
    const answer = await ask(places, secret)
    return answer.is === 'ready' ? new EmbeddedServer(places, secret, undefined) : undefined
  }

  /** The postmaster; undefined when another process looks after it. */
  get pid(): number | undefined {
    return this.own?.supervision.pid
  }

  get clusterFolder(): string {
    return this.places.cluster
  }

  /** How to connect as one of the roles. */
  connectionOf(role: string, database: string): ClientConfig {
    const { socket } = this.places
    return {
      host: socket,
      port: SOCKET_PORT,
      user: role,
      password: this.passwordOf(role),
      database,
    }
  }

  passwordOf(role: string): string {
    if (role === SUPERUSER) return this.secret
    return createHmac('sha256', this.secret).update(role).digest('base64url')
  }

  async stop(): Promise<void> {
    await this.own?.supervision.stop()
    this.own?.lock.release()
  }
}

/** The secret from which the passwords are derived; made together with the cluster. */
function secretOf(places: Places): string {
  const { secret, cluster } = places
  if (isMade(places) && !existsSync(secret))
    throw new AppError(
      'UNAVAILABLE',
      `The secret ${secret} that opens the database in ${cluster} is missing. Restore it from a back-up.`,
    )
  return keepSecretFile(secret, () => randomBytes(32).toString('base64url'))
}

async function startSupervised(
  places: Places,
  password: string,
  { log, onStep }: EmbeddedOptions,
): Promise<Supervision> {
  makeSocketFolder(places.socket, places.account)
  const programs = programsFor(places.account, places.home)
  const ground = { places, programs, password }
  if (!isMade(places)) {
    onStep?.(`Make the database in ${places.cluster}`)
    await makeCluster(places, programs, password)
  }
  const adopted = await adopt(ground)
  if (adopted) log.warn({ pid: adopted.pid }, 'Took over the database of a process that died')
  return new Supervision(ground, adopted ?? (await startPostmaster(ground)), log)
}
