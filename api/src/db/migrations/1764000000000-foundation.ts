import type { MigrationInterface, QueryRunner } from 'typeorm'

const TABLES = `
create table workspace (
  id uuid not null,
  name text not null,
  created_at timestamptz(3) not null,
  constraint pk_workspace primary key (id)
);

create table monitor (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null,
  target text not null,
  settings jsonb not null,
  secrets jsonb not null default '{}',
  conditions text array not null default '{}',
  interval_seconds integer not null,
  timeout_ms integer not null,
  retry_interval_seconds integer not null,
  fail_after integer not null,
  fail_for_seconds integer not null,
  recover_after integer not null,
  recover_for_seconds integer not null,
  is_paused boolean not null default false,
  push_token_hash bytea,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  constraint pk_monitor primary key (workspace_id, id),
  constraint fk_monitor_workspace foreign key (workspace_id) references workspace (id)
);
create unique index ux_monitor_push_token on monitor (push_token_hash) where push_token_hash is not null;
create index ix_monitor_name on monitor (workspace_id, name, id);

create table monitor_state (
  workspace_id uuid not null,
  monitor_id uuid not null,
  status smallint not null,
  status_since timestamptz(3) not null,
  reason text,
  machine jsonb not null,
  last_slot timestamptz,
  last_status smallint,
  last_latency_us integer,
  last_status_code integer,
  last_message text,
  last_timings integer array,
  recent bytea not null default '',
  certificate jsonb,
  next_due_at timestamptz(3),
  owner_epoch integer,
  constraint pk_monitor_state primary key (workspace_id, monitor_id),
  constraint fk_monitor_state_monitor foreign key (workspace_id, monitor_id)
    references monitor (workspace_id, id) on delete cascade
) with (fillfactor = 50);
create index ix_monitor_state_owner on monitor_state (owner_epoch);

create table idempotency_key (
  workspace_id uuid not null,
  operation text not null,
  key text not null,
  input_hash bytea not null,
  object_id uuid not null,
  created_at timestamptz(3) not null,
  constraint pk_idempotency_key primary key (workspace_id, operation, key)
);

create table heartbeat (
  workspace_id uuid not null,
  monitor_id uuid not null,
  slot timestamptz not null,
  region_id smallint not null default 0,
  status smallint not null,
  latency_us integer,
  status_code integer,
  timings integer array,
  message text,
  constraint pk_heartbeat primary key (workspace_id, monitor_id, slot, region_id)
) partition by range (slot);

create table evidence (
  workspace_id uuid not null,
  monitor_id uuid not null,
  slot timestamptz not null,
  body jsonb not null,
  constraint pk_evidence primary key (workspace_id, monitor_id, slot)
) partition by range (slot);

create table state_span (
  workspace_id uuid not null,
  monitor_id uuid not null,
  from_at timestamptz(3) not null,
  to_at timestamptz(3),
  status smallint not null,
  reason text,
  constraint pk_state_span primary key (workspace_id, monitor_id, from_at)
);
create unique index ux_state_span_open on state_span (workspace_id, monitor_id) where to_at is null;

create table rollup_hour (
  workspace_id uuid not null,
  monitor_id uuid not null,
  hour timestamptz(3) not null,
  count integer not null,
  up_ms integer not null,
  degraded_ms integer not null,
  down_ms integer not null,
  maintenance_ms integer not null,
  unknown_ms integer not null,
  paused_ms integer not null,
  latency_count integer not null,
  latency_sum_us bigint not null,
  latency_min_us integer,
  latency_max_us integer,
  histogram integer array not null,
  constraint pk_rollup_hour primary key (workspace_id, monitor_id, hour)
);

create table rollup_day (
  workspace_id uuid not null,
  monitor_id uuid not null,
  day timestamptz(3) not null,
  count integer not null,
  up_ms integer not null,
  degraded_ms integer not null,
  down_ms integer not null,
  maintenance_ms integer not null,
  unknown_ms integer not null,
  paused_ms integer not null,
  latency_count integer not null,
  latency_sum_us bigint not null,
  latency_min_us integer,
  latency_max_us integer,
  histogram integer array not null,
  constraint pk_rollup_day primary key (workspace_id, monitor_id, day)
);

create table rollup_dirty (
  workspace_id uuid not null,
  monitor_id uuid not null,
  hour timestamptz(3) not null,
  constraint pk_rollup_dirty primary key (workspace_id, monitor_id, hour)
);

create table rollup_watermark (
  workspace_id uuid not null,
  hour timestamptz(3) not null,
  constraint pk_rollup_watermark primary key (workspace_id)
);

create table event_head (
  workspace_id uuid not null,
  position bigint not null,
  epoch integer not null,
  constraint pk_event_head primary key (workspace_id),
  constraint fk_event_head_workspace foreign key (workspace_id) references workspace (id)
);

create table event (
  workspace_id uuid not null,
  day date not null,
  position bigint not null,
  kind text not null,
  at timestamptz(3) not null,
  body jsonb not null,
  constraint pk_event primary key (workspace_id, day, position)
) partition by range (day);
create index ix_event_position on event (workspace_id, position);

create table worker (
  epoch integer generated by default as identity,
  started_at timestamptz(3) not null,
  constraint pk_worker primary key (epoch)
);
`

/** Tables keyed by workspace that a person's request may touch, by its rights. */
const SCOPED: Record<string, string> = {
  monitor: 'select, insert, update',
  monitor_state: 'select, insert, update',
  idempotency_key: 'select, insert, delete',
  heartbeat: 'select',
  evidence: 'select',
  state_span: 'select, insert, update, delete',
  rollup_hour: 'select',
  rollup_day: 'select',
  rollup_dirty: 'select, insert, update',
  rollup_watermark: 'select',
  event_head: 'select, update',
  event: 'select, insert',
}

const workspacePolicy = (table: string, column: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy workspace on ${table} to allswell_app
  using (${column} = nullif(current_setting('allswell.workspace_id', true), '')::uuid)
  with check (${column} = nullif(current_setting('allswell.workspace_id', true), '')::uuid);
create policy everywhere on ${table} to allswell_worker using (true) with check (true);
grant select, insert, update, delete on ${table} to allswell_worker;
`

export class Foundation1764000000000 implements MigrationInterface {
  name = 'Foundation1764000000000'

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(TABLES)
    await queryRunner.query(workspacePolicy('workspace', 'id'))
    await queryRunner.query('grant select on workspace to allswell_app')
    for (const [table, rights] of Object.entries(SCOPED)) {
      await queryRunner.query(workspacePolicy(table, 'workspace_id'))
      await queryRunner.query(`grant ${rights} on ${table} to allswell_app`)
    }
    await queryRunner.query('grant select, insert, update, delete on worker to allswell_worker')
    await queryRunner.query('grant select on migrations to allswell_app, allswell_worker')
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `drop table worker, event, event_head, rollup_watermark, rollup_dirty, rollup_day, rollup_hour,
         state_span, evidence, heartbeat, idempotency_key, monitor_state, monitor, workspace cascade`,
    )
  }
}
