/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * One contribution, its files, and the secretariat's inbox.
 *
 * What is not public is blanked by the statements (call_view.sql), with the viewer's rights as
 * parameters; a page only asks for texts and files of a row that says `readable`.
 */
#include "base/utf8.h"
#include "engine/i18n.h"
#include "rooms/call/call.h"
#include "call_inbox.html.h"
#include "rooms/call/call_pages.h"
#include "call_view.sql.h"
#include "contribution_page.html.h"

#include "base/poison.h"

/* ---- words ---- */

str contribution_status_label(const struct page *p, str status)
{
	static const struct {
		const char *status;
		const char *label;
	} labels[] = {
	    {"received", "Received"},
	    {"published", "Published"},
	    {"withheld", "Withheld on request"},
	    {"rejected", "Rejected"},
	    {"withdrawn", "Withdrawn"},
	    {"replaced", "Replaced"},
	};
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		if (str_is(status, labels[i].status))
			return page_t(p, labels[i].label);
	return status;
}

str call_category_label(const struct page *p, str category)
{
	for (const struct choice *c = call_categories; c->value; c++)
		if (str_is(category, c->value))
			return page_t(p, c->label);
	return category;
}

str call_language_name(str lang)
{
	return i18n_name(lang);
}

static str sentence_of(const struct page *p, const struct call_contribution_get_row *row)
{
	if (str_is(row->status, "received"))
		return page_t(p, "The secretariat has received this contribution and will look at "
		                 "it; it is not published yet.");
	if (str_is(row->status, "published"))
		return page_t(p, "Everyone can read this contribution.");
	if (str_is(row->status, "withheld"))
		return page_t(p,
		    "Its author asked that it is not published. The record proves that it exists.");
	if (str_is(row->status, "rejected"))
		return page_t(p, "The secretariat did not accept this contribution.");
	if (str_is(row->status, "withdrawn"))
		return page_t(p, "This contribution was withdrawn.");
	return page_t(p, "A newer contribution takes the place of this one.");
}

static str way_label(const struct page *p, str via)
{
	if (str_is(via, "mail"))
		return page_t(p, "By e-mail");
	if (str_is(via, "paper"))
		return page_t(p, "On paper");
	return page_t(p, "On this site");
}

/* ---- one contribution ---- */

