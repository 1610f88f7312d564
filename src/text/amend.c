/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/amend.h"

#include "text/amend_ops.h"

#include "base/must.h"
#include "base/poison.h"

/* "a2, operation 3": what an error begins with. */
static str label(struct text_drafting *w)
{
	return w->wish == SIZE_MAX
	           ? w->out->id
	           : arena_printf(w->arena, "%.*s, operation %zu", STR(w->out->id), w->wish + 1);
}

enum rc text_drafting_par(
    struct text_drafting *w, const char *field, str id, bool gone_too, size_t *out, struct err *err)
{
	*out = text_doc_find(w->doc, id);
	if (*out == TEXT_START)
		return ERR(err, INVALID, field, TEXT_SAYS_NO_PAR, label(w), id);
	if (w->doc->par[*out].is_gone && !gone_too)
		return ERR(err, INVALID, field, TEXT_SAYS_GONE, label(w), id);
	return OK;
}

enum rc text_drafting_refuse(
    struct text_drafting *w, const char *field, const char *msg, str arg, struct err *err)
{
	return ERR(err, INVALID, field, msg, label(w), arg);
}

/* The byte of the text that is read where grapheme n begins. */
static enum rc byte_of(
    struct text_drafting *w, const char *field, size_t par, size_t n, size_t *out, struct err *err)
{
	str read = text_par_read(w->arena, &w->doc->par[par]);
	*out = text_grapheme_at(w->lexer, read, n);
	if (*out != SIZE_MAX)
		return OK;
	str is = arena_printf(w->arena, "`%s` is %zu", field, n);
	str has = arena_printf(w->arena, "paragraph %.*s has %zu graphemes",
	    STR(w->doc->par[par].id), text_graphemes(w->lexer, read));
	return ERR(err, INVALID, field, "Amendment {0}: {1}, but {2}.", label(w), is, has);
}

/* A place in the middle of a grapheme, but of no code point. */
static enum rc exact_byte(struct text_drafting *w, const char *field, const struct text_par *p,
    size_t byte, size_t *out, struct err *err)
{
	if (byte > p->full.n || (byte < p->full.n && (p->full.p[byte] & 0xc0) == 0x80))
		return text_drafting_refuse(w, field,
		    "Amendment {0}: there is no place at that byte of paragraph {1}.", p->id, err);
	*out = byte;
	return OK;
}

/* The position of a wish that was written after a rebase. */
static enum rc exact(struct text_drafting *w, const char *field, size_t par, size_t n, size_t past,
    size_t byte, size_t *out, struct err *err)
{
	const struct text_par *p = &w->doc->par[par];
	size_t shown;
	if (byte)
		return exact_byte(w, field, p, byte, out, err);
	TRY(byte_of(w, field, par, n, &shown, err));
	size_t at = text_par_at(p, shown, 0), end = at;
	for (size_t k = 0; k < p->gone_n; k++)
		if (p->gone[k].from == at)
			end = p->gone[k].to;
	size_t bytes = text_grapheme_at(w->lexer, (str){p->full.p + at, end - at}, past);
	if (bytes == SIZE_MAX)
		return text_drafting_refuse(w, field,
		    "Amendment {0}: less has been deleted at this place of paragraph {1}.", p->id,
		    err);
	*out = at + bytes;
	return OK;
}

/* Positions of an edit of the text that is read: around what is read, left of what is gone. */
static void place_edit(const struct text_par *p, const struct text_edit *e, struct text_op *op)
{
	op->from = text_par_at(p, e->from, 0);
	op->to = text_par_at(p, e->to, 0);
	for (size_t k = 0; k < p->gone_n; k++)
		if (op->from < op->to && p->gone[k].from == op->from)
			op->from = p->gone[k].to;
}

static enum rc take_exact_edit(
    struct text_drafting *w, const struct text_wish *wish, size_t par, struct err *err)
{
	struct text_op op = {.kind = TEXT_EDIT,
	    .par = par,
	    .text = wish->text,
	    .outcome = wish->outcome,
	    .with = wish->with};
	TRY(exact(w, "from", par, wish->from, wish->from_past, wish->from_byte, &op.from, err));
	op.to = op.from;
	if (wish->verb != TEXT_DO_INSERT)
		TRY(exact(w, "to", par, wish->to, wish->to_past, wish->to_byte, &op.to, err));
	if (op.from > op.to)
		return text_drafting_refuse(
		    w, "to", "Amendment {0}: `to` comes before `from`.", STR_EMPTY, err);
	*vec_push(w->arena, &w->ops) = op;
	return OK;
}

