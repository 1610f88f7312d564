/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The library of documents, and one document. */
#include "rooms/document/document_pages.h"

#include "document_library.html.h"
#include "document_page.html.h"
#include "document_view.sql.h"
#include "base/utf8.h"
#include "engine/i18n.h"
#include "engine/room.h"
#include "rooms/document/document.h"

#include "base/poison.h"

static str kind_label(const struct page *p, str kind)
{
	return page_t(p, arena_z(p->arena, document_kind_label(kind)));
}

static url link_to(const struct page *p, str slug)
{
	return page_url(p, S("documents"), slug);
}

/* The page of another room that holds the text: "compilations/1/issued/2". */
static url elsewhere_url(const struct page *p, str path)
{
	str pieces[6], piece;
	size_t n = 0;
	while (path.n && n < sizeof pieces / sizeof pieces[0] && str_cut(&path, '/', &piece))
		pieces[n++] = piece;
	return page_url_(p, pieces, n);
}

/* ---- the library ---- */

static url filter_url(const struct page *p, str kind, int64_t meeting)
{
	url u = page_url(p, S("documents"));
	if (kind.n)
		u = url_query(p->arena, u, S("kind"), kind);
	if (meeting)
		u = url_query(p->arena, u, S("meeting"), page_i64(p, meeting));
	return u;
}

static enum rc fill_kinds(struct page *p, struct document_library *v, str kind, struct err *err)
{
	struct document_kinds_used_rows rows = {0};
	struct document_filter *all;
	TRY(document_kinds_used(p->db, p->arena, p->group.id, v->meeting, &rows, err));
	all = vec_push(p->arena, &v->kinds);
	*all = (struct document_filter){
	    filter_url(p, STR_EMPTY, v->meeting), page_t(p, "All"), 0, kind.n == 0};
	int64_t n = 0;
	for (size_t i = 0; i < rows.n; i++) {
		str k = rows.p[i].kind;
		n += rows.p[i].n;
		*vec_push(p->arena, &v->kinds) = (struct document_filter){
		    filter_url(p, k, v->meeting), kind_label(p, k), rows.p[i].n, str_eq(k, kind)};
	}
	v->kinds.p[0].n = n;
	page_fact(p, "kinds", document_kinds_used_rows_json(p->arena, &rows));
	return OK;
}

/* Shelves come in the order in which kinds are listed; on each the latest document first. */
static void fill_shelves(
    struct page *p, struct document_library *v, const struct document_list_rows *rows)
{
	for (const struct choice *c = document_kinds; c->value; c++) {
		struct document_shelf *shelf = NULL;
		for (size_t i = 0; i < rows->n; i++) {
			const struct document_list_row *row = &rows->p[i];
			if (!str_is(row->kind, c->value))
				continue;
			if (!shelf) {
				shelf = vec_push(p->arena, &v->shelves);
				shelf->kind = page_t(p, c->label);
			}
			*vec_push(p->arena, &shelf->lines) = (struct document_line){
			    .link = link_to(p, row->slug),
			    .symbol = row->symbol,
			    .title = row->title,
			    .lang = row->lang,
			    .language = i18n_name(row->lang),
			    .date = page_date(p, row->time),
			    .iso = when_date(p->arena, row->time),
			    .revised = row->revised_by > 0,
			    .record = page_record_url(p, row->seq),
			};
		}
	}
}

static enum rc library_page(struct page *p, struct err *err)
{
	struct document_library v = {0};
	struct document_list_rows rows = {0};
	str kind = page_param(p, "kind");
	str meeting = page_param(p, "meeting");
	if (meeting.n && (!str_to_i64(meeting, &v.meeting) || v.meeting < 1))
		return ERR(err, ABSENT, NULL, "There is no meeting {0}.", meeting);
	TRY(fill_kinds(p, &v, kind, err));
	TRY(document_list(p->db, p->arena, p->group.id, kind, v.meeting, &rows, err));
	fill_shelves(p, &v, &rows);
	v.of_meeting = v.meeting > 0;
	v.meeting_link = page_url(p, S("meetings"), page_i64(p, v.meeting));
	v.may_issue = page_may_do(p, "document.issue");
	v.issue = page_do_url(p, "document.issue", NULL, 0);
	page_fact(p, "documents", document_list_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "Documents"));
	p->description =
	    page_t(p, "Every document of the group, by kind, with its symbol and date.");
	document_library_html(&p->out, &v);
	return OK;
}

/* ---- one document ---- */

