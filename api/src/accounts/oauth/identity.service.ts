import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { isId } from '../../lib/ids.ts'
import { IdentityEntity } from './identity.entity.ts'

/** The accounts at providers that sign a person in, as the person sees them. */
export class IdentityService {
  constructor(private readonly options: { database: Database }) {}

  /** The oldest first. */
  list(userId: string): Promise<IdentityEntity[]> {
    return this.options.database.worker.manager.find(IdentityEntity, {
      where: { userId },
      order: { createdAt: 'ASC', id: 'ASC' },
    })
  }

  /** Throws INVALID at `id` when there is none such, or nothing else is left to sign in with. */
  async remove(userId: string, id: string): Promise<void> {
    if (!isId(id)) throw unknown()
    await this.options.database.work(async (runner) => {
      const isLast = await isLastWay(runner, userId)
      const [, count] = (await runner.query('delete from identity where user_id = $1 and id = $2', [
        userId,
        id,
      ])) as [unknown, number]
      if (!count) throw unknown()
      if (isLast) throw lastWay()
    })
  }
}

/** Locks the person first: what is counted must be what the removal before this one has left. */
async function isLastWay(runner: QueryRunner, userId: string): Promise<boolean> {
  await runner.query('select from app_user where id = $1 for update', [userId])
  const rows = (await runner.query(
    `select password_hash is null and not exists (select from passkey where user_id = $1)
            and (select count(*) from identity where user_id = $1) <= 1 as "isLast"
       from app_user where id = $1`,
    [userId],
  )) as { isLast: boolean }[]
  return rows[0]?.isLast ?? false
}

function unknown(): AppError {
  const message = 'There is no such account.'
  return AppError.invalid([{ path: ['id'], code: 'NOT_FOUND', message }])
}

function lastWay(): AppError {
  const message = 'This is the last way to sign in. Set a password or add a passkey first.'
  return AppError.invalid([{ path: ['id'], code: 'CONFLICT', message }])
}
