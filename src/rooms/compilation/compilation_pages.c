/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Compilations, one of them, a revision of it, and the routes of this room. */
#include "rooms/compilation/compilation_pages.h"

#include "compilation_index.html.h"
#include "compilation_page.html.h"
#include "compilation_view.sql.h"
#include "engine/room.h"

#include "base/poison.h"

url compilation_url(const struct page *p, int64_t number, const char *below)
{
	str n = page_i64(p, number);
	return below[0] ? page_url(p, S("compilations"), n, str_of(below))
	                : page_url(p, S("compilations"), n);
}

/* ---- all compilations ---- */

static void add_card(
    struct page *p, struct compilation_index *v, const struct compilation_list_row *row)
{
	struct page there = *p;
	there.group.zone = row->zone;
	*vec_push(p->arena, &v->cards) = (struct compilation_card){
	    .number = row->number,
	    .title = row->title,
	    .state = row->closed ? S("closed") : S("open"),
	    .state_label =
	        row->closed ? page_t(p, "Closed for revision") : page_t(p, "Open for revision"),
	    .deadline = page_time(&there, row->deadline),
	    .deadline_iso = page_iso(p, row->deadline),
	    .symbol = row->symbol,
	    .to = compilation_url(p, row->number, ""),
	    .record = page_record_url(p, row->seq),
	};
}

static enum rc index_page(struct page *p, struct err *err)
{
	struct compilation_index v = {
	    .open = page_do_url(p, "compilation.open", NULL, 0),
	    .proposals = page_url(p, S("proposals")),
	};
	struct compilation_list_rows rows = {0};
	TRY(compilation_list(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		add_card(p, &v, &rows.p[i]);
	v.may_open = page_may_do(p, "compilation.open") && (!rows.n || rows.p[0].symbol.n);
	page_fact(p, "compilations", compilation_list_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "Compilations"));
	p->description = page_t(p, "One document out of everyone's proposals.");
	compilation_index_html(&p->out, &v);
	return OK;
}

/* ---- one compilation ---- */

static void split_text(struct page *p, str text, struct compilation_issued *out)
{
	while (text.n) {
		size_t end = str_find(text, S("\n\n"));
		*vec_push(p->arena, &out->paragraphs) =
		    str_head(text, end == SIZE_MAX ? text.n : end);
		text = end == SIZE_MAX ? STR_EMPTY : str_skip(text, end + 2);
	}
}

static enum rc fill_issues(struct page *p, struct compilation_page *v,
    struct compilation_issues_rows *rows, struct err *err)
{
	TRY(compilation_issues(p->db, p->arena, p->group.id, v->book->number, rows, err));
	page_fact(p, "issues", compilation_issues_rows_json(p->arena, rows));
	for (size_t i = 0; i < rows->n; i++) {
		const struct compilation_issues_row *row = &rows->p[i];
		struct compilation_issued *x = vec_push(p->arena, &v->issues);
		*x = (struct compilation_issued){
		    .issue = row->issue,
		    .symbol = row->symbol,
		    .title = row->title,
		    .lang = row->lang,
		    .date = page_date(p, row->at),
		    .iso = page_iso(p, row->at),
		    .to = page_url(p, S("compilations"), page_i64(p, v->book->number), S("issued"),
		        page_i64(p, row->issue)),
		    .document = page_url(p, S("documents"), row->slug),
		    .record = page_record_url(p, row->seq),
		};
		split_text(p, row->text, x);
	}
	return OK;
}

static void deed(struct page *p, struct compilation_page *v, const char *command, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->deeds) = (struct compilation_deed){
		    page_t(p, label), page_do_url(p, command, "compilation", v->book->number)};
}

