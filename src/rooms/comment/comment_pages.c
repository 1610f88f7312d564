/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/comment/comment_pages.h"

#include "comment_table.html.h"
#include "draft_view.sql.h"
#include "engine/room.h"
#include "rooms/comment/comment.h"
#include "text/op_json.h"

#include "base/poison.h"

/* A draft and its text of now. */
struct subject {
	struct draft_one_row draft;
	struct text_doc doc;
};

static enum rc load(struct page *p, struct subject *s, struct err *err)
{
	struct draft_revision_one_row revision;
	struct json *doc;
	int64_t number;
	bool found;
	TRY(page_arg_i64(p, "draft", &number, err));
	TRY(draft_one(p->db, p->arena, p->group.id, number, &s->draft, &found, err));
	if (!found)
		return ERR(
		    err, ABSENT, NULL, "There is no draft {0} in this group.", page_i64(p, number));
	TRY(draft_revision_one(
	    p->db, p->arena, p->group.id, number, s->draft.revision, &revision, &found, err));
	TRY(json_parse(p->arena, revision.doc, "doc", &doc, err));
	return text_doc_of_json(p->arena, doc, &s->doc, err);
}

static url table_url(const struct page *p, int64_t draft)
{
	return page_url(p, S("drafts"), page_i64(p, draft), S("comments"));
}

/* --- choices --- */

static str kind_label(const struct page *p, str kind)
{
	if (str_is(kind, "ge"))
		return page_t(p, "General (ge)");
	return str_is(kind, "te") ? page_t(p, "Technical (te)") : page_t(p, "Editorial (ed)");
}

/* In the language of the reader; the file has them in English. */
static str disposition_label(const struct page *p, str word)
{
	return page_t(p, comment_disposition_label(comment_disposition_of(word)));
}

static enum rc fill_paragraphs(
    struct page *p, struct comment_page *v, const struct subject *s, struct err *err)
{
	struct filter_field *f = filter_select(p, &v->filter, "paragraph", "Paragraph");
	struct comment_counts_rows counts = {0};
	struct map has = map_in(p->arena);
	TRY(comment_counts(p->db, p->arena, p->group.id, s->draft.number, &counts, err));
	for (size_t i = 0; i < counts.n; i++)
		map_put(&has, counts.p[i].paragraph, &counts.p[i]);
	for (size_t i = 0; i < s->doc.n; i++) {
		const struct text_par *par = &s->doc.par[i];
		if (map_get(&has, par->id))
			filter_choice(p, f, par->id, par->number.n ? par->number : par->id);
	}
	return OK;
}

static enum rc fill_filters(
    struct page *p, struct comment_page *v, const struct subject *s, struct err *err)
{
	static const char *const kinds[] = {"ge", "te", "ed"};
	struct comment_parties_rows parties = {0};
	struct filter_field *f;
	TRY(fill_paragraphs(p, v, s, err));
	TRY(comment_parties(p->db, p->arena, p->group.id, s->draft.number, &parties, err));
	f = filter_select(p, &v->filter, "party", "From");
	for (size_t i = 0; i < parties.n; i++)
		filter_choice(p, f, parties.p[i].party, parties.p[i].party);
	f = filter_select(p, &v->filter, "kind", "Type of comment");
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		filter_choice(p, f, str_of(kinds[i]), kind_label(p, str_of(kinds[i])));
	f = filter_select(p, &v->filter, "disposition", "Disposition");
	filter_choice(p, f, S("open"), page_t(p, "No disposition yet"));
	for (int d = COMMENT_ACCEPTED; d < COMMENT_DISPOSITIONS; d++) {
		str word = str_of(comment_disposition_word((enum comment_disposition)d));
		filter_choice(p, f, word, disposition_label(p, word));
	}
	return OK;
}

/* --- lines --- */

static void fill_line_actions(struct page *p, struct comment_line *l, int64_t draft,
    const struct comment_list_rows_row *row, int64_t own_seat)
{
	static const struct {
		const char *command, *label;
	} all[] = {{"comment.dispose", "Give a disposition"}, {"comment.withdraw", "Withdraw"}};
	bool office = page_may(p, ROLE_OFFICE), open = !row->disposition.n;
	bool may[] = {true, open && (office || (own_seat && own_seat == row->seat))};
	for (size_t i = 0; row->withdrawn_seq == INT64_MIN && i < 2; i++)
		if (may[i] && page_may_do(p, all[i].command))
			*vec_push(p->arena, &l->actions) =
			    (struct comment_link){page_t(p, all[i].label),
			        url_query(p->arena, page_do_url(p, all[i].command, "draft", draft),
			            S("comment"), page_i64(p, row->number))};
}

