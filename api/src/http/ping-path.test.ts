import { describe, expect, it } from 'vitest'
import { isHeartbeat, pingRest, readPingPath } from './ping-path.ts'

const ID = '1f6dd6c4-6b8a-4a3c-9f4e-2c4f3a5b6c7d'
const KEY = 'fqOOd6-F4MMNuCEnzTU01w'
const read = (path: string): unknown => readPingPath(pingRest(path) ?? '', false)

describe('the path of a ping', () => {
  it.each([
    ['', 'success', null],
    ['/', 'success', null],
    ['/start', 'start', null],
    ['/fail', 'fail', null],
    ['/log', 'log', null],
    ['/0', 'success', 0],
    ['/1', 'fail', 1],
    ['/255', 'fail', 255],
    ['/007', 'fail', 7],
  ])('with the end %j means %s', (end, signal, exitStatus) => {
    const byId = { place: { pingId: ID }, signal, exitStatus }
    const place = { pingKey: KEY, slug: 'db-backup_1', mayCreate: false }
    expect(read(`/ping/${ID}${end}`)).toEqual(byId)
    expect(read(`/${ID}${end}`)).toEqual(byId)
    expect(read(`/ping/${KEY}/db-backup_1${end}`)).toEqual({ place, signal, exitStatus })
    if (end !== '/')
      expect(read(`/${KEY}/db-backup_1${end}`)).toEqual({ place, signal, exitStatus })
  })

  it.each([
    `/ping/${ID}/256`,
    `/ping/${ID}/99999999999999999999`,
    `/ping/${KEY}/backup/300`,
    `/ping/${KEY}/Backup`,
    `/ping/${KEY}/BACKUP/start`,
  ])('like %s has no such format', (path) => expect(read(path)).toBe('invalid url format'))

  it.each([
    ...['/ping/', '/ping/x', '/ping//', `/ping/${ID.toUpperCase()}`, `/ping/${ID}/start/x`],
    ...[`/ping/${KEY}/a b`, `/ping/${KEY}/%C3%BC`, `/ping/${KEY}/..%2f..`, `/ping/${ID}%00`],
    ...[`/ping/${KEY}/ü`, `/ping/${KEY}/a/start/b`, `/ping/${'a'.repeat(4_000)}`],
  ])('like %s leads nowhere', (path) => expect(read(path)).toBe('not found'))

  it.each(['/', '/monitors', '/status/x', `/${KEY}`, '/assets/index.js', '/ping', '/pings/x/y'])(
    'is not %s',
    (path) => expect(isHeartbeat(path)).toBe(false),
  )
})
