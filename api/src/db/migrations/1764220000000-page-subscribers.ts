import type { MigrationInterface, QueryRunner } from 'typeorm'

const TABLE = `
create table page_subscriber (
  workspace_id uuid not null,
  id uuid not null,
  page_id uuid not null,
  email text not null,
  email_key text not null,
  requested_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  constraint pk_page_subscriber primary key (workspace_id, id),
  constraint ux_page_subscriber_id unique (id),
  constraint ux_page_subscriber_email unique (workspace_id, page_id, email_key),
  constraint fk_page_subscriber_page foreign key (workspace_id, page_id)
    references status_page (workspace_id, id) on delete cascade
);
`

const bound = `nullif(current_setting('allswell.workspace_id', true), '')::uuid`

const POLICY = `
alter table page_subscriber enable row level security;
alter table page_subscriber force row level security;
create policy workspace on page_subscriber to allswell_app
  using (workspace_id = ${bound}) with check (workspace_id = ${bound});
create policy everywhere on page_subscriber to allswell_worker using (true) with check (true);
grant select, insert, update, delete on page_subscriber to allswell_worker;
grant select, insert, update, delete on page_subscriber to allswell_app;
`

export class PageSubscribers1764220000000 implements MigrationInterface {
  name = 'PageSubscribers1764220000000'

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(TABLE)
    await queryRunner.query(POLICY)
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table page_subscriber')
  }
}
