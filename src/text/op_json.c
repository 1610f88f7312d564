/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/op_json.h"

#include "base/vec.h"
#include "text/rebase.h"

#include "base/poison.h"

static const str names[] = {
    [TEXT_EDIT] = {"edit", 4},
    [TEXT_INSERT_PARS] = {"insert", 6},
    [TEXT_DELETE_PAR] = {"delete", 6},
    [TEXT_MOVE] = {"move", 4},
    [TEXT_SPLIT] = {"split", 5},
    [TEXT_JOIN] = {"join", 4},
    [TEXT_RESTORE] = {"restore", 7},
    [TEXT_RESTORE_PAR] = {"restore_par", 11},
};
#define NAMES (sizeof names / sizeof names[0])

static void put_par(
    struct arena *a, struct json *v, const struct text_doc *d, const char *name, size_t par)
{
	json_put_str(a, v, str_of(name), par == TEXT_START ? STR_EMPTY : d->par[par].id);
}

static void put_text(struct arena *a, struct json *v, str name, str text)
{
	if (text.n)
		json_put_str(a, v, name, text);
}

static void put_news(struct arena *a, struct json *v, const struct text_op *op)
{
	struct json *list = json_put(v, S("new"), json_new_array(a));
	for (size_t i = 0; i < op->news_n; i++) {
		const struct text_new *n = &op->news[i];
		struct json *one = json_add(list, json_new_object(a));
		json_put_str(a, one, S("id"), n->id);
		put_text(a, one, S("text"), n->text);
		json_put_i64(a, one, S("kind"), n->kind);
		json_put_i64(a, one, S("level"), n->level);
	}
}

static void put_place(
    struct arena *a, struct json *v, const struct text_doc *d, const struct text_op *op)
{
	if (op->kind == TEXT_INSERT_PARS || op->kind == TEXT_MOVE)
		put_par(a, v, d, "after", op->after);
	if (op->kind != TEXT_INSERT_PARS)
		put_par(a, v, d, "par", op->par);
	if (op->kind == TEXT_MOVE || op->kind == TEXT_JOIN)
		put_par(a, v, d, "last", op->last);
	if (op->kind == TEXT_EDIT || op->kind == TEXT_SPLIT || op->kind == TEXT_RESTORE) {
		json_put_i64(a, v, S("from"), (int64_t)op->from);
		json_put_i64(a, v, S("to"), (int64_t)op->to);
	}
}

struct json *text_ops_json(
    struct arena *a, const struct text_doc *d, const struct text_op *ops, size_t n)
{
	struct json *out = json_new_array(a);
	for (size_t i = 0; i < n; i++) {
		const struct text_op *op = &ops[i];
		struct json *v = json_add(out, json_new_object(a));
		json_put_str(a, v, S("do"), names[op->kind]);
		if (text_op_is_live(op))
			put_place(a, v, d, op);
		put_text(a, v, S("text"), op->text);
		if (op->news_n)
			put_news(a, v, op);
		if (op->outcome != TEXT_UNCHANGED)
			json_put_i64(a, v, S("outcome"), op->outcome);
		put_text(a, v, S("with"), op->with);
		put_text(a, v, S("was"), op->was);
		put_text(a, v, S("where"), op->where);
	}
	return out;
}

static enum rc wrong(struct err *err)
{
	return ERR(err, INVALID, "ops", "The operations of an amendment cannot be read.");
}

static enum rc get_par(const struct text_doc *d, const struct json *v, const char *name,
    bool may_be_start, size_t *out, struct err *err)
{
	str id = json_get_str(v, str_of(name));
	*out = text_doc_find(d, id);
	return *out == TEXT_START && !(may_be_start && id.n == 0) ? wrong(err) : OK;
}

static enum rc get_range(
    const struct text_doc *d, const struct json *v, struct text_op *op, struct err *err)
{
	int64_t from = json_get_i64(v, S("from"), -1), to = json_get_i64(v, S("to"), -1);
	if (from < 0 || to < from || (uint64_t)to > d->par[op->par].full.n)
		return wrong(err);
	op->from = (size_t)from;
	op->to = (size_t)to;
	return OK;
}

/* A run cannot be moved behind one of its own. */
static bool is_inside(const struct text_op *move)
{
	return move->after != TEXT_START && move->par <= move->after && move->after <= move->last;
}

static enum rc get_place(
    const struct text_doc *d, const struct json *v, struct text_op *op, struct err *err)
{
	if (op->kind == TEXT_INSERT_PARS || op->kind == TEXT_MOVE)
		TRY(get_par(d, v, "after", true, &op->after, err));
	if (op->kind != TEXT_INSERT_PARS)
		TRY(get_par(d, v, "par", false, &op->par, err));
	if (op->kind == TEXT_MOVE || op->kind == TEXT_JOIN)
		TRY(get_par(d, v, "last", false, &op->last, err));
	if (op->kind == TEXT_EDIT || op->kind == TEXT_SPLIT || op->kind == TEXT_RESTORE)
		TRY(get_range(d, v, op, err));
	bool run = op->kind != TEXT_MOVE || (op->par <= op->last && !is_inside(op));
	bool pair = op->kind != TEXT_JOIN || op->par < op->last;
	return run && pair ? OK : wrong(err);
}

static enum rc get_kind(
    const struct json *v, enum text_kind *kind, unsigned *level, struct err *err)
{
	int64_t k = json_get_i64(v, S("kind"), 0), l = json_get_i64(v, S("level"), 0);
	if (k < TEXT_PARA || k > TEXT_NOTE || l < 0 || l > 9)
		return wrong(err);
	*kind = (enum text_kind)k;
	*level = (unsigned)l;
	return OK;
}

