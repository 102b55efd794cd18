CREATE TABLE "reader_days" (
	"day" date NOT NULL,
	"newsletter_id" bigint NOT NULL,
	"joined" integer NOT NULL,
	"gone" integer NOT NULL,
	"active" integer NOT NULL,
	"paused" integer DEFAULT 0 NOT NULL,
	"counted_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reader_days_newsletter_id_day_pk" PRIMARY KEY("newsletter_id","day"),
	CONSTRAINT "reader_days_counts" CHECK (least("reader_days"."joined", "reader_days"."gone", "reader_days"."active", "reader_days"."paused") >= 0)
);
--> statement-breakpoint
CREATE TABLE "reader_search" (
	"subscriber_id" bigint PRIMARY KEY NOT NULL,
	"words" text NOT NULL,
	"name" text NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"facets" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reader_search_due" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reader_search_due_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"first" bigint NOT NULL,
	"last" bigint NOT NULL,
	CONSTRAINT "reader_search_due_range" CHECK ("reader_search_due"."first" <= "reader_search_due"."last")
);
--> statement-breakpoint
CREATE TABLE "reader_terms" (
	"kind" text NOT NULL,
	"term" text NOT NULL,
	"readers" integer NOT NULL,
	CONSTRAINT "reader_terms_kind_term_pk" PRIMARY KEY("kind","term"),
	CONSTRAINT "reader_terms_kind" CHECK ("reader_terms"."kind" in ('tag', 'attribute'))
);
--> statement-breakpoint
ALTER TABLE "reader_search" ADD CONSTRAINT "reader_search_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Where the server has no pg_trgm, or keeps it for others, a search for a part of a name reads every row.
DO $$ BEGIN
CREATE EXTENSION IF NOT EXISTS "pg_trgm";
CREATE INDEX "reader_search_found" ON "reader_search" USING gin ("words" gin_trgm_ops,"name" gin_trgm_ops,"facets");
EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN
CREATE INDEX "reader_search_found" ON "reader_search" USING gin ("facets");
END $$;--> statement-breakpoint
CREATE INDEX "subscribers_newest" ON "subscribers" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "subscriptions_since" ON "subscriptions" USING brin ("since");--> statement-breakpoint
CREATE INDEX "subscriptions_ended_at" ON "subscriptions" USING btree ("ended_at") WHERE "subscriptions"."ended_at" is not null;--> statement-breakpoint
-- Which readers are to be found by something else from now on. One statement that changes many notes them as a range.
CREATE FUNCTION "note_reader_search"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE readers bigint[]; low bigint; high bigint;
BEGIN
CASE TG_TABLE_NAME
WHEN 'subscribers' THEN SELECT min(id), max(id) INTO low, high FROM changed;
WHEN 'subscriptions' THEN SELECT min(subscriber_id), max(subscriber_id) INTO low, high FROM changed;
ELSE SELECT min(s.id), max(s.id) INTO low, high FROM changed JOIN subscribers s ON s.address_key = changed.address_key;
END CASE;
IF low IS NULL THEN RETURN NULL; END IF;
IF high - low > 100 THEN
CASE TG_TABLE_NAME
WHEN 'subscribers' THEN SELECT array_agg(id) INTO readers FROM (SELECT id FROM changed LIMIT 1001) AS first_ones;
WHEN 'subscriptions' THEN SELECT array_agg(subscriber_id) INTO readers FROM (SELECT DISTINCT subscriber_id FROM changed LIMIT 1001) AS first_ones;
ELSE SELECT array_agg(id) INTO readers FROM (SELECT s.id FROM changed JOIN subscribers s ON s.address_key = changed.address_key LIMIT 1001) AS first_ones;
END CASE;
IF cardinality(readers) <= 1000 AND cardinality(readers) * 4 < high - low THEN
INSERT INTO reader_search_due (first, last) SELECT reader, reader FROM unnest(readers) AS reader;
RETURN NULL;
END IF;
END IF;
INSERT INTO reader_search_due (first, last) VALUES (low, high);
RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "reader_search_added" AFTER INSERT ON "subscribers" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "note_reader_search"();--> statement-breakpoint
CREATE TRIGGER "reader_search_changed" AFTER UPDATE ON "subscribers" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "note_reader_search"();--> statement-breakpoint
CREATE TRIGGER "reader_search_added" AFTER INSERT ON "subscriptions" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "note_reader_search"();--> statement-breakpoint
CREATE TRIGGER "reader_search_changed" AFTER UPDATE ON "subscriptions" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "note_reader_search"();--> statement-breakpoint
CREATE TRIGGER "reader_search_removed" AFTER DELETE ON "subscriptions" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "note_reader_search"();--> statement-breakpoint
CREATE TRIGGER "reader_search_added" AFTER INSERT ON "suppressions" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "note_reader_search"();--> statement-breakpoint
CREATE TRIGGER "reader_search_changed" AFTER UPDATE ON "suppressions" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "note_reader_search"();--> statement-breakpoint
CREATE TRIGGER "reader_search_removed" AFTER DELETE ON "suppressions" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "note_reader_search"();--> statement-breakpoint
INSERT INTO "reader_search_due" ("first", "last") SELECT min("id"), max("id") FROM "subscribers" HAVING min("id") IS NOT NULL;
