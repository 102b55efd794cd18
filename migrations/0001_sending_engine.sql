CREATE TABLE "mail_domains" (
	"domain" text PRIMARY KEY NOT NULL,
	"connections" integer,
	"per_minute" integer,
	"paused_until" timestamp (3) with time zone,
	"pause_reason" text,
	"pause_reply" text,
	"strikes" integer DEFAULT 0 NOT NULL,
	"holder" uuid,
	"leased_until" timestamp (3) with time zone,
	CONSTRAINT "mail_domains_domain" CHECK ("mail_domains"."domain" = lower("mail_domains"."domain") and "mail_domains"."domain" ~ '^[^@[:space:]]+$'),
	CONSTRAINT "mail_domains_limits" CHECK ("mail_domains"."connections" > 0 and "mail_domains"."per_minute" > 0),
	CONSTRAINT "mail_domains_paused" CHECK (("mail_domains"."paused_until" is null) = ("mail_domains"."pause_reason" is null))
);
--> statement-breakpoint
DROP INDEX "batches_due";--> statement-breakpoint
ALTER TABLE "newsletters" ADD COLUMN "sends_from" time(0);--> statement-breakpoint
ALTER TABLE "newsletters" ADD COLUMN "sends_until" time(0);--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "failure_share" smallint DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "failure_least" integer DEFAULT 200 NOT NULL;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "unknown_policy" "unknown_policy" DEFAULT 'retry' NOT NULL;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "ledger_days" smallint DEFAULT 90 NOT NULL;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "newsletter_id" bigint;--> statement-breakpoint
UPDATE "batches" SET "newsletter_id" = coalesce((SELECT min("newsletter_id") FROM "renderings" WHERE "renderings"."dispatch_id" = "batches"."dispatch_id"), 0);--> statement-breakpoint
ALTER TABLE "batches" ALTER COLUMN "newsletter_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "domain" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "first_reader" bigint;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "last_reader" bigint;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_readers" CHECK (("batches"."first_reader" is null) = ("batches"."last_reader" is null));--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "moved" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "deliveries" SET "moved" = true WHERE "batch_id" IN (SELECT "id" FROM "batches" WHERE "finished_at" IS NULL);--> statement-breakpoint
DROP INDEX "deliveries_batch";--> statement-breakpoint
CREATE INDEX "deliveries_moved" ON "deliveries" USING btree ("batch_id") WHERE "deliveries"."moved";--> statement-breakpoint
ALTER TABLE "dispatches" ADD COLUMN "breaking" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "dispatches" ADD COLUMN "tried_before" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "dispatches" ADD COLUMN "failed_before" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "dispatches" ADD COLUMN "blocks_known" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "batches_open" ON "batches" USING btree ("dispatch_id","newsletter_id","domain","due_at") WHERE "batches"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "batches_leased_until" ON "batches" USING btree ("leased_until") WHERE "batches"."holder" is not null;--> statement-breakpoint
ALTER TABLE "newsletters" ADD CONSTRAINT "newsletters_hours" CHECK (("newsletters"."sends_from" is null) = ("newsletters"."sends_until" is null) and "newsletters"."sends_from" <> "newsletters"."sends_until");--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_failures" CHECK ("publication"."failure_share" between 1 and 100 and "publication"."failure_least" >= 1);--> statement-breakpoint
ALTER TABLE "publication" ADD CONSTRAINT "publication_ledger_days" CHECK ("publication"."ledger_days" between 7 and 3650);--> statement-breakpoint
INSERT INTO "mail_domains" ("domain", "connections", "per_minute") VALUES
  ('gmail.com', 20, 6000),
  ('googlemail.com', 5, 1200),
  ('outlook.com', 10, 3000),
  ('hotmail.com', 10, 3000),
  ('live.com', 5, 1200),
  ('msn.com', 5, 1200),
  ('yahoo.com', 10, 3000),
  ('aol.com', 5, 1200),
  ('icloud.com', 5, 1200),
  ('me.com', 3, 600),
  ('mac.com', 3, 600),
  ('gmx.de', 5, 1200),
  ('gmx.net', 5, 1200),
  ('web.de', 5, 1200),
  ('t-online.de', 5, 600);
