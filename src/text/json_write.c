/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/json_write.h"

#include "text/json_field.h"
#include "text/rebase.h"

#include "base/poison.h"

/* Where things are written from. */
struct writing {
	struct arena *arena;
	struct text_lexer *lexer;
	const struct text_doc *doc;
	struct map was; /* id: the object that the paragraph was read from */
};

/* --- what is carried along ---------------------------------------------------------------- */

/* A node can have one parent: the copy shares the children. */
static struct json *copy(struct arena *a, const struct json *v)
{
	struct json *c = arena_new_of(a, struct json);
	*c = *v;
	c->next = NULL;
	return c;
}

static bool is_ours(str name, const char *const *ours)
{
	for (; *ours; ours++)
		if (str_is(name, *ours))
			return true;
	return false;
}

/* Members of `from` that are not ours. */
static void carry(
    struct arena *a, const struct json *from, const char *const *ours, struct json *out)
{
	if (from)
		json_each (v, from)
			if (!is_ours(v->name, ours))
				json_put(out, v->name, copy(a, v));
}

static void put_texts(struct arena *a, struct json *out, str name, const str *list, size_t n)
{
	if (!n)
		return;
	struct json *v = json_put(out, name, json_new_array(a));
	for (size_t i = 0; i < n; i++)
		json_add(v, json_of_str(a, list[i]));
}

static void put_some(struct arena *a, struct json *out, str name, str text)
{
	if (text.n)
		json_put_str(a, out, name, text);
}

/* --- places ------------------------------------------------------------------------------- */

/* A position of the full text: graphemes of what is read, and of what is gone behind them. False:
 * it lies inside a grapheme now, and those who count come to another place. */
static bool put_place(const struct writing *w, struct json *out, const struct text_par *p,
    const char *name, const char *past_name, size_t at)
{
	str read = text_par_between(w->arena, p, 0, at);
	size_t past = text_par_past(p, at);
	size_t n = text_graphemes(w->lexer, read), m = 0;
	bool whole = text_grapheme_at(w->lexer, text_par_read(w->arena, p), n) == read.n;
	json_put_i64(w->arena, out, str_of(name), (int64_t)n);
	if (past) {
		size_t run = at - past, end = at;
		for (size_t k = 0; k < p->gone_n; k++)
			end = p->gone[k].from == run ? p->gone[k].to : end;
		m = text_graphemes(w->lexer, (str){p->full.p + run, past});
		whole &= text_grapheme_at(w->lexer, (str){p->full.p + run, end - run}, m) == past;
	}
	if (past_name)
		json_put_i64(w->arena, out, str_of(past_name), (int64_t)m);
	return whole;
}

/* The same of an operation, which must find its place again to the byte. */
static void put_op_place(const struct writing *w, struct json *out, const struct text_par *p,
    const char *name, size_t at)
{
	bool to = str_is(str_of(name), "to");
	if (!put_place(w, out, p, name, to ? "to_past" : "past", at))
		json_put_i64(w->arena, out, to ? S("to_byte") : S("byte"), (int64_t)at);
}

/* --- paragraphs --------------------------------------------------------------------------- */

/* `at` in graphemes, or `byte` where leaving out what is gone has made one grapheme of two. */
static void put_gone_place(
    const struct writing *w, struct json *out, str read, size_t byte, struct text_lexer *l)
{
	size_t n = text_graphemes(l, str_head(read, byte));
	if (text_grapheme_at(l, read, n) == byte)
		json_put_i64(w->arena, out, S("at"), (int64_t)n);
	else
		json_put_i64(w->arena, out, S("byte"), (int64_t)byte);
}

static void put_gone(const struct writing *w, struct json *out, const struct text_par *p)
{
	if (!p->gone_n)
		return;
	struct json *list = json_put(out, S("gone"), json_new_array(w->arena));
	str read = text_par_read(w->arena, p);
	size_t gone = 0;
	for (size_t i = 0; i < p->gone_n; i++) {
		struct text_run r = p->gone[i];
		struct json *v = json_add(list, json_new_object(w->arena));
		put_gone_place(w, v, read, r.from - gone, w->lexer);
		json_put_str(w->arena, v, S("text"), (str){p->full.p + r.from, r.to - r.from});
		gone += r.to - r.from;
	}
}

