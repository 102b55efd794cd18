CREATE TABLE "approval_views" (
	"approval_id" bigint NOT NULL,
	"editor_id" bigint NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_views_approval_id_editor_id_pk" PRIMARY KEY("approval_id","editor_id")
);
--> statement-breakpoint
ALTER TABLE "approval_views" ADD CONSTRAINT "approval_views_approval_id_approvals_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approvals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_views" ADD CONSTRAINT "approval_views_editor_id_editors_id_fk" FOREIGN KEY ("editor_id") REFERENCES "public"."editors"("id") ON DELETE cascade ON UPDATE no action;