static enum rc take_edit(struct text_drafting *w, const struct text_wish *wish, struct err *err)
{
	size_t par;
	TRY(text_drafting_par(w, "par", wish->par, false, &par, err));
	if (wish->exact)
		return take_exact_edit(w, wish, par, err);
	struct text_raw raw = {.par = par, .wish = w->wish, .edit.text = wish->text};
	bool insert = wish->verb == TEXT_DO_INSERT;
	if (wish->verb == TEXT_DO_DELETE)
		raw.edit.text = STR_EMPTY;
	if (!insert && wish->from > wish->to)
		return text_drafting_refuse(
		    w, "to", "Amendment {0}: `to` comes before `from`.", STR_EMPTY, err);
	TRY(byte_of(w, insert ? "at" : "from", par, wish->from, &raw.edit.from, err));
	raw.edit.to = raw.edit.from;
	if (!insert)
		TRY(byte_of(w, "to", par, wish->to, &raw.edit.to, err));
	*vec_push(w->arena, &w->raw) = raw;
	return OK;
}

static enum rc take_split(struct text_drafting *w, const struct text_wish *wish, struct err *err)
{
	struct text_op op = {.kind = TEXT_SPLIT, .outcome = wish->outcome, .with = wish->with};
	TRY(text_drafting_par(w, "par", wish->par, false, &op.par, err));
	const struct text_par *p = &w->doc->par[op.par];
	size_t shown;
	TRY(byte_of(w, "at", op.par, wish->from, &shown, err));
	op.from = text_par_at(p, shown, 0);
	if (wish->exact)
		TRY(exact(
		    w, "at", op.par, wish->from, wish->from_past, wish->from_byte, &op.from, err));
	else if (shown == 0 || shown == text_par_shown(p, p->full.n))
		return text_drafting_refuse(w, "at",
		    "Amendment {0}: split at {1}, one half would be empty.",
		    arena_printf(w->arena, "%zu", wish->from), err);
	op.to = op.from;
	op.news = arena_new_of(w->arena, struct text_new);
	op.news_n = 1;
	op.news->kind = p->kind;
	op.news->level = p->level;
	op.news->id =
	    wish->id.n ? wish->id
	               : text_new_id(w, arena_printf(w->arena, "%.*s/%zu", STR(p->id), wish->from));
	*vec_push(w->arena, &w->ops) = op;
	return OK;
}

static enum rc take_wish(struct text_drafting *w, const struct text_wish *wish, struct err *err)
{
	switch (wish->verb) {
	case TEXT_DO_INSERT:
	case TEXT_DO_DELETE:
	case TEXT_DO_REPLACE:
		return take_edit(w, wish, err);
	case TEXT_DO_SPLIT_PAR:
		return take_split(w, wish, err);
	case TEXT_DO_INSERT_PAR:
		return text_drafting_insert(w, wish, err);
	case TEXT_DO_DELETE_PAR:
		return text_drafting_delete(w, wish, err);
	case TEXT_DO_MOVE_PAR:
		return text_drafting_move(w, wish, true, err);
	case TEXT_DO_JOIN_PAR:
		return text_drafting_join(w, wish, err);
	}
	must(false);
	return FAULT;
}

static enum rc take_words(
    struct text_drafting *w, const struct text_reading *r, size_t par, struct err *err)
{
	(void)err;
	str read = text_par_read(w->arena, &w->doc->par[par]);
	str young = text_nfc(w->arena, r->text);
	if (str_eq(read, young) || str_eq(read, r->text))
		return OK;
	struct text_hunks h = text_compare(w->arena, w->lexer, read, young);
	for (size_t i = 0; i < h.list.n; i++) {
		const struct text_hunk *k = &h.list.p[i];
		*vec_push(w->arena, &w->raw) = (struct text_raw){.par = par,
		    .wish = SIZE_MAX,
		    .edit = {k->a_from, k->a_to, {young.p + k->b_from, k->b_to - k->b_from}}};
	}
	return OK;
}

static enum rc take_reading(struct text_drafting *w, const struct text_reading *r, struct err *err)
{
	struct text_wish wish = {
	    .par = r->par, .after = r->after, .text = r->text, .kind = r->kind, .level = r->level};
	if (!r->par.n)
		return text_drafting_insert(w, &wish, err);
	size_t par;
	TRY(text_drafting_par(w, "id", r->par, false, &par, err));
	if (!r->text.p && !r->after.p)
		return text_drafting_delete(w, &wish, err);
	if (r->text.p)
		TRY(take_words(w, r, par, err));
	return r->after.p ? text_drafting_move(w, &wish, false, err) : OK;
}