/* The name of its paragraph as the text has it now; as written, when the text has it no more. */
static void fill_place(struct page *p, struct comment_line *l, const struct subject *s,
    const struct comment_list_rows_row *row)
{
	size_t at = row->paragraph.n ? text_doc_find(&s->doc, row->paragraph) : TEXT_START;
	l->placed = at != TEXT_START && !s->doc.par[at].is_gone;
	l->unplaced = !row->paragraph.n && (row->place.n || row->clause.n);
	l->place = row->place;
	if (!l->placed)
		return;
	const struct text_par *par = &s->doc.par[at];
	l->place = par->number.n ? par->number : par->id;
	l->to_par =
	    url_fragment(p->arena, page_url(p, S("drafts"), page_i64(p, s->draft.number)), par->id);
}

static void fill_observation(
    struct page *p, struct comment_line *l, const struct comment_list_rows_row *row)
{
	bool withdrawn = row->withdrawn_seq != INT64_MIN;
	l->state = withdrawn ? S("withdrawn") : row->disposition.n ? row->disposition : S("open");
	l->disposition = withdrawn            ? page_t(p, "Withdrawn")
	                 : row->disposition.n ? disposition_label(p, row->disposition)
	                                      : STR_EMPTY;
	l->observation = row->observation;
	if (row->disposed_seq != INT64_MIN) {
		l->disposed = page_date(p, row->disposed_at);
		l->disposed_record = page_record_url(p, row->disposed_seq);
	}
}

static void fill_line(struct page *p, struct comment_page *v, const struct subject *s,
    const struct comment_list_rows_row *row, int64_t own_seat)
{
	struct comment_line *l = vec_push(p->arena, &v->lines);
	*l = (struct comment_line){
	    .id = arena_printf(p->arena, "comment-%lld", (long long)row->number),
	    .number = row->number,
	    .party = row->party,
	    .unknown = !row->seat && row->imported,
	    .line = row->line,
	    .clause = row->clause,
	    .kind = row->kind,
	    .text = row->text,
	    .change = row->change,
	    .date = page_date(p, row->at),
	    .record = page_record_url(p, row->seq)};
	fill_place(p, l, s, row);
	fill_observation(p, l, row);
	fill_line_actions(p, l, s->draft.number, row, own_seat);
	v->open += row->withdrawn_seq == INT64_MIN && !row->disposition.n;
	v->unplaced += l->unplaced;
	v->shown++;
}

static enum rc own_seat(struct page *p, int64_t *seat, struct err *err)
{
	struct draft_own_seat_row row;
	bool found = false;
	if (p->viewer.signed_in)
		TRY(draft_own_seat(p->db, p->arena, p->group.id,
		    actor_str(p->arena, p->viewer.actor), &row, &found, err));
	*seat = found ? row.seat : 0;
	return OK;
}

static enum rc fill_lines(
    struct page *p, struct comment_page *v, const struct subject *s, struct err *err)
{
	struct comment_list_rows_rows rows = {0};
	int64_t seat;
	TRY(own_seat(p, &seat, err));
	TRY(comment_list_rows(p->db, p->arena, p->group.id, s->draft.number,
	    page_param(p, "paragraph"), page_param(p, "party"), page_param(p, "kind"),
	    page_param(p, "disposition"), &rows, err));
	page_fact(p, "comments", comment_list_rows_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		fill_line(p, v, s, &rows.p[i], seat);
	return OK;
}

static void action(
    struct page *p, struct comment_page *v, int64_t draft, const char *command, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->actions) = (struct comment_link){
		    page_t(p, label), page_do_url(p, command, "draft", draft)};
}

enum rc comment_page_table(struct page *p, struct err *err)
{
	struct subject s;
	TRY(load(p, &s, err));
	int64_t number = s.draft.number;
	struct comment_page v = {.title = s.draft.title,
	    .lang = s.draft.lang,
	    .to_draft = page_url(p, S("drafts"), page_i64(p, number)),
	    .filter = filter_of(table_url(p, number)),
	    .file = page_url(p, S("drafts"), page_i64(p, number), S("comments.csv"))};
	TRY(fill_filters(p, &v, &s, err));
	TRY(fill_lines(p, &v, &s, err));
	action(p, &v, number, "comment.make", "Comment on the draft");
	action(p, &v, number, "comment.import", "Bring in a commenting table");
	page_fact(p, "draft", json_of_i64(p->arena, number));
	page_title(p, page_say(p, "Comments on {0}", s.draft.title, STR_EMPTY));
	comment_table_html(&p->out, &v);
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/drafts/{draft}/comments", ROLE_PUBLIC, comment_page_table, NULL},
    {"/g/{group}/drafts/{draft}/comments.csv", ROLE_PUBLIC, comment_page_file, NULL},
};

/* Only the office says for whom it acts. */
static enum rc shape_seat(struct page *p, struct form *f, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < f->fields.n; i++) {
		struct form_field *ff = &f->fields.p[i];
		if (strcmp(ff->field->name, "seat") == 0 && !page_may(p, ROLE_OFFICE) &&
		    !ff->error.n)
			ff->hidden = true;
	}
	return OK;
}

static const struct form_shape shapes[] = {
    {"comment.make", shape_seat},
    {"comment.import", shape_seat},
};

const struct room_pages comment_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .shapes = shapes,
    .shapes_n = sizeof shapes / sizeof shapes[0],
};
