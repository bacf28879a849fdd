import type { MigrationInterface, QueryRunner } from 'typeorm'

const WORKSPACE = `
alter table workspace add column slug text;
update workspace set slug = 'w' || replace(id::text, '-', '');
alter table workspace alter column slug set not null;
alter table workspace add constraint ux_workspace_slug unique (slug);
`

/** What belongs to a person, not to a workspace: requests reach it through the rules of the accounts only. */
const GLOBAL_TABLES = `
create table app_user (
  id uuid not null,
  email text not null,
  email_key text not null,
  name text not null,
  email_verified_at timestamptz(3),
  password_hash text,
  locale text,
  time_zone text,
  theme text not null default 'system',
  totp_secret text,
  totp_confirmed_at timestamptz(3),
  totp_last_step bigint,
  last_workspace_id uuid,
  suspended_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint pk_app_user primary key (id),
  constraint ux_app_user_email unique (email_key)
);

create table session (
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  secret_hash bytea,
  user_agent text not null,
  ip_address text not null,
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint pk_session primary key (id),
  constraint ux_session_secret unique (secret_hash),
  constraint fk_session_user foreign key (user_id) references app_user (id) on delete cascade
);
create index ix_session_user on session (user_id);

create table refresh_token (
  hash bytea not null,
  session_id uuid not null,
  created_at timestamptz(3) not null,
  used_at timestamptz(3),
  constraint pk_refresh_token primary key (hash),
  constraint fk_refresh_token_session foreign key (session_id) references session (id) on delete cascade
);
create index ix_refresh_token_session on refresh_token (session_id);

create table signing_key (
  kid text not null,
  public_jwk jsonb not null,
  private_key text not null,
  created_at timestamptz(3) not null,
  retired_at timestamptz(3),
  constraint pk_signing_key primary key (kid)
);

create table identity (
  id uuid not null,
  provider text not null,
  subject text not null,
  user_id uuid not null,
  email text,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null,
  constraint pk_identity primary key (id),
  constraint ux_identity_subject unique (provider, subject),
  constraint fk_identity_user foreign key (user_id) references app_user (id) on delete cascade
);
create index ix_identity_user on identity (user_id);

create table passkey (
  id uuid not null,
  user_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text array not null default '{}',
  name text not null,
  is_synced boolean not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  constraint pk_passkey primary key (id),
  constraint ux_passkey_credential unique (credential_id),
  constraint fk_passkey_user foreign key (user_id) references app_user (id) on delete cascade
);
create index ix_passkey_user on passkey (user_id);

create table recovery_code (
  user_id uuid not null,
  code_hash bytea not null,
  constraint pk_recovery_code primary key (user_id, code_hash),
  constraint fk_recovery_code_user foreign key (user_id) references app_user (id) on delete cascade
);

create table one_time_secret (
  hash bytea not null,
  purpose text not null,
  user_id uuid,
  data jsonb not null default '{}',
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint pk_one_time_secret primary key (hash),
  constraint fk_one_time_secret_user foreign key (user_id) references app_user (id) on delete cascade
);
create index ix_one_time_secret_expiry on one_time_secret (expires_at);

create table throttle (
  key text not null,
  failures integer not null,
  last_at timestamptz(3) not null,
  free_at timestamptz(3) not null,
  constraint pk_throttle primary key (key)
);

create table instance (
  id smallint not null,
  set_up_at timestamptz(3) not null,
  constraint pk_instance primary key (id)
);
`

