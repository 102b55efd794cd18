CREATE TYPE "public"."article_kind" AS ENUM('editorial', 'partner');--> statement-breakpoint
CREATE TYPE "public"."article_source" AS ENUM('written', 'imported');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('owner', 'editor', 'writer');--> statement-breakpoint
CREATE TYPE "public"."notice_kind" AS ENUM('confirmation', 'sign_in', 'test', 'preferences', 'address_change', 'address_changed', 'latest_edition', 'report');--> statement-breakpoint
CREATE TYPE "public"."notice_state" AS ENUM('waiting', 'sent', 'failed');--> statement-breakpoint
CREATE TYPE "public"."cadence" AS ENUM('daily', 'weekdays', 'weekly', 'monthly', 'irregular');--> statement-breakpoint
CREATE TYPE "public"."language" AS ENUM('en', 'de');--> statement-breakpoint
CREATE TYPE "public"."newsletter_state" AS ENUM('open', 'closed');--> statement-breakpoint
CREATE TYPE "public"."consent_kind" AS ENUM('asked', 'confirmed', 'imported', 'joined', 'left', 'undone', 'paused', 'resumed', 'address_changed', 'reason');--> statement-breakpoint
CREATE TYPE "public"."end_reason" AS ENUM('left', 'one_click', 'preferences', 'editor', 'erased');--> statement-breakpoint
CREATE TYPE "public"."link_request_state" AS ENUM('waiting', 'mailed', 'refused');--> statement-breakpoint
CREATE TYPE "public"."sign_up_form" AS ENUM('page', 'embed', 'api', 'preferences', 'editor');--> statement-breakpoint
CREATE TYPE "public"."sign_up_state" AS ENUM('waiting', 'asked', 'merged', 'confirmed', 'refused', 'objected');--> statement-breakpoint
CREATE TYPE "public"."subscription_state" AS ENUM('active', 'ended');--> statement-breakpoint
CREATE TYPE "public"."suppression_cause" AS ENUM('bounced', 'complained', 'objected', 'erased', 'manual');--> statement-breakpoint
CREATE TYPE "public"."delivery_state" AS ENUM('pending', 'sent', 'failed', 'suppressed', 'unknown');--> statement-breakpoint
CREATE TYPE "public"."dispatch_state" AS ENUM('scheduled', 'sending', 'paused', 'finished', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."transport" AS ENUM('smtp', 'mailbox');--> statement-breakpoint
CREATE TYPE "public"."unknown_policy" AS ENUM('retry', 'hold');--> statement-breakpoint
CREATE TABLE "articles" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "articles_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"standfirst" text DEFAULT '' NOT NULL,
	"url" text NOT NULL,
	"section" text DEFAULT '' NOT NULL,
	"byline" text DEFAULT '' NOT NULL,
	"published_at" timestamp (3) with time zone,
	"image_url" text,
	"image_alt" text DEFAULT '' NOT NULL,
	"image_credit" text DEFAULT '' NOT NULL,
	"kind" "article_kind" DEFAULT 'editorial' NOT NULL,
	"sponsor" text,
	"note" text DEFAULT '' NOT NULL,
	"language" text,
	"source" "article_source" DEFAULT 'written' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "articles_title" CHECK (length("articles"."title") between 1 and 300 and "articles"."title" !~ '[\r\n]'),
	CONSTRAINT "articles_url" CHECK ("articles"."url" ~ '^https?://'),
	CONSTRAINT "articles_image_url" CHECK ("articles"."image_url" is null or "articles"."image_url" ~ '^https?://'),
	CONSTRAINT "articles_partner" CHECK (("articles"."kind" = 'partner') = (coalesce("articles"."sponsor", '') <> ''))
);
--> statement-breakpoint
CREATE TABLE "digest_newsletters" (
	"digest_id" bigint NOT NULL,
	"newsletter_id" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "digest_newsletters_digest_id_newsletter_id_pk" PRIMARY KEY("digest_id","newsletter_id"),
	CONSTRAINT "digest_newsletters_position" UNIQUE("digest_id","position")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "digests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subject" text DEFAULT '' NOT NULL,
	"preheader" text DEFAULT '' NOT NULL,
	"blocks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"hidden_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "digests_one_line" CHECK ("digests"."subject" || "digests"."preheader" !~ '[\r\n]'),
	CONSTRAINT "digests_blocks" CHECK (jsonb_typeof("digests"."blocks") = 'array')
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_keys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"role" "role" NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "editors" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "editors_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"address" text NOT NULL,
	"address_key" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"role" "role" NOT NULL,
	"language" "language",
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone,
	CONSTRAINT "editors_addressKey_unique" UNIQUE("address_key"),
	CONSTRAINT "editors_one_line" CHECK ("editors"."address" || "editors"."name" !~ '[\r\n]')
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"editor_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"editor_id" bigint,
	"printed" boolean DEFAULT false NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mailbox_messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mailbox_messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"envelope_from" text NOT NULL,
	"envelope_to" text[] NOT NULL,
	"subject" text NOT NULL,
	"from_line" text NOT NULL,
	"to_line" text NOT NULL,
	"message_id" text NOT NULL,
	"source" "bytea" NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" "notice_kind" NOT NULL,
	"recipient" text NOT NULL,
	"language" "language" NOT NULL,
	"content" jsonb NOT NULL,
	"subscriber_id" bigint,
	"state" "notice_state" DEFAULT 'waiting' NOT NULL,
	"transport" "transport" NOT NULL,
	"message_id" text NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"holder" uuid,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"reply" text,
	"deliver_until" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notices_messageId_unique" UNIQUE("message_id"),
	CONSTRAINT "notices_sent" CHECK (("notices"."state" = 'sent') = ("notices"."sent_at" is not null)),
	CONSTRAINT "notices_one_line" CHECK ("notices"."recipient" !~ '[\r\n]')
);
--> statement-breakpoint
CREATE TABLE "newsletters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "newsletters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"cadence" "cadence" DEFAULT 'irregular' NOT NULL,
	"schedule" text DEFAULT '' NOT NULL,
	"carries_advertising" boolean DEFAULT false NOT NULL,
	"sender_name" text,
	"sender_address" text,
	"reply_to" text,
	"language" "language" DEFAULT 'en' NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"state" "newsletter_state" DEFAULT 'open' NOT NULL,
	"archive_public" boolean DEFAULT true NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "newsletters_slug_unique" UNIQUE("slug"),
	CONSTRAINT "newsletters_slug" CHECK ("newsletters"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("newsletters"."slug") <= 60),
	CONSTRAINT "newsletters_name" CHECK (length("newsletters"."name") between 1 and 200),
	CONSTRAINT "newsletters_one_line" CHECK ("newsletters"."name" || coalesce("newsletters"."sender_name", '') || coalesce("newsletters"."sender_address", '') || coalesce("newsletters"."reply_to", '') !~ '[\r\n]')
);
--> statement-breakpoint
CREATE TABLE "publication" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"name" text NOT NULL,
	"tagline" text DEFAULT '' NOT NULL,
	"logo_url" text,
	"accent" text DEFAULT '#8a1c1c' NOT NULL,
	"postal_address" text DEFAULT '' NOT NULL,
	"sender_name" text DEFAULT '' NOT NULL,
	"sender_address" text DEFAULT '' NOT NULL,
	"reply_to" text,
	"language" "language" DEFAULT 'en' NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"privacy_text" text DEFAULT '' NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"home" text,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "publication_only_one" CHECK ("publication"."id" = 1),
	CONSTRAINT "publication_name" CHECK (length("publication"."name") between 1 and 200),
	CONSTRAINT "publication_accent" CHECK ("publication"."accent" ~ '^#[0-9a-f]{6}$'),
	CONSTRAINT "publication_one_line" CHECK ("publication"."name" || "publication"."tagline" || "publication"."sender_name" || "publication"."sender_address" !~ '[\r\n]')
);
--> statement-breakpoint
CREATE TABLE "secret_keys" (
	"version" integer PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"first_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "consents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subscriber_id" bigint,
	"kind" "consent_kind" NOT NULL,
	"newsletter_ids" bigint[] NOT NULL,
	"wording" text NOT NULL,
	"wording_version" text NOT NULL,
	"form" text NOT NULL,
	"origin" text DEFAULT '' NOT NULL,
	"network" text DEFAULT '' NOT NULL,
	"reason" text,
	"dispatch_id" bigint,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "link_requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"address" text NOT NULL,
	"address_key" text NOT NULL,
	"limit_key" text NOT NULL,
	"network" text DEFAULT '' NOT NULL,
	"transport" "transport" NOT NULL,
	"state" "link_request_state" DEFAULT 'waiting' NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"mailed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "link_requests_one_line" CHECK ("link_requests"."address" !~ '[\r\n]'),
	CONSTRAINT "link_requests_mailed" CHECK (("link_requests"."state" = 'mailed') = ("link_requests"."mailed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "sign_ups" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sign_ups_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"address" text NOT NULL,
	"address_key" text NOT NULL,
	"limit_key" text NOT NULL,
	"name" text,
	"newsletter_ids" bigint[] NOT NULL,
	"form" "sign_up_form" NOT NULL,
	"origin" text DEFAULT '' NOT NULL,
	"wording" text NOT NULL,
	"wording_version" text NOT NULL,
	"language" "language" NOT NULL,
	"network" text DEFAULT '' NOT NULL,
	"transport" "transport" NOT NULL,
	"state" "sign_up_state" DEFAULT 'waiting' NOT NULL,
	"merged_into" bigint,
	"notice_id" bigint,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"asked_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sign_ups_one_line" CHECK ("sign_ups"."address" || coalesce("sign_ups"."name", '') !~ '[\r\n]'),
	CONSTRAINT "sign_ups_newsletters" CHECK (cardinality("sign_ups"."newsletter_ids") > 0),
	CONSTRAINT "sign_ups_merged" CHECK (("sign_ups"."state" = 'merged') = ("sign_ups"."merged_into" is not null)),
	CONSTRAINT "sign_ups_confirmed" CHECK (("sign_ups"."state" = 'confirmed') = ("sign_ups"."confirmed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "subscribers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "subscribers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"address" text NOT NULL,
	"address_key" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"locale" "language" DEFAULT 'en' NOT NULL,
	"time_zone" text,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subscribers_addressKey_unique" UNIQUE("address_key"),
	CONSTRAINT "subscribers_one_line" CHECK ("subscribers"."address" || "subscribers"."name" !~ '[\r\n]'),
	CONSTRAINT "subscribers_attributes" CHECK (jsonb_typeof("subscribers"."attributes") = 'object')
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"subscriber_id" bigint NOT NULL,
	"newsletter_id" bigint NOT NULL,
	"state" "subscription_state" DEFAULT 'active' NOT NULL,
	"end_reason" "end_reason",
	"ended_at" timestamp (3) with time zone,
	"paused_until" timestamp (3) with time zone,
	"consent_id" bigint NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subscriptions_newsletter_id_subscriber_id_pk" PRIMARY KEY("newsletter_id","subscriber_id"),
	CONSTRAINT "subscriptions_ended" CHECK (("subscriptions"."state" = 'ended') = ("subscriptions"."ended_at" is not null) and ("subscriptions"."state" = 'ended') = ("subscriptions"."end_reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "suppressions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"address_key" text,
	"address_hash" "bytea" NOT NULL,
	"hash_version" integer NOT NULL,
	"cause" "suppression_cause" NOT NULL,
	"evidence" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"dispatch_id" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suppressions_hash_cause" UNIQUE("address_hash","cause"),
	CONSTRAINT "suppressions_erased" CHECK ("suppressions"."cause" <> 'erased' or "suppressions"."address_key" is null),
	CONSTRAINT "suppressions_hash" CHECK (length("suppressions"."address_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "batches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dispatch_id" bigint NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"holder" uuid,
	"fence" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "batches_leased" CHECK (("batches"."leased_until" is null) = ("batches"."holder" is null))
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"dispatch_id" bigint NOT NULL,
	"subscriber_id" bigint NOT NULL,
	"newsletter_id" bigint NOT NULL,
	"batch_id" bigint NOT NULL,
	"state" "delivery_state" DEFAULT 'pending' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"reply" text,
	"changed_at" timestamp (3) with time zone,
	CONSTRAINT "deliveries_dispatch_id_subscriber_id_pk" PRIMARY KEY("dispatch_id","subscriber_id")
) PARTITION BY RANGE ("dispatch_id");
--> statement-breakpoint
CREATE TABLE "dispatches" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "dispatches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"digest_id" bigint NOT NULL,
	"state" "dispatch_state" NOT NULL,
	"transport" "transport" NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone,
	"pause_reason" text,
	"pause_evidence" jsonb,
	"active_at" timestamp (3) with time zone,
	"deliver_until" timestamp (3) with time zone,
	"unknown_policy" "unknown_policy" DEFAULT 'retry' NOT NULL,
	"created_by" bigint,
	"intended" integer DEFAULT 0 NOT NULL,
	"sent" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"suppressed" integer DEFAULT 0 NOT NULL,
	"unknown" integer DEFAULT 0 NOT NULL,
	"pending" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dispatches_digestId_unique" UNIQUE("digest_id"),
	CONSTRAINT "dispatches_balance" CHECK ("dispatches"."intended" = "dispatches"."sent" + "dispatches"."failed" + "dispatches"."suppressed" + "dispatches"."unknown" + "dispatches"."pending"),
	CONSTRAINT "dispatches_counts" CHECK (least("dispatches"."sent", "dispatches"."failed", "dispatches"."suppressed", "dispatches"."unknown", "dispatches"."pending") >= 0),
	CONSTRAINT "dispatches_started" CHECK ("dispatches"."state" in ('scheduled', 'paused') or "dispatches"."started_at" is not null),
	CONSTRAINT "dispatches_finished" CHECK (("dispatches"."state" in ('finished', 'cancelled')) = ("dispatches"."finished_at" is not null)),
	CONSTRAINT "dispatches_paused" CHECK (("dispatches"."state" = 'paused') = ("dispatches"."paused_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "in_flight" (
	"connection" uuid PRIMARY KEY NOT NULL,
	"holder" uuid NOT NULL,
	"dispatch_id" bigint,
	"subscriber_id" bigint,
	"batch_id" bigint,
	"fence" integer
);
--> statement-breakpoint
CREATE TABLE "renderings" (
	"dispatch_id" bigint NOT NULL,
	"newsletter_id" bigint NOT NULL,
	"newsletter_slug" text NOT NULL,
	"language" "language" NOT NULL,
	"subject" text NOT NULL,
	"from_name" text NOT NULL,
	"from_address" text NOT NULL,
	"list_id" text NOT NULL,
	"html" jsonb NOT NULL,
	"text" jsonb NOT NULL,
	"message" jsonb NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "renderings_dispatch_id_newsletter_id_pk" PRIMARY KEY("dispatch_id","newsletter_id")
);
--> statement-breakpoint
CREATE TABLE "send_rate" (
	"scope" text PRIMARY KEY NOT NULL,
	"spent_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "digest_newsletters" ADD CONSTRAINT "digest_newsletters_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_newsletters" ADD CONSTRAINT "digest_newsletters_newsletter_id_newsletters_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_editor_id_editors_id_fk" FOREIGN KEY ("editor_id") REFERENCES "public"."editors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_editor_id_editors_id_fk" FOREIGN KEY ("editor_id") REFERENCES "public"."editors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_newsletter_id_newsletters_id_fk" FOREIGN KEY ("newsletter_id") REFERENCES "public"."newsletters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_dispatch_id_dispatches_id_fk" FOREIGN KEY ("dispatch_id") REFERENCES "public"."dispatches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispatches" ADD CONSTRAINT "dispatches_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renderings" ADD CONSTRAINT "renderings_dispatch_id_dispatches_id_fk" FOREIGN KEY ("dispatch_id") REFERENCES "public"."dispatches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "articles_created_at" ON "articles" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "digest_newsletters_newsletter" ON "digest_newsletters" USING btree ("newsletter_id");--> statement-breakpoint
CREATE INDEX "sessions_editor" ON "sessions" USING btree ("editor_id");--> statement-breakpoint
CREATE INDEX "mailbox_messages_received" ON "mailbox_messages" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "notices_due" ON "notices" USING btree ("due_at") WHERE "notices"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "notices_kind" ON "notices" USING btree ("kind","created_at");--> statement-breakpoint
CREATE INDEX "notices_recipient" ON "notices" USING btree (lower("recipient"));--> statement-breakpoint
CREATE INDEX "notices_subscriber" ON "notices" USING btree ("subscriber_id") WHERE "notices"."subscriber_id" is not null;--> statement-breakpoint
CREATE INDEX "consents_subscriber" ON "consents" USING btree ("subscriber_id","at");--> statement-breakpoint
CREATE INDEX "link_requests_due" ON "link_requests" USING btree ("due_at") WHERE "link_requests"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "link_requests_limit_key" ON "link_requests" USING btree ("limit_key","created_at");--> statement-breakpoint
CREATE INDEX "link_requests_address_key" ON "link_requests" USING btree ("address_key");--> statement-breakpoint
CREATE INDEX "link_requests_network" ON "link_requests" USING btree ("network","created_at");--> statement-breakpoint
CREATE INDEX "link_requests_created_at" ON "link_requests" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "sign_ups_due" ON "sign_ups" USING btree ("due_at") WHERE "sign_ups"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "sign_ups_limit_key" ON "sign_ups" USING btree ("limit_key","created_at");--> statement-breakpoint
CREATE INDEX "sign_ups_address_key" ON "sign_ups" USING btree ("address_key");--> statement-breakpoint
CREATE INDEX "sign_ups_network" ON "sign_ups" USING btree ("network","created_at");--> statement-breakpoint
CREATE INDEX "sign_ups_merged_into" ON "sign_ups" USING btree ("merged_into") WHERE "sign_ups"."merged_into" is not null;--> statement-breakpoint
CREATE INDEX "sign_ups_created_at" ON "sign_ups" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "subscriptions_subscriber" ON "subscriptions" USING btree ("subscriber_id");--> statement-breakpoint
CREATE INDEX "suppressions_address" ON "suppressions" USING btree ("address_key") WHERE "suppressions"."address_key" is not null;--> statement-breakpoint
CREATE INDEX "suppressions_created_at" ON "suppressions" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "batches_due" ON "batches" USING btree ("dispatch_id","due_at") WHERE "batches"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "deliveries_batch" ON "deliveries" USING btree ("dispatch_id","batch_id");--> statement-breakpoint
CREATE INDEX "dispatches_due" ON "dispatches" USING btree ("state","due_at");--> statement-breakpoint
CREATE FUNCTION "consents_never_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a consent event is never updated';
END $$;
--> statement-breakpoint
CREATE TRIGGER "consents_never_change" BEFORE UPDATE ON "consents" FOR EACH ROW EXECUTE FUNCTION "consents_never_change"();
--> statement-breakpoint
ALTER TABLE "in_flight" SET (fillfactor = 50);
