import type { MigrationInterface, QueryRunner } from 'typeorm'

const COLUMNS = `
alter table monitor add column ping_id_hash bytea, add column ping_slug text;
create unique index ux_monitor_ping_id on monitor (ping_id_hash) where ping_id_hash is not null;
create index ix_monitor_ping_slug on monitor (workspace_id, ping_slug) where ping_slug is not null;
alter table monitor_state add column job jsonb;
`

/** A ping key opens all jobs of a workspace. Of runs, the last hundred of each job lie in a ring of places. */
const TABLES = `
create table ping_key (
  workspace_id uuid not null,
  key_hash bytea not null,
  sealed text not null,
  created_at timestamptz(3) not null,
  constraint pk_ping_key primary key (workspace_id),
  constraint ux_ping_key_hash unique (key_hash),
  constraint fk_ping_key_workspace foreign key (workspace_id) references workspace (id)
);

create table job_run (
  workspace_id uuid not null,
  monitor_id uuid not null,
  place smallint not null,
  seq bigint not null,
  id uuid not null,
  kind text not null,
  rid uuid,
  at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  duration_ms bigint,
  exit_status smallint,
  message text,
  body bytea,
  constraint pk_job_run primary key (workspace_id, monitor_id, place),
  constraint fk_job_run_monitor foreign key (workspace_id, monitor_id)
    references monitor (workspace_id, id) on delete cascade
);
`

const NAMES = ['job_run', 'ping_key']
const RIGHTS: Record<string, string> = {
  job_run: 'select',
  ping_key: 'select, insert, update',
}
const bound = `nullif(current_setting('allswell.workspace_id', true), '')::uuid`

const policy = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy workspace on ${table} to allswell_app
  using (workspace_id = ${bound}) with check (workspace_id = ${bound});
create policy everywhere on ${table} to allswell_worker using (true) with check (true);
grant select, insert, update, delete on ${table} to allswell_worker;
grant ${RIGHTS[table]} on ${table} to allswell_app;
`

export class HeartbeatsFromJobs1764210000000 implements MigrationInterface {
  name = 'HeartbeatsFromJobs1764210000000'

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(COLUMNS)
    await queryRunner.query(TABLES)
    for (const table of NAMES) await queryRunner.query(policy(table))
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${NAMES.join(', ')}`)
    await queryRunner.query('alter table monitor_state drop column job')
    await queryRunner.query('drop index ux_monitor_ping_id, ix_monitor_ping_slug')
    await queryRunner.query('alter table monitor drop column ping_id_hash, drop column ping_slug')
  }
}
