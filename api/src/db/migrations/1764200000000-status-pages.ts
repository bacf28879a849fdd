import type { MigrationInterface, QueryRunner } from 'typeorm'

const TABLES = `
create table status_page (
  workspace_id uuid not null,
  id uuid not null,
  public_id text not null,
  slug text not null,
  title text not null,
  description text not null default '',
  logo bytea,
  logo_type text,
  accent_color text not null,
  theme text not null,
  visibility text not null,
  password_hash text,
  password_version integer not null default 0,
  domain text,
  time_zone text not null,
  locale text,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint pk_status_page primary key (workspace_id, id),
  constraint ux_status_page_public_id unique (public_id),
  constraint ux_status_page_slug unique (slug),
  constraint ux_status_page_domain unique (domain),
  constraint fk_status_page_workspace foreign key (workspace_id) references workspace (id),
  constraint ck_status_page_visibility check (visibility in ('public', 'unlisted', 'password', 'members'))
);

create table status_page_section (
  workspace_id uuid not null,
  id uuid not null,
  page_id uuid not null,
  position integer not null,
  name text not null,
  is_collapsed boolean not null default false,
  constraint pk_status_page_section primary key (workspace_id, id),
  constraint fk_status_page_section_page foreign key (workspace_id, page_id)
    references status_page (workspace_id, id) on delete cascade
);
create index ix_status_page_section_page on status_page_section (workspace_id, page_id);

create table component (
  workspace_id uuid not null,
  id text not null,
  page_id uuid not null,
  section_id uuid not null,
  position integer not null,
  name text not null,
  description text not null default '',
  manual_status text,
  show_bars boolean not null default true,
  show_chart boolean not null default false,
  show_uptime boolean not null default true,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint pk_component primary key (workspace_id, id),
  constraint ux_component_id unique (id),
  constraint fk_component_section foreign key (workspace_id, section_id)
    references status_page_section (workspace_id, id) on delete cascade
);
create index ix_component_page on component (workspace_id, page_id);

create table component_monitor (
  workspace_id uuid not null,
  component_id text not null,
  monitor_id uuid not null,
  position integer not null,
  constraint pk_component_monitor primary key (workspace_id, component_id, monitor_id),
  constraint fk_component_monitor_component foreign key (workspace_id, component_id)
    references component (workspace_id, id) on delete cascade
);
create index ix_component_monitor_monitor on component_monitor (workspace_id, monitor_id);
`

const NAMES = ['component_monitor', 'component', 'status_page_section', 'status_page']
const bound = `nullif(current_setting('allswell.workspace_id', true), '')::uuid`

const policy = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy workspace on ${table} to allswell_app
  using (workspace_id = ${bound}) with check (workspace_id = ${bound});
create policy everywhere on ${table} to allswell_worker using (true) with check (true);
grant select, insert, update, delete on ${table} to allswell_worker;
grant select, insert, update, delete on ${table} to allswell_app;
`

export class StatusPages1764200000000 implements MigrationInterface {
  name = 'StatusPages1764200000000'

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(TABLES)
    for (const table of NAMES) await queryRunner.query(policy(table))
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${NAMES.join(', ')}`)
  }
}
