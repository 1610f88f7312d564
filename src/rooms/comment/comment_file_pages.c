/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What leaves the commenting table: the file of eight columns, and marks in the text. */
#include "rooms/comment/comment_pages.h"

#include "base/csv.h"
#include "draft_view.sql.h"
#include "rooms/comment/comment.h"
#include "text/markup.h"

#include "base/poison.h"

static str observation(struct arena *a, const struct comment_list_rows_row *row)
{
	str label = str_of(comment_disposition_label(comment_disposition_of(row->disposition)));
	if (!label.n || !row->observation.n)
		return label.n ? label : row->observation;
	return arena_printf(a, "%.*s: %.*s", STR(label), STR(row->observation));
}

static void put_row(struct arena *a, struct buf *b, const struct comment_list_rows_row *row)
{
	str cells[COMMENT_COLUMNS] = {row->code.n ? row->code : row->party, row->line, row->clause,
	    row->place, row->kind, row->text, row->change, observation(a, row)};
	for (size_t i = 0; i < COMMENT_COLUMNS; i++)
		cells[i] = csv_guard(a, cells[i]);
	csv_write(b, cells, COMMENT_COLUMNS);
}

/* Withdrawn comments are in the record and not in the table. */
enum rc comment_page_file(struct page *p, struct err *err)
{
	struct comment_list_rows_rows rows = {0};
	struct draft_one_row draft;
	struct buf b = buf_in(p->arena, 0);
	str titles[COMMENT_COLUMNS];
	int64_t number;
	bool found;
	TRY(page_arg_i64(p, "draft", &number, err));
	TRY(draft_one(p->db, p->arena, p->group.id, number, &draft, &found, err));
	if (!found)
		return ERR(
		    err, ABSENT, NULL, "There is no draft {0} in this group.", page_i64(p, number));
	TRY(comment_list_rows(p->db, p->arena, p->group.id, number, STR_EMPTY, STR_EMPTY, STR_EMPTY,
	    STR_EMPTY, &rows, err));
	/* Without the mark at the beginning, spreadsheets take UTF-8 for an older character set. */
	buf_put(&b, S("\xef\xbb\xbf"));
	for (size_t i = 0; i < COMMENT_COLUMNS; i++)
		titles[i] = str_of(comment_columns[i]);
	csv_write(&b, titles, COMMENT_COLUMNS);
	for (size_t i = 0; i < rows.n; i++)
		if (rows.p[i].withdrawn_seq == INT64_MIN)
			put_row(p->arena, &b, &rows.p[i]);
	p->file_bytes = buf_str(&b);
	p->file_type = S("text/csv; charset=utf-8");
	p->file_name = arena_printf(
	    p->arena, "%.*s-draft-%lld-comments.csv", STR(p->group.slug), (long long)number);
	return OK;
}

enum rc comment_load_marks(
    struct page *p, int64_t draft, struct comment_marks *out, struct err *err)
{
	struct comment_counts_rows rows = {0};
	*out = (struct comment_marks){.page = p,
	    .n_of = map_in(p->arena),
	    .all = page_url(p, S("drafts"), page_i64(p, draft), S("comments"))};
	TRY(comment_counts(p->db, p->arena, p->group.id, draft, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		out->total += rows.p[i].n;
		if (rows.p[i].paragraph.n)
			map_put(&out->n_of, rows.p[i].paragraph, &rows.p[i].n);
	}
	page_fact(p, "comments", comment_counts_rows_json(p->arena, &rows));
	return OK;
}

void comment_put_mark(struct markup *m, const struct comment_marks *c, str paragraph)
{
	struct page *p = c->page;
	const int64_t *n = map_get(&c->n_of, paragraph);
	if (!n)
		return;
	markup_open(m, "a");
	markup_attr(m, "href", url_query(p->arena, c->all, S("paragraph"), paragraph).s);
	markup_text(m, page_say(p, "Comments ({0})", page_i64(p, *n), STR_EMPTY));
	markup_close(m);
	markup_text(m, S(" "));
}