static enum rc find_contribution(
    struct page *p, struct call_contribution_get_row *row, struct err *err)
{
	int64_t number;
	bool found;
	TRY(page_arg_i64(p, "contribution", &number, err));
	TRY(call_contribution_get(p->db, p->arena, p->group.id, number, call_sees_all(p),
	    call_viewer(p), row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no contribution {0}.", page_i64(p, number));
	return OK;
}

static str question_text(const struct call_questions_rows *questions, int64_t n)
{
	return n >= 1 && n <= (int64_t)questions->n ? questions->p[n - 1].text : STR_EMPTY;
}

static enum rc fill_text(struct page *p, struct contribution_page *v, struct err *err)
{
	struct call_questions_rows questions = {0};
	struct call_paragraphs_rows rows = {0};
	struct call_passage *passage = NULL;
	TRY(call_questions(p->db, p->arena, p->group.id, v->call_number, &questions, err));
	TRY(call_paragraphs(p->db, p->arena, p->group.id, v->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct call_paragraphs_row *row = &rows.p[i];
		if (!passage || passage->question != row->question) {
			passage = vec_push(p->arena, &v->passages);
			passage->question = row->question;
			passage->asked = question_text(&questions, row->question);
		}
		str id = arena_printf(
		    p->arena, "q%lld-p%lld", (long long)row->question, (long long)row->n);
		*vec_push(p->arena, &passage->paragraphs) =
		    (struct call_paragraph_shown){.n = row->n,
		        .id = id,
		        .link = url_fragment(p->arena, (url){STR_EMPTY}, id),
		        .text = row->text};
	}
	page_fact(p, "paragraphs", call_paragraphs_rows_json(p->arena, &rows));
	return OK;
}

/* What is read out of a file may be a book: the page shows how it begins. */
#define EXCERPT 6000

static enum rc fill_files(struct page *p, struct contribution_page *v, struct err *err)
{
	struct call_files_rows rows = {0};
	TRY(call_files(p->db, p->arena, p->group.id, v->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->files) = (struct call_file_shown){
		    .link = page_url(p, S("contributions"), page_i64(p, v->number), S("files"),
		        page_i64(p, rows.p[i].n)),
		    .name = rows.p[i].name,
		    .type = page_media(p, rows.p[i].type),
		    .size = page_size(p, rows.p[i].size),
		    .text = str_head(rows.p[i].text, utf8_prefix(rows.p[i].text, EXCERPT)),
		    .cut = utf8_count(rows.p[i].text) > EXCERPT,
		};
	page_fact(p, "files", call_files_rows_json(p->arena, &rows));
	return OK;
}

static enum rc fill_copies(struct page *p, struct contribution_page *v, struct err *err)
{
	struct call_copies_rows rows = {0};
	TRY(call_copies(p->db, p->arena, p->group.id, v->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->copies) = (struct call_copy){page_i64(p, rows.p[i].number),
		    rows.p[i].same_text ? page_t(p, "the same text")
		                        : page_t(p, "the same e-mail address")};
	return OK;
}

static void add_deed(
    struct page *p, struct contribution_page *v, const char *command, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->deeds) = (struct call_deed){
		    page_do_url(p, command, "contribution", v->number), page_t(p, label)};
}

static void fill_deeds(struct page *p, struct contribution_page *v, bool wish_withhold)
{
	bool received = str_is(v->state, "received");
	bool published = str_is(v->state, "published");
	if (received && call_sees_all(p)) {
		if (!wish_withhold)
			add_deed(p, v, "call.publish", "Publish");
		add_deed(p, v, "call.withhold", "Withhold at the author's request");
		add_deed(p, v, "call.reject", "Reject");
	}
	if ((received || published) && (v->own || call_sees_all(p))) {
		add_deed(p, v, "call.withdraw", "Withdraw the contribution");
		add_deed(p, v, "call.replace", "Replace it by a newer one");
	}
}

static void fill_contribution(
    struct page *p, const struct call_contribution_get_row *row, struct contribution_page *v)
{
	*v = (struct contribution_page){
	    .number = row->number,
	    .author = row->author,
	    .organisation = row->organisation,
	    .country = row->country,
	    .named = row->author.n > 0,
	    .category = call_category_label(p, row->category),
	    .language = call_language_name(row->lang),
	    .lang = row->lang,
	    .email = row->email,
	    .call = page_url(p, S("calls"), page_i64(p, row->call)),
	    .call_number = row->call,
	    .state = row->status,
	    .status = contribution_status_label(p, row->status),
	    .sentence = sentence_of(p, row),
	    .reason = row->reason,
	    .status_record = page_record_url(p, row->status_seq),
	    .time = call_moment_in(p, row->time, STR_EMPTY),
	    .changed = call_moment_in(p, row->status_time, STR_EMPTY),
	    .was_received = row->received > 0,
	    .received = call_moment_in(p, row->received, STR_EMPTY),
	    .late = row->late,
	    .cite = row->cite,
	    .readable = row->readable,
	    .is_public = row->published_seq != INT64_MIN,
	    .own = row->actor.n > 0 && str_eq(row->actor, call_viewer(p)),
	    .way = way_label(p, row->via),
	    .hash = row->leaf,
	    .seq = row->seq,
	    .record = page_record_url(p, row->seq),
	    .replaced = row->replaced_by > 0,
	    .replaced_by = page_url(p, S("contributions"), page_i64(p, row->replaced_by)),
	    .replaced_by_number = row->replaced_by,
	};
}

static str title_of(const struct page *p, const struct call_contribution_get_row *row)
{
	str args[] = {page_i64(p, row->number), row->author};
	return err_fill(p->arena,
	    page_t(p, row->author.n ? "Contribution {0}: {1}" : "Contribution {0}"), args, 2);
}

enum rc contribution_one_page(struct page *p, struct err *err)
{
	struct call_contribution_get_row row;
	struct call_get_row call;
	struct contribution_page v;
	bool found;
	TRY(find_contribution(p, &row, err));
	fill_contribution(p, &row, &v);
	TRY(call_get(p->db, p->arena, p->group.id, row.call, &call, &found, err));
	v.call_title = found ? call.title : STR_EMPTY;
	page_fact(p, "contribution", call_contribution_get_row_json(p->arena, &row));
	if (row.readable) {
		TRY(fill_text(p, &v, err));
		TRY(fill_files(p, &v, err));
		TRY(call_fill_uses(p, &v, err));
	}
	if (call_sees_all(p))
		TRY(fill_copies(p, &v, err));
	fill_deeds(p, &v, str_is(row.wish, "withhold"));
	page_title(p, title_of(p, &row));
	contribution_page_html(&p->out, &v);
	return OK;
}

enum rc contribution_file_page(struct page *p, struct err *err)
{
	struct call_contribution_get_row row;
	struct call_files_rows files = {0};
	int64_t n;
	TRY(find_contribution(p, &row, err));
	TRY(page_arg_i64(p, "file", &n, err));
	if (!row.readable)
		return ERR(err, ABSENT, NULL, "The files of this contribution are not public.");
	TRY(call_files(p->db, p->arena, p->group.id, row.number, &files, err));
	for (size_t i = 0; i < files.n; i++) {
		if (files.p[i].n != n)
			continue;
		p->file_type = files.p[i].type;
		p->file_name = files.p[i].name;
		p->file_untrusted = true;
		return page_part(p, row.seq, (size_t)files.p[i].part, &p->file_bytes, err);
	}
	return ERR(err, ABSENT, NULL, "This contribution has no file {0}.", page_i64(p, n));
}

/* ---- the inbox ---- */

static enum rc fill_item(
    struct page *p, const struct call_inbox_row *row, struct inbox_item *out, struct err *err)
{
	*out = (struct inbox_item){
	    .number = row->number,
	    .link = page_url(p, S("contributions"), page_i64(p, row->number)),
	    .call = page_url(p, S("calls"), page_i64(p, row->call)),
	    .title = row->title,
	    .author = row->author,
	    .organisation = row->organisation,
	    .email = row->email,
	    .category = call_category_label(p, row->category),
	    .language = call_language_name(row->lang),
	    .lang = row->lang,
	    .beginning = row->beginning,
	    .way = way_label(p, row->via),
	    .time = call_moment_in(p, row->time, STR_EMPTY),
	    .words = row->words,
	    .files = row->files,
	    .late = row->late,
	    .wish_withhold = str_is(row->wish, "withhold"),
	    .is_copy = row->copy_of > 0,
	    .copy_of = row->copy_of,
	    .copy_link = page_url(p, S("contributions"), page_i64(p, row->copy_of)),
	    .reject = page_do_url(p, "call.reject", "contribution", row->number),
	};
	TRY(form_make(p, out->wish_withhold ? "call.withhold" : "call.publish", &out->act, err));
	form_preset(&out->act, p->arena, "contribution", row->number);
	return OK;
}

enum rc contribution_inbox_page(struct page *p, struct err *err)
{
	struct call_inbox_rows rows = {0};
	struct inbox_page v = {0};
	TRY(call_inbox(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		TRY(fill_item(p, &rows.p[i], vec_push(p->arena, &v.items), err));
	page_fact(p, "inbox", call_inbox_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "Inbox of the secretariat"));
	call_inbox_html(&p->out, &v);
	return OK;
}
