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
ALTER TABLE "corrected_renderings" ADD CONSTRAINT "corrected_renderings_dispatch_id_dispatches_id_fk" FOREIGN KEY ("dispatch_id") REFERENCES "public"."dispatches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_letter_id_digests_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."digests"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sent_stories" ADD CONSTRAINT "sent_stories_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "corrections_story" ON "corrections" USING btree ("digest_id","article_id","id");--> statement-breakpoint
CREATE INDEX "corrections_letter" ON "corrections" USING btree ("letter_id") WHERE "corrections"."letter_id" is not null;--> statement-breakpoint
CREATE INDEX "consents_dispatch" ON "consents" USING btree ("dispatch_id") WHERE "consents"."dispatch_id" is not null;