static enum rc find_document(struct page *p, struct document_get_row *row, struct err *err)
{
	bool found;
	str slug = page_arg(p, "symbol");
	TRY(document_get(p->db, p->arena, p->group.id, slug, row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no document {0} in this group.", slug);
	return OK;
}

static enum rc fill_text(
    struct page *p, struct document_page *v, const struct document_get_row *row, struct err *err)
{
	struct document_paragraphs_rows rows = {0};
	TRY(document_paragraphs(p->db, p->arena, p->group.id, row->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		str id = arena_printf(p->arena, "p%lld", (long long)rows.p[i].n);
		*vec_push(p->arena, &v->paragraphs) = (struct document_paragraph_shown){
		    rows.p[i].n, id, rows.p[i].text, url_fragment(p->arena, (url){STR_EMPTY}, id)};
	}
	page_fact(p, "paragraphs", document_paragraphs_rows_json(p->arena, &rows));
	return OK;
}

/* What is read out of a file may be a book: the page shows how it begins. */
#define EXCERPT 6000

static enum rc fill_files(
    struct page *p, struct document_page *v, const struct document_get_row *row, struct err *err)
{
	struct document_files_rows rows = {0};
	TRY(document_files(p->db, p->arena, p->group.id, row->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->files) = (struct document_file_shown){
		    .link = page_url(
		        p, S("documents"), row->slug, S("files"), page_i64(p, rows.p[i].n)),
		    .name = rows.p[i].name,
		    .type = page_media(p, rows.p[i].type),
		    .size = page_size(p, rows.p[i].size),
		    .text = str_head(rows.p[i].text, utf8_prefix(rows.p[i].text, EXCERPT)),
		    .cut = utf8_count(rows.p[i].text) > EXCERPT,
		};
	page_fact(p, "files", document_files_rows_json(p->arena, &rows));
	return OK;
}

static enum rc fill_chain(
    struct page *p, struct document_page *v, const struct document_get_row *row, struct err *err)
{
	struct document_chain_rows rows = {0};
	TRY(document_chain(p->db, p->arena, p->group.id, row->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		*vec_push(p->arena, &v->chain) = (struct document_line){
		    .link = link_to(p, rows.p[i].slug),
		    .symbol = rows.p[i].symbol,
		    .title = rows.p[i].title,
		    .lang = rows.p[i].lang,
		    .date = page_date(p, rows.p[i].time),
		    .iso = when_date(p->arena, rows.p[i].time),
		    .record = page_record_url(p, rows.p[i].seq),
		};
		if (rows.p[i].number == row->revised_by) {
			v->revised_by = link_to(p, rows.p[i].slug);
			v->revised_by_symbol = rows.p[i].symbol;
		}
	}
	page_fact(p, "chain", document_chain_rows_json(p->arena, &rows));
	return OK;
}

static enum rc one_page(struct page *p, struct err *err)
{
	struct document_get_row row;
	TRY(find_document(p, &row, err));
	struct document_page v = {
	    .symbol = row.symbol,
	    .title = row.title,
	    .kind = kind_label(p, row.kind),
	    .lang = row.lang,
	    .language = i18n_name(row.lang),
	    .date = page_date(p, row.time),
	    .iso = when_date(p->arena, row.time),
	    .seq = row.seq,
	    .record = page_record_url(p, row.seq),
	    .hash = row.leaf,
	    .revised = row.revised_by > 0,
	    .is_elsewhere = row.elsewhere.n > 0,
	    .is_report = str_is(row.kind, "report"),
	    .is_draft = str_starts(row.elsewhere, S("drafts/")),
	    .elsewhere = elsewhere_url(p, row.elsewhere),
	    .has_meeting = row.meeting > 0,
	    .meeting = page_url(p, S("meetings"), page_i64(p, row.meeting)),
	    .meeting_number = row.meeting,
	    .may_follow = row.elsewhere.n == 0 && page_may_do(p, "document.issue"),
	    .follow = page_do_url(p, "document.issue", "revises", row.number),
	};
	page_fact(p, "document", document_get_row_json(p->arena, &row));
	TRY(fill_text(p, &v, &row, err));
	TRY(fill_files(p, &v, &row, err));
	TRY(fill_chain(p, &v, &row, err));
	page_title(p, arena_printf(p->arena, "%.*s: %.*s", STR(row.symbol), STR(row.title)));
	document_page_html(&p->out, &v);
	return OK;
}

static enum rc file_page(struct page *p, struct err *err)
{
	struct document_get_row row;
	struct document_files_rows files = {0};
	int64_t n;
	TRY(find_document(p, &row, err));
	TRY(page_arg_i64(p, "file", &n, err));
	TRY(document_files(p->db, p->arena, p->group.id, row.number, &files, err));
	for (size_t i = 0; i < files.n; i++) {
		if (files.p[i].n != n)
			continue;
		p->file_type = files.p[i].type;
		p->file_name = files.p[i].name;
		p->file_untrusted = true;
		return page_part(p, row.seq, (size_t)files.p[i].part, &p->file_bytes, err);
	}
	return ERR(err, ABSENT, NULL, "This document has no file {0}.", page_i64(p, n));
}

/* ---- choices of forms ---- */

static enum rc document_options(struct page *p, struct form_options *out, struct err *err)
{
	struct document_list_rows rows = {0};
	TRY(document_list(p->db, p->arena, p->group.id, STR_EMPTY, 0, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].number),
		    arena_printf(
		        p->arena, "%.*s: %.*s", STR(rows.p[i].symbol), STR(rows.p[i].title)));
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/documents", ROLE_PUBLIC, library_page, "Documents"},
    {"/g/{group}/documents/{symbol}", ROLE_PUBLIC, one_page, NULL},
    {"/g/{group}/documents/{symbol}/files/{file}", ROLE_PUBLIC, file_page, NULL},
};

static const struct option_source options[] = {
    {"document", document_options},
};

const struct room_pages document_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
};
