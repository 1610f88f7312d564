/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Issued documents into the tables of document_view.sql. */
#include "engine/room.h"
#include "rooms/document/document.h"
#include "rooms/draft/draft.h"
#include "document_view.sql.h"
#include "rooms/report/report.h"

#include "base/poison.h"

static enum rc add_content(struct view *v, const struct fact *f, int64_t number, struct err *err)
{
	const struct value *text = fact_value(f, "text");
	const struct value *files = fact_value(f, "files");
	for (size_t i = 0; i < text->list.n; i++)
		TRY(document_paragraph_add(
		    v->db, v->grp, number, (int64_t)i + 1, text->list.p[i], err));
	for (size_t i = 0; i < files->files.n; i++) {
		const struct attachment *file = &files->files.p[i];
		TRY(document_file_add(v->db, v->grp, number, (int64_t)i + 1, file->name,
		    file->media_type, (int64_t)file->size, (int64_t)file->part, file->text, err));
	}
	return OK;
}

static enum rc apply_issue(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "number");
	const struct document_item *d = document_find(v->group, number);
	const struct document_item *before = document_find(v->group, d->revises);
	str suffix = STR_EMPTY;
	if (before)
		suffix = fact_has(f, "suffix") ? fact_str(f, "suffix") : S("rev");
	TRY(document_add(v->db, v->grp, number, d->symbol, document_slug(v->arena, d->symbol),
	    d->kind, fact_str(f, "title"), fact_str(f, "lang"), fact_i64(f, "meeting"), d->revises,
	    suffix, STR_EMPTY, actor_str(v->arena, f->actor), f->seq, f->time,
	    digest_str(v->arena, v->leaf), err));
	if (before && before->revised_by == number)
		TRY(document_set_revised(v->db, v->grp, before->number, number, err));
	return add_content(v, f, number, err);
}

/* What another room issued has its page there; the library holds its symbol. */
static enum rc add_other(struct view *v, const struct fact *f, str title, str lang, int64_t meeting,
    str elsewhere, struct err *err)
{
	const struct document_item *d = document_by_symbol(v->group, fact_str(f, "symbol"));
	if (!d)
		return OK;
	return document_add(v->db, v->grp, d->number, d->symbol, document_slug(v->arena, d->symbol),
	    d->kind, title, lang, meeting, d->revises, d->revises ? S("rev") : STR_EMPTY, elsewhere,
	    actor_str(v->arena, f->actor), f->seq, f->time, digest_str(v->arena, v->leaf), err);
}

static enum rc apply_report(struct view *v, const struct fact *f, struct err *err)
{
	const struct report *r = report_get(v->group, fact_i64(f, "report"));
	return add_other(v, f, r->title, S("en"), 0, S("report"), err);
}

static enum rc apply_compilation(struct view *v, const struct fact *f, struct err *err)
{
	str page = arena_printf(v->arena, "compilations/%lld/issued/%lld",
	    (long long)fact_i64(f, "compilation"), (long long)fact_i64(f, "issue"));
	const struct document_item *d = document_by_symbol(v->group, fact_str(f, "symbol"));
	const struct value *text = fact_value(f, "text");
	TRY(add_other(
	    v, f, fact_str(f, "title"), fact_str(f, "lang"), fact_i64(f, "meeting"), page, err));
	if (d && d->revises)
		TRY(document_set_revised(v->db, v->grp, d->revises, d->number, err));
	for (size_t i = 0; d && i < text->list.n; i++)
		TRY(document_paragraph_add(
		    v->db, v->grp, d->number, (int64_t)i + 1, text->list.p[i], err));
	return OK;
}

/* Each revision of a draft that has a symbol, with its text on the page of the draft. */
static enum rc add_revision(struct view *v, const struct fact *f, int64_t draft, struct err *err)
{
	const struct draft *of = draft_get(v->group, draft);
	const struct document_item *d =
	    document_by_symbol(v->group, draft_symbol(v->arena, of->symbol, of->revision));
	const struct value *text = fact_value(f, "text");
	if (!d || d->seq != f->seq)
		return OK;
	str page = arena_printf(
	    v->arena, "drafts/%lld/revisions/%lld", (long long)draft, (long long)of->revision);
	TRY(add_other(v, f, of->title, of->lang, 0, page, err));
	if (d->revises)
		TRY(document_set_revised(v->db, v->grp, d->revises, d->number, err));
	for (size_t i = 0; i < text->list.n; i++)
		TRY(document_paragraph_add(
		    v->db, v->grp, d->number, (int64_t)i + 1, text->list.p[i], err));
	return OK;
}

static enum rc apply_draft(struct view *v, const struct fact *f, struct err *err)
{
	return add_revision(v, f, fact_i64(f, "number"), err);
}

static enum rc apply_accept(struct view *v, const struct fact *f, struct err *err)
{
	return add_revision(v, f, fact_i64(f, "draft"), err);
}

static const struct applier appliers[] = {
    {"document.issue", apply_issue},
    {"report.issue", apply_report},
    {"compilation.issue", apply_compilation},
    {"draft.open", apply_draft},
    {"draft.accept", apply_accept},
};

const struct room_view document_view = {
    .schema = &document_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
