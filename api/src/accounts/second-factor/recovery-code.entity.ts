import { Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { User } from '../users/user.entity.ts'

/** A code that replaces one code of the authenticator app. It goes when it is used. */
@Entity('recovery_code')
export class RecoveryCode {
  @PrimaryColumn({ name: 'user_id', type: 'uuid', primaryKeyConstraintName: 'pk_recovery_code' })
  userId: string

  @PrimaryColumn({ name: 'code_hash', type: 'bytea', primaryKeyConstraintName: 'pk_recovery_code' })
  codeHash: Buffer

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_recovery_code_user' })
  user?: User
}
