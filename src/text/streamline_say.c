/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The table of provenance in words: for people, and as JSON. */
#include "base/buf.h"
#include "base/must.h"
#include "text/streamline_inner.h"

#include "base/poison.h"

str text_taken_name(enum text_taken t)
{
	switch (t) {
	case TEXT_TAKEN:
		return S("taken whole");
	case TEXT_TAKEN_IN_PART:
		return S("taken in part");
	case TEXT_NOT_TAKEN:
		return S("not taken");
	}
	return S("not taken");
}

static str id_at(const struct text_doc *d, size_t par)
{
	return par < d->n ? d->par[par].id : STR_EMPTY;
}

str text_op_where(const struct text_doc *d, const struct text_op *op)
{
	if (!text_op_is_live(op))
		return op->where;
	return id_at(d, op->kind == TEXT_INSERT_PARS ? op->after : op->par);
}

static str asks_edit(struct arena *a, str was, str text)
{
	was = str_trim(was).n ? str_trim(was) : was;
	text = str_trim(text).n ? str_trim(text) : text;
	if (!was.n)
		return arena_printf(a, "insert “%.*s”", STR(text));
	if (!text.n)
		return arena_printf(a, "delete “%.*s”", STR(was));
	return arena_printf(a, "replace “%.*s” by “%.*s”", STR(was), STR(text));
}

static str asks_new(struct arena *a, const struct text_op *op)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, op->news_n == 1 ? S("add a paragraph behind this one:")
	                            : S("add paragraphs behind this one:"));
	for (size_t i = 0; i < op->news_n; i++)
		buf_printf(&b, " “%.*s”", STR(op->news[i].text));
	return buf_str(&b);
}

/* The last words before a place. */
static str before(struct arena *a, const struct text_par *p, size_t at)
{
	str s = text_par_between(a, p, 0, at);
	size_t from = s.n, words = 0;
	while (from && words < 5 && s.n - from < 60)
		words += s.p[--from] == ' ' && from + 1 < s.n;
	while (from < s.n && ((unsigned char)s.p[from] & 0xC0) == 0x80)
		from++;
	return str_trim(str_skip(s, from));
}

static str asks_move(struct arena *a, const struct text_doc *d, const struct text_op *op)
{
	str from = id_at(d, op->par), to = id_at(d, op->last);
	str what = op->par == op->last ? from : arena_printf(a, "%.*s to %.*s", STR(from), STR(to));
	if (op->after == TEXT_START)
		return arena_printf(a, "move %.*s to the beginning", STR(what));
	return arena_printf(a, "move %.*s to behind %.*s", STR(what), STR(id_at(d, op->after)));
}

str text_op_asks(struct arena *a, const struct text_doc *d, const struct text_op *op)
{
	if (op->news_n && (op->kind == TEXT_INSERT_PARS || !text_op_is_live(op)))
		return asks_new(a, op);
	if (!text_op_is_live(op))
		return asks_edit(a, op->was, op->text);
	must(op->par < d->n);
	const struct text_par *p = &d->par[op->par];
	switch (op->kind) {
	case TEXT_EDIT:
		return asks_edit(a, text_par_between(a, p, op->from, op->to), op->text);
	case TEXT_INSERT_PARS:
		return asks_new(a, op);
	case TEXT_DELETE_PAR:
		return arena_printf(a, "delete the paragraph “%.*s”", STR(text_par_read(a, p)));
	case TEXT_MOVE:
		return asks_move(a, d, op);
	case TEXT_SPLIT:
		return arena_printf(
		    a, "begin a new paragraph behind “%.*s”", STR(before(a, p, op->from)));
	case TEXT_JOIN:
		return arena_printf(a, "join the paragraph with %.*s", STR(id_at(d, op->last)));
	case TEXT_RESTORE:
		return S("put back what was deleted in the paragraph");
	case TEXT_RESTORE_PAR:
		return S("put back the paragraph");
	}
	return STR_EMPTY;
}

struct json *text_provenance_json(struct arena *a, const struct text_streamlined *s,
    const struct text_amendment *list, const struct text_doc *d)
{
	struct json *rows = json_new_array(a);
	const struct text_amendment *merged = &s->list[s->merged];
	for (size_t i = 0; i < s->rows_n; i++) {
		const struct text_provenance *row = &s->row[i];
		struct json *o = json_add(rows, json_new_object(a));
		json_put_str(a, o, S("source"), list[row->source].id);
		json_put_str(a, o, S("party"), list[row->source].party);
		json_put_i64(a, o, S("op"), (int64_t)row->op);
		json_put_str(a, o, S("par"), row->where);
		json_put_str(a, o, S("asks"), row->asks);
		json_put_str(a, o, S("taken"), text_taken_name(row->taken));
		json_put_str(a, o, S("kept"), row->kept);
		json_put_str(a, o, S("left_out"), row->left_out);
		json_put_str(a, o, S("result"), merged->id);
		struct json *by = json_put(o, S("by"), json_new_array(a));
		for (size_t k = 0; k < row->by_n; k++)
			json_add(by, json_of_str(a, text_op_asks(a, d, &merged->ops[row->by[k]])));
	}
	return rows;
}

static void put_row(struct arena *a, struct buf *b, const struct text_streamlined *s,
    const struct text_provenance *row, const struct text_doc *d)
{
	const struct text_amendment *merged = &s->list[s->merged];
	buf_put(b, S("  "));
	if (row->where.n)
		buf_printf(b, "%.*s: ", STR(row->where));
	buf_printf(b, "%.*s\n    %.*s", STR(row->asks), STR(text_taken_name(row->taken)));
	if (row->taken == TEXT_TAKEN_IN_PART && row->kept.n)
		buf_printf(b, "; kept: “%.*s”", STR(row->kept));
	if (row->taken == TEXT_TAKEN_IN_PART && row->left_out.n)
		buf_printf(b, "; left out: “%.*s”", STR(row->left_out));
	for (size_t k = 0; k < row->by_n; k++)
		buf_printf(b, "%s%.*s",
		    k ? "; " : "\n    now: ", STR(text_op_asks(a, d, &merged->ops[row->by[k]])));
	buf_putc(b, '\n');
}

str text_provenance_text(struct arena *a, const struct text_streamlined *s,
    const struct text_amendment *list, const struct text_doc *d)
{
	struct buf b = buf_in(a, 0);
	const struct text_amendment *merged = &s->list[s->merged];
	buf_printf(&b, "Brought together in %.*s (%.*s", STR(merged->id), STR(merged->party));
	for (size_t i = 0; i < merged->cosponsors_n; i++)
		buf_printf(&b, ", %.*s", STR(merged->cosponsors[i]));
	buf_put(&b, S("):\n"));
	for (size_t i = 0; i < s->rows_n; i++) {
		const struct text_amendment *m = &list[s->row[i].source];
		if (!i || s->row[i - 1].source != s->row[i].source)
			buf_printf(&b, "\n%.*s (%.*s)\n", STR(m->id), STR(m->party));
		put_row(a, &b, s, &s->row[i], d);
	}
	return buf_str(&b);
}