static void put_marks(const struct writing *w, struct json *out, const struct text_par *p)
{
	if (!p->marks_n)
		return;
	struct json *list = json_put(out, S("marks"), json_new_array(w->arena));
	for (size_t i = 0; i < p->marks_n; i++) {
		const struct text_mark *m = &p->marks[i];
		struct json *v = json_add(list, json_new_object(w->arena));
		bool past = text_par_past(p, m->from) || text_par_past(p, m->to);
		json_put_str(w->arena, v, S("kind"), text_mark_name(m->kind));
		(void)put_place(w, v, p, "from", past ? "past" : NULL, m->from);
		(void)put_place(w, v, p, "to", past ? "to_past" : NULL, m->to);
		put_some(w->arena, v, S("value"), m->value);
	}
}

static struct json *par_json(const struct writing *w, const struct text_par *p, str after)
{
	static const char *const ours[] = {"id", "after", "kind", "level", "number", "text",
	    "marks", "gone", "split_from", "aliases", NULL};
	struct arena *a = w->arena;
	struct json *v = json_new_object(a);
	json_put_str(a, v, S("id"), p->id);
	if (p->is_gone)
		json_put_str(a, v, S("after"), after);
	json_put_str(a, v, S("kind"), text_kind_name(p->kind));
	if (p->level)
		json_put_i64(a, v, S("level"), p->level);
	put_some(a, v, S("number"), p->number);
	json_put_str(a, v, S("text"), text_par_read(a, p));
	put_marks(w, v, p);
	put_gone(w, v, p);
	put_some(a, v, S("split_from"), p->split_from);
	put_texts(a, v, S("aliases"), p->aliases, p->aliases_n);
	carry(a, map_get(&w->was, p->id), ours, v);
	return v;
}

static void put_doc(const struct writing *w, struct json *out)
{
	const struct text_doc *d = w->doc;
	struct json *read = json_put(out, S("paragraphs"), json_new_array(w->arena));
	struct json *gone = json_new_array(w->arena);
	for (size_t i = 0; i < d->n; i++)
		json_add(d->par[i].is_gone ? gone : read,
		    par_json(w, &d->par[i], i ? d->par[i - 1].id : STR_EMPTY));
	if (gone->first)
		json_put(out, S("gone"), gone);
}

/* --- operations --------------------------------------------------------------------------- */

static void put_after(const struct writing *w, struct json *out, size_t after)
{
	json_put_str(
	    w->arena, out, S("after"), after == TEXT_START ? STR_EMPTY : w->doc->par[after].id);
}

static void put_new(struct arena *a, struct json *out, const struct text_new *n)
{
	put_some(a, out, S("id"), n->id);
	if (n->kind != TEXT_PARA)
		json_put_str(a, out, S("kind"), text_kind_name(n->kind));
	if (n->level)
		json_put_i64(a, out, S("level"), n->level);
}

static void put_range(const struct writing *w, struct json *v, const struct text_op *op)
{
	const struct text_par *p = &w->doc->par[op->par];
	json_put_str(w->arena, v, S("par"), p->id);
	if (text_op_is_insertion(op)) {
		put_op_place(w, v, p, "at", op->from);
	} else {
		put_op_place(w, v, p, "from", op->from);
		put_op_place(w, v, p, "to", op->to);
	}
	if (op->text.n)
		json_put_str(w->arena, v, S("text"), op->text);
}

static void put_par(const struct writing *w, struct json *v, const char *name, size_t par)
{
	json_put_str(w->arena, v, str_of(name), w->doc->par[par].id);
}

