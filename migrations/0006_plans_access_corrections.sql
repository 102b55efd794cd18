CREATE TYPE "public"."plan_mode" AS ENUM('sends', 'waits');--> statement-breakpoint
CREATE TYPE "public"."plan_run_state" AS ENUM('making', 'made', 'waiting', 'sent', 'skipped', 'blocked', 'unapproved', 'stopped', 'asks');--> statement-breakpoint
CREATE TABLE "access_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"by_kind" text NOT NULL,
	"by_id" bigint,
	"by_name" text DEFAULT '' NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"network" text DEFAULT '' NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "passkeys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"editor_id" bigint NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] DEFAULT '{}' NOT NULL,
	"backed_up" boolean DEFAULT false NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "passkeys_credentialId_unique" UNIQUE("credential_id"),
	CONSTRAINT "passkeys_one_line" CHECK ("passkeys"."name" !~ '[\r\n]'),
	CONSTRAINT "passkeys_counter" CHECK ("passkeys"."counter" >= 0)
);
--> statement-breakpoint
CREATE TABLE "used_challenges" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "corrected_renderings" (
	"dispatch_id" bigint NOT NULL,
	"newsletter_id" bigint NOT NULL,
	"html" jsonb NOT NULL,
	"text" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "corrected_renderings_dispatch_id_newsletter_id_pk" PRIMARY KEY("dispatch_id","newsletter_id")
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "corrections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"digest_id" bigint NOT NULL,
	"article_id" bigint NOT NULL,
	"title" text,
	"standfirst" text,
	"url" text,
	"note" text NOT NULL,
	"by_kind" text NOT NULL,
	"by_id" bigint,
	"by_name" text DEFAULT '' NOT NULL,
	"letter_id" bigint,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "corrections_title" CHECK (length("corrections"."title") between 1 and 300 and "corrections"."title" !~ '[\r\n]'),
	CONSTRAINT "corrections_url" CHECK ("corrections"."url" ~ '^https?://'),
	CONSTRAINT "corrections_note" CHECK ("corrections"."note" <> '')
);
--> statement-breakpoint
CREATE TABLE "link_clicks" (
	"digest_id" bigint NOT NULL,
	"article_id" bigint NOT NULL,
	"hour" timestamp (0) with time zone NOT NULL,
	"clicks" integer NOT NULL,
	CONSTRAINT "link_clicks_digest_id_article_id_hour_pk" PRIMARY KEY("digest_id","article_id","hour"),
	CONSTRAINT "link_clicks_clicks" CHECK ("link_clicks"."clicks" > 0)
);
--> statement-breakpoint
CREATE TABLE "sent_stories" (
	"digest_id" bigint NOT NULL,
	"article_id" bigint NOT NULL,
	"position" smallint NOT NULL,
	"title" text NOT NULL,
	"standfirst" text NOT NULL,
	"url" text NOT NULL,
	"correctable" boolean DEFAULT false NOT NULL,
	"counted" boolean DEFAULT false NOT NULL,
	CONSTRAINT "sent_stories_digest_id_article_id_pk" PRIMARY KEY("digest_id","article_id"),
	CONSTRAINT "sent_stories_url" CHECK ("sent_stories"."url" ~ '^https?://'),
	CONSTRAINT "sent_stories_counted" CHECK ("sent_stories"."correctable" or not "sent_stories"."counted")
);
--> statement-breakpoint
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
ALTER TABLE "sessions" ADD COLUMN "id" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "proven_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_editor_id_editors_id_fk" FOREIGN KEY ("editor_id") REFERENCES "public"."editors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrected_renderings" ADD CONSTRAINT "corrected_renderings_dispatch_id_dispatches_id_fk" FOREIGN KEY ("dispatch_id") REFERENCES "public"."dispatches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_letter_id_digests_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."digests"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sent_stories" ADD CONSTRAINT "sent_stories_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "missing_editions" ADD CONSTRAINT "missing_editions_newsletter_id_newsletters_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_runs" ADD CONSTRAINT "plan_runs_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_runs" ADD CONSTRAINT "plan_runs_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_created_by_editors_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."editors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_log_kind" ON "access_log" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "passkeys_editor" ON "passkeys" USING btree ("editor_id");--> statement-breakpoint
CREATE INDEX "corrections_story" ON "corrections" USING btree ("digest_id","article_id","id");--> statement-breakpoint
CREATE INDEX "corrections_letter" ON "corrections" USING btree ("letter_id") WHERE "corrections"."letter_id" is not null;--> statement-breakpoint
CREATE INDEX "plan_runs_digest" ON "plan_runs" USING btree ("digest_id");--> statement-breakpoint
CREATE INDEX "plan_runs_open" ON "plan_runs" USING btree ("due_at") WHERE "plan_runs"."state" not in ('sent', 'skipped');--> statement-breakpoint
CREATE INDEX "plans_next_at" ON "plans" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "consents_dispatch" ON "consents" USING btree ("dispatch_id") WHERE "consents"."dispatch_id" is not null;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_id_unique" UNIQUE("id");--> statement-breakpoint
CREATE FUNCTION "refuse_to_rewrite_access_log"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'access_log is only added to: % is refused', TG_OP;
END $$;--> statement-breakpoint
CREATE TRIGGER "access_log_is_only_added_to" BEFORE UPDATE OR DELETE OR TRUNCATE ON "access_log" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_to_rewrite_access_log"();
