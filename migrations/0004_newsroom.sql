CREATE TYPE "public"."approval_state" AS ENUM('asked', 'approved', 'sent_back', 'void');--> statement-breakpoint
ALTER TYPE "public"."notice_kind" ADD VALUE 'approval';--> statement-breakpoint
ALTER TYPE "public"."notice_kind" ADD VALUE 'plan';--> statement-breakpoint
ALTER TYPE "public"."notice_kind" ADD VALUE 'alarm';--> statement-breakpoint
ALTER TYPE "public"."notice_kind" ADD VALUE 'access';--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "approvals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"digest_id" bigint NOT NULL,
	"state" "approval_state" DEFAULT 'asked' NOT NULL,
	"hash" text NOT NULL,
	"proposal" jsonb NOT NULL,
	"asked_by" bigint,
	"asked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_by" bigint,
	"decided_at" timestamp (3) with time zone,
	"override" boolean DEFAULT false NOT NULL,
	CONSTRAINT "approvals_hash" CHECK ("approvals"."hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "approvals_decided" CHECK (("approvals"."state" = 'asked') = ("approvals"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "digest_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "digest_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"digest_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"by_kind" text NOT NULL,
	"by_id" bigint,
	"by_name" text DEFAULT '' NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "audience" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "withdrawn_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "withdrawn_for" text;--> statement-breakpoint
ALTER TABLE "newsletters" ADD COLUMN "needs_approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "newsletters" ADD COLUMN "expected_at" time(0);--> statement-breakpoint
ALTER TABLE "newsletters" ADD COLUMN "expected_day" smallint;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "correctable_links" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "count_clicks" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "dispatches" ADD COLUMN "local_time" text;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_asked_by_editors_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."editors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_decided_by_editors_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."editors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_events" ADD CONSTRAINT "digest_events_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_live" ON "approvals" USING btree ("digest_id") WHERE "approvals"."state" in ('asked', 'approved');--> statement-breakpoint
CREATE INDEX "approvals_digest" ON "approvals" USING btree ("digest_id","id");--> statement-breakpoint
CREATE INDEX "digest_events_digest" ON "digest_events" USING btree ("digest_id","id");--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_audience" CHECK (jsonb_typeof("digests"."audience") = 'array');--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_withdrawn" CHECK (("digests"."withdrawn_at" is null) = ("digests"."withdrawn_for" is null));--> statement-breakpoint
ALTER TABLE "newsletters" ADD CONSTRAINT "newsletters_expected" CHECK ("newsletters"."expected_at" is null or case "newsletters"."cadence"::text
        when 'weekly' then "newsletters"."expected_day" between 1 and 7
        when 'monthly' then "newsletters"."expected_day" between 1 and 28
        when 'irregular' then false
        else "newsletters"."expected_day" is null end is true);--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_clicks" CHECK ("publication"."correctable_links" or not "publication"."count_clicks");--> statement-breakpoint
ALTER TABLE "dispatches" ADD CONSTRAINT "dispatches_local_time" CHECK ("dispatches"."local_time" ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d$');