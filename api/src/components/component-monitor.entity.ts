import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { ComponentEntity } from './component.entity.ts'

/** A monitor that speaks for a component. */
@Entity('component_monitor')
@Index('ix_component_monitor_monitor', ['workspaceId', 'monitorId'])
export class ComponentMonitor {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_component_monitor' })
  workspaceId: string

  @PrimaryColumn('text', { name: 'component_id', primaryKeyConstraintName: 'pk_component_monitor' })
  componentId: string

  @PrimaryColumn('uuid', { name: 'monitor_id', primaryKeyConstraintName: 'pk_component_monitor' })
  monitorId: string

  @Column('integer')
  position: number

  @ManyToOne(() => ComponentEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'workspace_id',
      referencedColumnName: 'workspaceId',
      foreignKeyConstraintName: 'fk_component_monitor_component',
    },
    {
      name: 'component_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'fk_component_monitor_component',
    },
  ])
  component?: ComponentEntity
}