static void fill_deeds(struct page *p, struct compilation_page *v)
{
	size_t standing = 0;
	for (size_t i = 0; i < v->book->chapters.n; i++)
		standing += !v->book->chapters.p[i].result;
	deed(p, v, "compilation.section", "Add a section");
	if (standing)
		deed(p, v, "compilation.place", "Place proposals");
	if (v->book->entries > 1 && page_may_do(p, "proposal.merge"))
		*vec_push(p->arena, &v->deeds) = (struct compilation_deed){
		    page_t(p, "Merge entries"), page_do_url(p, "proposal.merge", NULL, 0)};
	if (standing)
		deed(p, v, "compilation.rename_section", "Rename a section");
	if (standing > 1)
		deed(p, v, "compilation.merge_sections", "Merge sections");
	deed(p, v, "compilation.extend", "Extend the deadline");
	if (v->book->entries)
		deed(p, v, "compilation.issue", "Issue the compilation");
}

static struct compilation_page page_of(const struct page *p, const struct compilation_book *b)
{
	return (struct compilation_page){
	    .book = b,
	    .total = (int64_t)b->all.n,
	    .self = compilation_url(p, b->number, ""),
	    .all = page_url(p, S("compilations")),
	    .unplaced = compilation_url(p, b->number, "unplaced"),
	    .provenance = compilation_url(p, b->number, "provenance"),
	    .tasks = compilation_url(p, b->number, "mine"),
	    .print_view = compilation_url(p, b->number, "print"),
	};
}

/* More entries than this are shown one section at a time. */
#define WHOLE_MOST 300

static enum rc choose_section(struct page *p, struct compilation_page *v, struct err *err)
{
	str section = page_param(p, "section");
	v->only = v->book->entries > WHOLE_MOST && !v->frozen ? -1 : 0;
	if (section.n && (!str_to_i64(section, &v->only) || v->only < 1))
		return ERR(
		    err, ABSENT, NULL, "There is no section {0} in this compilation.", section);
	for (size_t i = 0; i < v->book->chapters.n; i++) {
		const struct compilation_chapter *c = &v->book->chapters.p[i];
		if (!c->result)
			*vec_push(p->arena, &v->contents) = (struct compilation_deed){
			    page_say(p, "{0} ({1})", c->heading, page_i64(p, c->entries)),
			    v->only
			        ? url_query(p->arena, v->self, S("section"), page_i64(p, c->number))
			        : c->place};
	}
	return OK;
}

/* True for the compilation that is being worked on. */
static enum rc is_current(struct page *p, int64_t number, bool *out, struct err *err)
{
	struct compilation_list_rows rows = {0};
	TRY(compilation_list(p->db, p->arena, p->group.id, &rows, err));
	*out = rows.n && rows.p[0].number == number;
	return OK;
}

static enum rc one_page(struct page *p, struct err *err)
{
	struct compilation_book book;
	struct compilation_issues_rows issues = {0};
	struct compilation_tasks_page tasks = {0};
	int64_t number;
	bool current;
	TRY(page_arg_i64(p, "compilation", &number, err));
	TRY(compilation_book_make(p, number, COMPILATION_NOW, &book, err));
	struct compilation_page v = page_of(p, &book);
	TRY(fill_issues(p, &v, &issues, err));
	TRY(is_current(p, number, &current, err));
	if (current)
		fill_deeds(p, &v);
	if (current && page_may(p, ROLE_MEMBER)) {
		TRY(compilation_tasks_make(p, &book, &tasks, err));
		v.mine = (int64_t)(tasks.merges.n + tasks.entries.n);
	}
	TRY(choose_section(p, &v, err));
	compilation_book_facts(p, &book);
	page_title(p, book.title);
	p->description = page_t(p, "One document out of everyone's proposals.");
	compilation_page_html(&p->out, &v);
	return OK;
}

static enum rc print_page(struct page *p, struct err *err)
{
	struct compilation_book book;
	struct compilation_provenance_page origins = {.book = &book, .print = true};
	int64_t number;
	TRY(page_arg_i64(p, "compilation", &number, err));
	TRY(compilation_book_make(p, number, COMPILATION_NOW, &book, err));
	struct compilation_page v = page_of(p, &book);
	v.frozen = v.print = true;
	TRY(choose_section(p, &v, err));
	compilation_origins(p, &origins);
	compilation_book_facts(p, &book);
	page_title(p, book.title);
	compilation_print_html(&p->out, &v, &origins);
	return OK;
}

