import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  askOnce,
  madeFolder,
  ordinaryAccount,
  removeFolders,
  ServerProcess,
  temporaryFolder,
} from '../../../test/server-process.ts'
import { silentLog } from '../../lib/log.ts'
import { nativeFolder, programsFor } from './binaries.ts'
import { EmbeddedServer } from './embedded-server.ts'
import { findPlaces } from './places.ts'
import { accountFor } from './system-account.ts'

const isRoot = process.getuid?.() === 0
const ordinary = ordinaryAccount()
afterAll(removeFolders)

const ownerOfProcess = (pid: number): number => statSync(`/proc/${pid}`).uid

describe.runIf(isRoot)('root', () => {
  it('runs PostgreSQL as an unprivileged account, without its groups', async () => {
    const server = await EmbeddedServer.start({ dataFolder: madeFolder(), log: silentLog })
    const status = execFileSync('cat', [`/proc/${server.pid}/status`]).toString()
    await server.stop()
    expect(status).toMatch(/^Uid:\t[1-9]/m)
    expect(status).toMatch(/^Gid:\t[1-9]/m)
    expect(status).toMatch(/^Groups:\s*$/m)
  })

  it('runs an existing cluster as its owner', async () => {
    const folder = madeFolder()
    const nobody = { uid: 65534, gid: 65534 }
    execFileSync('chown', ['-R', `${nobody.uid}:${nobody.gid}`, path.join(folder, 'pgdata')])
    const server = await EmbeddedServer.start({ dataFolder: folder, log: silentLog })
    const owner = ownerOfProcess(server.pid!)
    await server.stop()
    expect(owner).toBe(nobody.uid)
  })

  it('lets the account through a data folder that was closed, and keeps all state in it', async () => {
    const folder = madeFolder()
    chmodSync(folder, 0o700)
    const server = await EmbeddedServer.start({ dataFolder: folder, log: silentLog })
    await server.stop()
    expect(server.clusterFolder).toBe(path.join(folder, 'pgdata'))
    expect(statSync(folder).mode & 0o777).toBe(0o711)
  })

  it('puts the cluster elsewhere when the account can not enter the folders above, and finds it again', () => {
    const closed = temporaryFolder()
    chmodSync(closed, 0o700)
    const data = path.join(closed, 'data')
    const elsewhere = temporaryFolder()
    const places = findPlaces(data, elsewhere)
    expect(path.dirname(places.home)).toBe(elsewhere)
    expect(readlinkSync(path.join(data, 'pgdata'))).toBe(places.cluster)
    expect(findPlaces(data, elsewhere)).toEqual(places)
    // A new data folder in the old one's place has a database of its own.
    rmSync(data, { recursive: true })
    expect(findPlaces(data, elsewhere).home).not.toBe(places.home)
  })

  it('says so when the cluster that lay elsewhere is gone', () => {
    const closed = temporaryFolder()
    chmodSync(closed, 0o700)
    const data = path.join(closed, 'data')
    const elsewhere = temporaryFolder()
    rmSync(findPlaces(data, elsewhere).home, { recursive: true })
    expect(() => findPlaces(data, elsewhere)).toThrow('is gone')
  })

  it('copies the programs beside the cluster, once, when the account can not reach them', async () => {
    const closed = temporaryFolder()
    execFileSync('cp', ['-a', path.join(nativeFolder(), '..'), path.join(closed, 'package')])
    chmodSync(closed, 0o700)
    const home = temporaryFolder()
    mkdirSync(path.join(home, 'programs-old'))
    const native = path.join(closed, 'package', 'native')
    const account = accountFor('/nowhere')
    const programs = programsFor(account, home, native)
    expect(readdirSync(home)).toEqual([path.basename(path.dirname(programs))])
    const version = execFileSync(path.join(programs, 'postgres'), ['--version'], account)
    expect(version.toString()).toContain('(PostgreSQL) 18.')
    const { ino } = statSync(path.join(programs, 'postgres'))
    expect(programsFor(account, home, native)).toBe(programs)
    expect(statSync(path.join(programs, 'postgres')).ino).toBe(ino)
  })
})

describe.runIf(ordinary)('an ordinary user', () => {
  const ownFolder = (): string => {
    const folder = madeFolder()
    execFileSync('chown', ['-R', `${ordinary!.uid}:${ordinary!.gid}`, folder])
    return folder
  }

  it('runs PostgreSQL as himself, from the first start on', async () => {
    const dataFolder = path.join(temporaryFolder('allswell-db-', ordinary), 'data')
    const server = await ServerProcess.start(dataFolder, { account: ordinary })
    expect(ownerOfProcess(server.ready.postmaster)).toBe(ordinary!.uid)
    expect(await askOnce(server.ready.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.end()
  })

  it('can have a data folder that is closed to all others', async () => {
    const folder = ownFolder()
    chmodSync(folder, 0o700)
    const server = await ServerProcess.start(folder, { account: ordinary })
    await server.end()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(lstatSync(path.join(folder, 'pgdata')).isDirectory()).toBe(true)
  })

  it('is told when the data folder is not his to write', async () => {
    const folder = path.join(temporaryFolder(), 'data')
    await expect(ServerProcess.start(folder, { account: ordinary })).rejects.toThrow(
      `The data folder ${folder} can't be written (EACCES). Set ALLSWELL_DATA`,
    )
  })

  it('is told when he has no entry in the list of users', async () => {
    const stranger = { uid: 54_321, gid: 54_321 }
    const folder = temporaryFolder('allswell-db-', stranger)
    await expect(ServerProcess.start(folder, { account: stranger })).rejects.toThrow(
      'user 54321, which has no entry in /etc/passwd',
    )
  })

  it('is told when somebody else made the folder of the socket first', async () => {
    const folder = ownFolder()
    const places = findPlaces(folder)
    const socket = places.socket.replace(/allswell-\d+-/, `allswell-${ordinary!.uid}-`)
    mkdirSync(socket, { mode: 0o755 })
    await expect(ServerProcess.start(folder, { account: ordinary })).rejects.toThrow(
      'belongs to somebody else',
    )
    expect(existsSync(path.join(socket, 'password'))).toBe(false)
    chownSync(socket, ordinary!.uid, ordinary!.gid)
    await expect(ServerProcess.start(folder, { account: ordinary })).rejects.toThrow(
      'open to others',
    )
    rmSync(socket, { recursive: true })
  })
})
