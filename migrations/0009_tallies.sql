CREATE TABLE "tallies" (
	"dispatch_id" bigint NOT NULL,
	"slot" smallint NOT NULL,
	"sent" integer NOT NULL,
	"failed" integer NOT NULL,
	"suppressed" integer NOT NULL,
	"unknown" integer NOT NULL,
	"pending" integer NOT NULL,
	CONSTRAINT "tallies_dispatch_id_slot_pk" PRIMARY KEY("dispatch_id","slot"),
	CONSTRAINT "tallies_balance" CHECK ("tallies"."sent" + "tallies"."failed" + "tallies"."suppressed" + "tallies"."unknown" + "tallies"."pending" = 0)
);
--> statement-breakpoint
ALTER TABLE "tallies" ADD CONSTRAINT "tallies_dispatch_id_dispatches_id_fk" FOREIGN KEY ("dispatch_id") REFERENCES "public"."dispatches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE VIEW "public"."balances" AS (
  select d.id as dispatch_id, d.intended,
    d.sent + coalesce(t.sent, 0)::int as sent, d.failed + coalesce(t.failed, 0)::int as failed,
    d.suppressed + coalesce(t.suppressed, 0)::int as suppressed, d.unknown + coalesce(t.unknown, 0)::int as unknown,
    d.pending + coalesce(t.pending, 0)::int as pending
  from dispatches d cross join lateral (
    select sum(sent) as sent, sum(failed) as failed, sum(suppressed) as suppressed, sum(unknown) as unknown,
      sum(pending) as pending
    from tallies where dispatch_id = d.id
  ) as t);