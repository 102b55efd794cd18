CREATE TYPE "public"."plan_mode" AS ENUM('sends', 'waits');--> statement-breakpoint
CREATE TYPE "public"."plan_run_state" AS ENUM('making', 'made', 'waiting', 'sent', 'skipped', 'blocked', 'unapproved', 'stopped', 'asks');--> statement-breakpoint
CREATE TABLE "missing_editions" (
	"newsletter_id" bigint NOT NULL,
	"day" date NOT NULL,
	"told" boolean NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "missing_editions_newsletter_id_day_pk" PRIMARY KEY("newsletter_id","day")
);
--> statement-breakpoint
CREATE TABLE "plan_runs" (
	"plan_id" bigint NOT NULL,
	"day" date NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"state" "plan_run_state" NOT NULL,
	"reason" text,
	"faults" jsonb,
	"digest_id" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plan_runs_plan_id_day_pk" PRIMARY KEY("plan_id","day"),
	CONSTRAINT "plan_runs_blocked" CHECK (("plan_runs"."state" = 'blocked') = ("plan_runs"."faults" is not null)),
	CONSTRAINT "plan_runs_skipped" CHECK ("plan_runs"."state" <> 'skipped' or "plan_runs"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "plans_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"newsletter_ids" bigint[] NOT NULL,
	"subject" text NOT NULL,
	"preheader" text DEFAULT '' NOT NULL,
	"blocks" jsonb NOT NULL,
	"weekdays" smallint[] NOT NULL,
	"time" time(0) NOT NULL,
	"time_zone" text NOT NULL,
	"mode" "plan_mode" NOT NULL,
	"next_day" date,
	"next_at" timestamp (3) with time zone,
	"created_by" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plans_name" CHECK (length("plans"."name") between 1 and 100),
	CONSTRAINT "plans_one_line" CHECK ("plans"."name" || "plans"."subject" || "plans"."preheader" !~ '[\r\n]'),
	CONSTRAINT "plans_blocks" CHECK (jsonb_typeof("plans"."blocks") = 'array'),
	CONSTRAINT "plans_weekdays" CHECK (cardinality("plans"."weekdays") between 1 and 7 and "plans"."weekdays" <@ '{1,2,3,4,5,6,7}'::smallint[]),
	CONSTRAINT "plans_next" CHECK (("plans"."next_day" is null) = ("plans"."next_at" is null))
);
--> statement-breakpoint
ALTER TABLE "missing_editions" ADD CONSTRAINT "missing_editions_newsletter_id_newsletters_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_runs" ADD CONSTRAINT "plan_runs_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_runs" ADD CONSTRAINT "plan_runs_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_created_by_editors_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."editors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plan_runs_digest" ON "plan_runs" USING btree ("digest_id");--> statement-breakpoint
CREATE INDEX "plan_runs_open" ON "plan_runs" USING btree ("due_at") WHERE "plan_runs"."state" not in ('sent', 'skipped');--> statement-breakpoint
CREATE INDEX "plans_next_at" ON "plans" USING btree ("next_at");