static int by_place(const void *x, const void *y)
{
	const struct text_raw *r = x, *s = y;
	if (r->par != s->par)
		return r->par < s->par ? -1 : 1;
	if (r->edit.from != s->edit.from)
		return r->edit.from < s->edit.from ? -1 : 1;
	if (r->edit.to != s->edit.to)
		return r->edit.to < s->edit.to ? -1 : 1;
	return (r->wish > s->wish) - (r->wish < s->wish);
}

static enum rc overlap(struct text_drafting *w, const struct text_raw *r, struct err *err)
{
	w->wish = r->wish;
	return text_drafting_refuse(w, "from",
	    "Amendment {0} bears on words of paragraph {1} that another operation of the same "
	    "amendment bears on. Write them as one.",
	    w->doc->par[r->par].id, err);
}

/* The raw edits of paragraph after paragraph, in their one form, become operations. */
static enum rc settle_edits(struct text_drafting *w, struct err *err)
{
	vec_sort(&w->raw, by_place);
	for (size_t i = 0; i < w->raw.n;) {
		struct text_edits raw = {0};
		const struct text_raw *first = &w->raw.p[i];
		const struct text_par *p = &w->doc->par[first->par];
		for (; i < w->raw.n && w->raw.p[i].par == first->par; i++) {
			const struct text_raw *r = &w->raw.p[i], *before = r - 1;
			bool same = r > first && before->edit.from == r->edit.from &&
			            before->edit.to == r->edit.to;
			if (r > first && (before->edit.to > r->edit.from || same))
				return overlap(w, r, err);
			*vec_push(w->arena, &raw.list) = r->edit;
		}
		struct text_edits e =
		    text_canon(w->arena, w->lexer, text_par_read(w->arena, p), &raw);
		for (size_t k = 0; k < e.list.n; k++) {
			struct text_op *op = vec_push(w->arena, &w->ops);
			*op = (struct text_op){
			    .kind = TEXT_EDIT, .par = first->par, .text = e.list.p[k].text};
			place_edit(p, &e.list.p[k], op);
		}
	}
	return OK;
}

static int by_op(const void *x, const void *y)
{
	return text_op_order(x, y);
}

const char *text_ops_clash(struct arena *a, const struct text_doc *d, struct text_op *ops, size_t n)
{
	struct text_amendment *each = arena_array(a, struct text_amendment, n + 1);
	for (size_t i = 0; i < n; i++) {
		each[i].ops = &ops[i];
		each[i].ops_n = 1;
	}
	struct text_clashes c = text_find_clashes(a, d, each, n);
	return c.list.n ? c.list.p[0].why : NULL;
}

static enum rc check_own(struct text_drafting *w, struct err *err)
{
	const char *why = text_ops_clash(w->arena, w->doc, w->ops.p, w->ops.n);
	w->wish = SIZE_MAX;
	return why ? text_drafting_refuse(w, "ops",
	                 "Amendment {0}: two of its operations do not go together. {1}",
	                 str_of(why), err)
	           : OK;
}

enum rc text_settle(struct arena *a, struct text_lexer *l, const struct text_doc *d,
    const struct text_wish *wish, size_t wishes, const struct text_reading *reading,
    size_t readings, struct text_amendment *out, struct err *err)
{
	struct text_drafting w = {.arena = a, .lexer = l, .doc = d, .out = out};
	for (w.wish = 0; w.wish < wishes; w.wish++)
		TRY(take_wish(&w, &wish[w.wish], err));
	w.wish = SIZE_MAX;
	for (size_t i = 0; i < readings; i++)
		TRY(take_reading(&w, &reading[i], err));
	TRY(settle_edits(&w, err));
	w.wish = SIZE_MAX;
	if (!w.ops.n)
		return text_drafting_refuse(&w, "ops", TEXT_SAYS_NOTHING, STR_EMPTY, err);
	TRY(check_own(&w, err));
	vec_sort(&w.ops, by_op);
	out->ops = w.ops.p;
	out->ops_n = 0;
	for (size_t i = 0; i < w.ops.n; i++) /* what was asked for twice is done once */
		if (i == 0 || !text_op_same(&w.ops.p[i], &w.ops.p[i - 1]))
			out->ops[out->ops_n++] = w.ops.p[i];
	return OK;
}