/* Where a live operation is, and what it does. */
static void put_live(const struct writing *w, struct json *v, const struct text_op *op)
{
	switch (op->kind) {
	case TEXT_EDIT:
	case TEXT_RESTORE:
		put_range(w, v, op);
		break;
	case TEXT_INSERT_PARS:
		put_after(w, v, op->after);
		break;
	case TEXT_DELETE_PAR:
	case TEXT_RESTORE_PAR:
		put_par(w, v, "par", op->par);
		break;
	case TEXT_MOVE:
		put_par(w, v, "par", op->par);
		if (op->last != op->par)
			put_par(w, v, "last", op->last);
		put_after(w, v, op->after);
		break;
	case TEXT_SPLIT:
		put_par(w, v, "par", op->par);
		put_op_place(w, v, &w->doc->par[op->par], "at", op->from);
		break;
	case TEXT_JOIN:
		put_par(w, v, "par", op->par);
		put_par(w, v, "last", op->last);
		json_put_str(w->arena, v, S("text"), op->text);
		break;
	}
}

/* `new` is the i-th of what the operation makes, or NULL. */
static void put_op(const struct writing *w, struct json *list, const struct text_op *op,
    const struct text_new *new)
{
	struct arena *a = w->arena;
	struct json *v = json_add(list, json_new_object(a));
	bool live = text_op_is_live(op);
	json_put_str(a, v, S("op"), text_op_name(op));
	if (live)
		put_live(w, v, op);
	else
		put_some(a, v, S("text"), op->text);
	if (new) {
		put_new(a, v, new);
		if (op->kind == TEXT_INSERT_PARS)
			json_put_str(a, v, S("text"), new->text);
	}
	if (op->outcome != TEXT_UNCHANGED)
		json_put_str(a, v, S("outcome"), text_outcome_name(op->outcome));
	put_some(a, v, S("with"), op->with);
	put_some(a, v, S("was"), op->was);
	put_some(a, v, S("where"), op->where);
}

static void put_ops(const struct writing *w, struct json *out, const struct text_amendment *m)
{
	struct json *list = json_put(out, S("ops"), json_new_array(w->arena));
	for (size_t i = 0; i < m->ops_n; i++) {
		const struct text_op *op = &m->ops[i];
		for (size_t k = 0; k < op->news_n; k++)
			put_op(w, list, op, &op->news[k]);
		if (!op->news_n)
			put_op(w, list, op, NULL);
	}
}

/* --- amendments --------------------------------------------------------------------------- */

static void put_stances(struct arena *a, struct json *out, const struct text_amendment *m)
{
	if (!m->stances_n)
		return;
	struct json *list = json_put(out, S("stances"), json_new_array(a));
	for (size_t i = 0; i < m->stances_n; i++) {
		struct json *v = json_add(list, json_new_object(a));
		json_put_str(a, v, S("party"), m->stances[i].party);
		json_put_str(a, v, S("stance"), text_stance_name(m->stances[i].kind));
		if (m->stances[i].from_floor)
			json_put_bool(a, v, S("from_floor"), true);
	}
}

static void put_date(struct arena *a, struct json *out, usec t)
{
	struct buf b = buf_in(a, 0);
	if (!t)
		return;
	when_write(&b, t);
	json_put_str(a, out, S("date"), buf_str(&b));
}

/* What was filed first stays as it was filed. */
static void put_filed(struct arena *a, struct json *out, const struct json *was)
{
	static const char *const names[] = {"ops", "amended"};
	const struct json *filed = json_get(was, S("filed"));
	if (filed) {
		json_put(out, S("filed"), copy(a, filed));
		return;
	}
	struct json *v = json_put(out, S("filed"), json_new_object(a));
	for (size_t i = 0; i < 2; i++) {
		const struct json *one = json_get(was, str_of(names[i]));
		if (one)
			json_put(v, one->name, copy(a, one));
	}
}