const WORKSPACE_TABLES = `
create table membership (
  workspace_id uuid not null,
  user_id uuid not null,
  role text not null,
  suspended_at timestamptz(3),
  created_at timestamptz(3) not null,
  constraint pk_membership primary key (workspace_id, user_id),
  constraint fk_membership_workspace foreign key (workspace_id) references workspace (id),
  constraint fk_membership_user foreign key (user_id) references app_user (id) on delete cascade,
  constraint ck_membership_role check (role in ('viewer', 'editor', 'admin', 'owner'))
);
create index ix_membership_user on membership (user_id);

create table api_token (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  prefix text not null,
  secret_hash bytea not null,
  role text not null,
  scopes text array,
  created_by uuid,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  constraint pk_api_token primary key (workspace_id, id),
  constraint ux_api_token_secret unique (secret_hash),
  constraint fk_api_token_workspace foreign key (workspace_id) references workspace (id),
  constraint ck_api_token_role check (role in ('viewer', 'editor', 'admin', 'owner'))
);

create table invitation (
  workspace_id uuid not null,
  id uuid not null,
  secret_hash bytea not null,
  email text,
  role text not null,
  invited_by uuid,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint pk_invitation primary key (workspace_id, id),
  constraint ux_invitation_secret unique (secret_hash),
  constraint fk_invitation_workspace foreign key (workspace_id) references workspace (id),
  constraint ck_invitation_role check (role in ('viewer', 'editor', 'admin', 'owner'))
);

create table audit_entry (
  workspace_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null,
  action text not null,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  target_type text not null,
  target_id text,
  target_name text,
  ip_address text,
  before jsonb,
  after jsonb,
  constraint pk_audit_entry primary key (workspace_id, id)
);

create table auth_change (
  id bigint generated by default as identity,
  workspace_id uuid,
  at timestamptz(3) not null default clock_timestamp(),
  user_id uuid,
  credential_id uuid,
  constraint pk_auth_change primary key (id)
);
create index ix_auth_change_at on auth_change (at);
`

/** Tables keyed by workspace, by what a person's request may do with them. The audit log only grows. */
const SCOPED: Record<string, string> = {
  membership: 'select, insert, update, delete',
  api_token: 'select, insert, update, delete',
  invitation: 'select, insert, delete',
  audit_entry: 'select, insert',
  auth_change: 'insert',
}

const GLOBAL = [
  ...['app_user', 'session', 'refresh_token', 'signing_key', 'identity', 'passkey'],
  ...['recovery_code', 'one_time_secret', 'throttle', 'instance'],
]

const bound = `nullif(current_setting('allswell.workspace_id', true), '')::uuid`

const scopedPolicy = (table: string, rights: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy workspace on ${table} to allswell_app
  using (workspace_id = ${bound}) with check (workspace_id = ${bound});
create policy everywhere on ${table} to allswell_worker using (true) with check (true);
grant select, insert, update, delete on ${table} to allswell_worker;
grant ${rights} on ${table} to allswell_app;
`

const globalPolicy = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy everywhere on ${table} to allswell_worker using (true) with check (true);
grant select, insert, update, delete on ${table} to allswell_worker;
`

/** A request sees of a person what fellow members may see, and only of fellow members. */
const FELLOW_MEMBERS = `
create policy fellow on app_user for select to allswell_app
  using (exists (select from membership m where m.user_id = app_user.id and m.workspace_id = ${bound}));
grant select (id, name, email, totp_confirmed_at, suspended_at) on app_user to allswell_app;
grant update (name, slug) on workspace to allswell_app;
`

export class Accounts1764100000000 implements MigrationInterface {
  name = 'Accounts1764100000000'

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table workspace no force row level security')
    await queryRunner.query(WORKSPACE)
    await queryRunner.query('alter table workspace force row level security')
    await queryRunner.query(GLOBAL_TABLES)
    await queryRunner.query(WORKSPACE_TABLES)
    for (const table of GLOBAL) await queryRunner.query(globalPolicy(table))
    for (const [table, rights] of Object.entries(SCOPED))
      await queryRunner.query(scopedPolicy(table, rights))
    await queryRunner.query(FELLOW_MEMBERS)
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `drop table auth_change, audit_entry, invitation, api_token, membership, ${GLOBAL.toReversed().join(', ')} cascade`,
    )
    await queryRunner.query('alter table workspace drop column slug')
  }
}