static enum rc issued_page(struct page *p, struct err *err)
{
	struct compilation_book now = {0}, book;
	struct compilation_issues_rows issues = {0};
	int64_t issue;
	TRY(page_arg_i64(p, "compilation", &now.number, err));
	TRY(page_arg_i64(p, "issue", &issue, err));
	struct compilation_page before = {.book = &now};
	TRY(fill_issues(p, &before, &issues, err));
	if (issue < 1 || issue > (int64_t)issues.n)
		return ERR(err, ABSENT, NULL,
		    "The compilation has no revision {0} that was issued.", page_i64(p, issue));
	TRY(compilation_book_make(p, now.number, issues.p[issue - 1].seq, &book, err));
	struct compilation_provenance_page origins = {.book = &book, .print = true};
	struct compilation_page v = page_of(p, &book);
	v.frozen = true;
	TRY(choose_section(p, &v, err));
	v.issued = &before.issues.p[issue - 1];
	compilation_origins(p, &origins);
	compilation_book_facts(p, &book);
	page_title(p, page_say(p, "{0}: {1}", v.issued->symbol, v.issued->title));
	compilation_print_html(&p->out, &v, &origins);
	return OK;
}

/* ---- choices of forms ---- */

static enum rc compilation_options(struct page *p, struct form_options *out, struct err *err)
{
	struct compilation_list_rows rows = {0};
	TRY(compilation_list(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].number),
		    page_say(p, "{0}. {1}", page_i64(p, rows.p[i].number), rows.p[i].title));
	return OK;
}

/* The sections that stand, of the compilation that is being worked on. */
static enum rc section_options(struct page *p, struct form_options *out, struct err *err)
{
	struct compilation_list_rows all = {0};
	struct compilation_sections_rows rows = {0};
	TRY(compilation_list(p->db, p->arena, p->group.id, &all, err));
	if (all.n == 0)
		return OK;
	TRY(compilation_sections(
	    p->db, p->arena, p->group.id, all.p[0].number, COMPILATION_NOW, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (!rows.p[i].result)
			form_option_add(p, out, page_i64(p, rows.p[i].section), rows.p[i].heading);
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/compilations", ROLE_PUBLIC, index_page, "Compilations"},
    {"/g/{group}/compilations/{compilation}", ROLE_PUBLIC, one_page, NULL},
    {"/g/{group}/compilations/{compilation}/unplaced", ROLE_PUBLIC, compilation_unplaced_page,
        NULL},
    {"/g/{group}/compilations/{compilation}/provenance", ROLE_PUBLIC, compilation_provenance_page,
        NULL},
    {"/g/{group}/compilations/{compilation}/print", ROLE_PUBLIC, print_page, NULL},
    {"/g/{group}/compilations/{compilation}/mine", ROLE_MEMBER | ROLE_OFFICE,
        compilation_tasks_page, NULL},
    {"/g/{group}/compilations/{compilation}/issued/{issue}", ROLE_PUBLIC, issued_page, NULL},
};

static const struct option_source options[] = {
    {"compilation", compilation_options},
    {"compilation_section", section_options},
};

static const struct form_shape shapes[] = {
    {"compilation.extend", compilation_shape_current},
    {"compilation.section", compilation_shape_current},
    {"compilation.rename_section", compilation_shape_current},
    {"compilation.merge_sections", compilation_shape_current},
    {"compilation.place", compilation_shape_place},
    {"compilation.unplace", compilation_shape_place},
    {"compilation.confirm", compilation_shape_confirm},
    {"compilation.issue", compilation_shape_issue},
};

const struct room_pages compilation_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
    .shapes = shapes,
    .shapes_n = sizeof shapes / sizeof shapes[0],
};
