import { crc32 } from 'node:zlib'
import type { LogHead } from '../db/read-scope.ts'
import { AppError } from '../lib/app-error.ts'

const VERSION = 1
const SIZE = 31
const CHECKED = SIZE - 4
const ENCODED = /^[A-Za-z0-9_-]{42}$/

/** A position in a workspace's log as opaque text of 42 characters: version, epoch, workspace, position, checksum. */
export function encodeCursor(workspaceId: string, head: LogHead): string {
  const bytes = Buffer.alloc(SIZE)
  bytes[0] = VERSION
  bytes.writeUInt32BE(head.epoch, 1)
  bytes.write(workspaceId.replaceAll('-', ''), 5, 16, 'hex')
  bytes.writeUIntBE(head.position, 21, 6)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, CHECKED)), CHECKED)
  return bytes.toString('base64url')
}

/**
 * Reads a cursor of this workspace. Throws INVALID, in the same words, for text that is no cursor and for the
 * cursor of another workspace.
 */
export function decodeCursor(text: string, workspaceId: string): LogHead {
  const head = ENCODED.test(text) ? headOf(Buffer.from(text, 'base64url')) : undefined
  if (head && encodeCursor(workspaceId, head) === text) return head
  throw new AppError('INVALID', 'This cursor is not one of this workspace’s event log.')
}

function headOf(bytes: Buffer): LogHead | undefined {
  if (bytes[0] !== VERSION) return undefined
  return { epoch: bytes.readUInt32BE(1), position: bytes.readUIntBE(21, 6) }
}