static enum rc get_news(struct arena *a, const struct json *v, struct text_op *op, struct err *err)
{
	const struct json *list = json_get(v, S("new"));
	bool needs = op->kind == TEXT_INSERT_PARS || op->kind == TEXT_SPLIT;
	if (needs != (list && list->kind == JSON_KIND_ARRAY && list->count))
		return wrong(err);
	op->news = arena_array(a, struct text_new, list ? list->count : 0);
	json_each (one, list) {
		struct text_new *n = &op->news[op->news_n++];
		n->id = json_get_str(one, S("id"));
		n->text = json_get_str(one, S("text"));
		TRY(get_kind(one, &n->kind, &n->level, err));
		if (!n->id.n)
			return wrong(err);
	}
	return OK;
}

static enum rc get_op(struct arena *a, const struct text_doc *d, const struct json *v,
    struct text_op *op, struct err *err)
{
	size_t kind = 0;
	int64_t outcome = json_get_i64(v, S("outcome"), TEXT_UNCHANGED);
	while (kind < NAMES && !str_eq(names[kind], json_get_str(v, S("do"))))
		kind++;
	if (kind == NAMES || outcome < TEXT_UNCHANGED || outcome > TEXT_IN_CONFLICT)
		return wrong(err);
	op->kind = (enum text_op_kind)kind;
	op->outcome = (enum text_outcome)outcome;
	if (kind == TEXT_INSERT_PARS || kind == TEXT_MOVE)
		op->after = TEXT_START;
	op->text = json_get_str(v, S("text"));
	op->with = json_get_str(v, S("with"));
	op->was = json_get_str(v, S("was"));
	op->where = json_get_str(v, S("where"));
	if (text_op_is_live(op))
		TRY(get_place(d, v, op, err));
	return get_news(a, v, op, err);
}

enum rc text_ops_of_json(struct arena *a, const struct text_doc *d, const struct json *v,
    struct text_op **ops, size_t *n, struct err *err)
{
	if (!v || v->kind != JSON_KIND_ARRAY)
		return wrong(err);
	*ops = arena_array(a, struct text_op, v->count);
	*n = 0;
	json_each (one, v)
		TRY(get_op(a, d, one, &(*ops)[(*n)++], err));
	return OK;
}

static struct json *par_json(struct arena *a, const struct text_par *p)
{
	struct json *v = json_new_object(a);
	json_put_str(a, v, S("id"), p->id);
	json_put_i64(a, v, S("kind"), p->kind);
	json_put_i64(a, v, S("level"), p->level);
	put_text(a, v, S("number"), p->number);
	json_put_str(a, v, S("order"), p->order);
	json_put_str(a, v, S("full"), p->full);
	if (p->gone_n) {
		struct json *list = json_put(v, S("gone"), json_new_array(a));
		for (size_t i = 0; i < p->gone_n; i++) {
			struct json *run = json_add(list, json_new_array(a));
			json_add(run, json_of_i64(a, (int64_t)p->gone[i].from));
			json_add(run, json_of_i64(a, (int64_t)p->gone[i].to));
		}
	}
	put_text(a, v, S("split_from"), p->split_from);
	if (p->aliases_n) {
		struct json *list = json_put(v, S("aliases"), json_new_array(a));
		for (size_t i = 0; i < p->aliases_n; i++)
			json_add(list, json_of_str(a, p->aliases[i]));
	}
	if (p->is_gone)
		json_put_bool(a, v, S("is_gone"), true);
	return v;
}

struct json *text_doc_json(struct arena *a, const struct text_doc *d)
{
	struct json *out = json_new_object(a);
	struct json *list = json_put(out, S("paragraphs"), json_new_array(a));
	for (size_t i = 0; i < d->n; i++)
		json_add(list, par_json(a, &d->par[i]));
	return out;
}

static enum rc get_gone(
    struct arena *a, const struct json *list, struct text_par *p, struct err *err)
{
	p->gone = arena_array(a, struct text_run, list ? list->count : 0);
	json_each (run, list) {
		int64_t from = run->count == 2 ? run->first->integer : -1;
		int64_t to = run->count == 2 ? run->last->integer : -1;
		int64_t least = p->gone_n ? (int64_t)p->gone[p->gone_n - 1].to + 1 : 0;
		if (from < least || to <= from || (uint64_t)to > p->full.n)
			return wrong(err);
		p->gone[p->gone_n++] = (struct text_run){(size_t)from, (size_t)to};
	}
	return OK;
}

static enum rc get_doc_par(
    struct arena *a, const struct json *v, struct text_par *p, struct err *err)
{
	p->id = json_get_str(v, S("id"));
	TRY(get_kind(v, &p->kind, &p->level, err));
	p->number = json_get_str(v, S("number"));
	p->order = json_get_str(v, S("order"));
	p->full = json_get_str(v, S("full"));
	p->split_from = json_get_str(v, S("split_from"));
	p->is_gone = json_get_bool(v, S("is_gone"));
	const struct json *aliases = json_get(v, S("aliases"));
	p->aliases = arena_array(a, str, aliases ? aliases->count : 0);
	json_each (one, aliases)
		p->aliases[p->aliases_n++] = one->text;
	return get_gone(a, json_get(v, S("gone")), p, err);
}

enum rc text_doc_of_json(
    struct arena *a, const struct json *v, struct text_doc *out, struct err *err)
{
	const struct json *list = json_get(v, S("paragraphs"));
	if (!list || list->kind != JSON_KIND_ARRAY)
		return wrong(err);
	*out = (struct text_doc){.par = arena_array(a, struct text_par, list->count)};
	json_each (one, list)
		TRY(get_doc_par(a, one, &out->par[out->n++], err));
	return text_doc_index(a, out, err);
}