static struct json *amendment_json(const struct writing *w, const struct text_amendment *m)
{
	static const char *const ours[] = {"id", "party", "cosponsors", "stances", "reason", "date",
	    "ops", "amended", "outcome", "why", "filed", NULL};
	struct arena *a = w->arena;
	struct json *v = json_new_object(a);
	const struct json *was = m->filed;
	json_put_str(a, v, S("id"), m->id);
	put_some(a, v, S("party"), json_get_str(was, S("party")));
	put_texts(a, v, S("cosponsors"), m->cosponsors, m->cosponsors_n);
	put_stances(a, v, m);
	put_some(a, v, S("reason"), m->reason);
	put_date(a, v, m->filed_at);
	carry(a, was, ours, v);
	put_ops(w, v, m);
	json_put_str(a, v, S("outcome"), text_outcome_name(m->outcome));
	json_put_str(
	    a, v, S("why"), m->why.n ? m->why : S("Nothing that has been adopted touches it."));
	put_filed(a, v, was);
	return v;
}

struct json *text_json_file(struct arena *a, struct text_lexer *l, const struct text_file *from,
    const struct text_doc *d, const struct text_amendment *list, size_t n)
{
	static const char *const ours[] = {"paragraphs", "gone", "amendments", NULL};
	static const char *const lists[] = {"paragraphs", "gone"};
	struct writing w = {a, l, d, map_in(a)};
	struct json *out = json_new_object(a);
	for (size_t i = 0; i < 2; i++)
		json_each (v, json_get(from->root, str_of(lists[i])))
			map_put(&w.was, json_get_str(v, S("id")), copy(a, v));
	carry(a, from->root, ours, out);
	put_doc(&w, out);
	struct json *amendments = json_put(out, S("amendments"), json_new_array(a));
	for (size_t i = 0; i < n; i++)
		json_add(amendments, amendment_json(&w, &list[i]));
	return out;
}

/* --- what check says, and lines ----------------------------------------------------------- */

struct json *text_json_check(struct arena *a, const struct text_file *file,
    const struct text_clashes *clashes, const struct text_groups *same)
{
	struct json *out = json_new_object(a);
	struct json *unified = json_put(out, S("unified"), json_new_array(a));
	struct json *conflicts = json_put(out, S("conflicts"), json_new_array(a));
	struct json *waiting = json_new_array(a);
	for (size_t i = 0; i < same->list.n; i++) {
		struct json *group = json_add(unified, json_new_array(a));
		for (size_t k = 0; k < same->list.p[i].n; k++)
			json_add(group, json_of_str(a, file->list[same->list.p[i].member[k]].id));
	}
	for (size_t i = 0; i < clashes->list.n; i++) {
		const struct text_clash *c = &clashes->list.p[i];
		struct json *v = json_add(conflicts, json_new_object(a));
		json_put_str(a, v, S("a"), file->list[c->a].id);
		json_put_str(a, v, S("b"), file->list[c->b].id);
		json_put_str(a, v, S("why"), str_of(c->why));
	}
	for (size_t i = 0; i < file->n; i++)
		if (file->list[i].outcome == TEXT_IN_CONFLICT)
			json_add(waiting, json_of_str(a, file->list[i].id));
	if (waiting->first)
		json_put(out, S("waiting"), waiting);
	json_put_bool(a, out, S("compatible"), !clashes->list.n);
	return out;
}

static void print_list(struct buf *b, const struct json *list)
{
	buf_put(b, list->first ? S("[\n") : S("["));
	json_each (v, list) {
		buf_put(b, S("  "));
		json_write(b, v);
		buf_put(b, v->next ? S(",\n") : S("\n "));
	}
	buf_putc(b, ']');
}

void text_json_print(struct buf *b, const struct json *root)
{
	buf_put(b, S("{\n"));
	json_each (v, root) {
		struct json name = {.kind = JSON_KIND_STR, .text = v->name};
		buf_putc(b, ' ');
		json_write(b, &name);
		buf_put(b, S(": "));
		if (v->kind == JSON_KIND_ARRAY)
			print_list(b, v);
		else
			json_write(b, v);
		buf_put(b, v->next ? S(",\n") : S("\n"));
	}
	buf_put(b, S("}\n"));
}
