CREATE TYPE "public"."mail_font" AS ENUM('georgia', 'times', 'arial', 'verdana', 'trebuchet');--> statement-breakpoint
ALTER TYPE "public"."article_source" ADD VALUE 'feed';--> statement-breakpoint
CREATE TABLE "digest_versions" (
	"digest_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"subject" text NOT NULL,
	"preheader" text NOT NULL,
	"blocks" jsonb NOT NULL,
	"newsletter_ids" jsonb NOT NULL,
	"edited_by" bigint,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "digest_versions_digest_id_version_pk" PRIMARY KEY("digest_id","version")
);
--> statement-breakpoint
CREATE TABLE "digest_visitors" (
	"digest_id" bigint NOT NULL,
	"editor_id" bigint NOT NULL,
	"arrived_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "digest_visitors_digest_id_editor_id_pk" PRIMARY KEY("digest_id","editor_id")
);
--> statement-breakpoint
CREATE TABLE "feeds" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "feeds_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"url" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"section" text DEFAULT '' NOT NULL,
	"etag" text,
	"last_modified" text,
	"next_poll_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"polled_at" timestamp (3) with time zone,
	"succeeded_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"trouble" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feeds_url_unique" UNIQUE("url"),
	CONSTRAINT "feeds_url" CHECK ("feeds"."url" ~ '^https?://' and length("feeds"."url") <= 1000),
	CONSTRAINT "feeds_trouble" CHECK (("feeds"."failures" = 0) = ("feeds"."trouble" is null))
);
--> statement-breakpoint
CREATE TABLE "pictures" (
	"hash" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"body" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pictures_hash" CHECK ("pictures"."hash" ~ '^[A-Za-z0-9_-]{24}$'),
	CONSTRAINT "pictures_type" CHECK ("pictures"."type" in ('image/jpeg', 'image/png')),
	CONSTRAINT "pictures_size" CHECK ("pictures"."width" between 1 and 1200 and "pictures"."height" between 1 and 1200 and length("pictures"."body") <= 200000)
);
--> statement-breakpoint
CREATE TABLE "dispatch_articles" (
	"article_id" bigint NOT NULL,
	"dispatch_id" bigint NOT NULL,
	CONSTRAINT "dispatch_articles_article_id_dispatch_id_pk" PRIMARY KEY("article_id","dispatch_id")
);
--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "picture_hash" text;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "image_decorative" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "embargo_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "feed_id" bigint;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "feed_key" text;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "dismissed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "edited_by" bigint;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "preview_links" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "newsletters" ADD COLUMN "template" text;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "headline_font" "mail_font" DEFAULT 'georgia' NOT NULL;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "text_font" "mail_font" DEFAULT 'georgia' NOT NULL;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "footer" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "publication" ADD COLUMN "testers" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "digest_versions" ADD CONSTRAINT "digest_versions_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_versions" ADD CONSTRAINT "digest_versions_edited_by_editors_id_fk" FOREIGN KEY ("edited_by") REFERENCES "public"."editors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_visitors" ADD CONSTRAINT "digest_visitors_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_visitors" ADD CONSTRAINT "digest_visitors_editor_id_editors_id_fk" FOREIGN KEY ("editor_id") REFERENCES "public"."editors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispatch_articles" ADD CONSTRAINT "dispatch_articles_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispatch_articles" ADD CONSTRAINT "dispatch_articles_dispatch_id_dispatches_id_fk" FOREIGN KEY ("dispatch_id") REFERENCES "public"."dispatches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feeds_next_poll_at" ON "feeds" USING btree ("next_poll_at");--> statement-breakpoint
CREATE INDEX "dispatch_articles_dispatch" ON "dispatch_articles" USING btree ("dispatch_id");--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_picture_hash_pictures_hash_fk" FOREIGN KEY ("picture_hash") REFERENCES "public"."pictures"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_feed_id_feeds_id_fk" FOREIGN KEY ("feed_id") REFERENCES "public"."feeds"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_edited_by_editors_id_fk" FOREIGN KEY ("edited_by") REFERENCES "public"."editors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "articles_url" ON "articles" USING hash ("url");--> statement-breakpoint
CREATE INDEX "articles_section" ON "articles" USING btree ("section","published_at");--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_feed_key" UNIQUE("feed_id","feed_key");--> statement-breakpoint
INSERT INTO "dispatch_articles" ("article_id", "dispatch_id")
SELECT DISTINCT "articles"."id", "dispatches"."id"
FROM "dispatches"
JOIN "digests" ON "digests"."id" = "dispatches"."digest_id"
CROSS JOIN LATERAL (SELECT jsonb_path_query("digests"."blocks", '$[*].articleId') UNION ALL SELECT jsonb_path_query("digests"."blocks", '$[*].articleIds[*]')) AS "all_named" ("named")
JOIN "articles" ON "articles"."id" = ("named" #>> '{}')::bigint
WHERE "dispatches"."started_at" IS NOT NULL;
