/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/rolling_json.h"

#include "text/json_read.h"
#include "text/number.h"
#include "text/rebase.h"

#include "base/poison.h"

struct writer {
	struct arena *arena;
	const struct text_rolling *r;
	str *number;
};

/* Ids of the amendments; absent when there is nobody. */
static void put_by(struct writer *w, struct json *object, str name, const struct text_backers *by)
{
	if (!by->n)
		return;
	struct json *ids = json_put(object, name, json_new_array(w->arena));
	for (size_t i = 0; i < by->n; i++)
		json_add(ids, json_of_str(w->arena, w->r->list[by->p[i]].id));
}

static void put_kind(
    struct writer *w, struct json *o, str number, enum text_kind kind, unsigned level)
{
	json_put_str(w->arena, o, S("kind"), text_kind_name(kind));
	if (level)
		json_put_i64(w->arena, o, S("level"), level);
	if (number.n)
		json_put_str(w->arena, o, S("number"), number);
}

/* --- words --- */

static struct json *nodes(struct writer *w, const struct text_nodes *n, bool inside);

static struct json *span(struct writer *w, const struct text_node *n)
{
	struct json *o = json_new_object(w->arena);
	json_put(o, S("base"), nodes(w, &n->base, false));
	struct json *all = json_put(o, S("alternatives"), json_new_array(w->arena));
	for (size_t i = 0; i < n->alternatives_n; i++) {
		const struct text_alternative *alt = &n->alternative[i];
		struct json *one = json_add(all, json_new_object(w->arena));
		json_put(one, S("content"), nodes(w, &alt->content, true));
		put_by(w, one, S("by"), &alt->by);
	}
	return o;
}

/* inside: an alternative, whose sponsors are named outside. */
static struct json *node(struct writer *w, const struct text_node *n, bool inside)
{
	struct json *o = NULL;
	switch (n->kind) {
	case TEXT_NODE_TEXT:
		if (!inside || !n->fresh)
			return json_of_str(w->arena, n->text);
		o = json_new_object(w->arena);
		json_put_str(w->arena, o, S("new"), n->text);
		return o;
	case TEXT_NODE_SPAN:
		return span(w, n);
	case TEXT_NODE_SPLIT:
		o = json_new_object(w->arena);
		json_put_str(w->arena, o, S("split"), n->id);
		if (!inside)
			put_by(w, o, S("by"), &n->by);
		return o;
	}
	return o;
}

static struct json *nodes(struct writer *w, const struct text_nodes *n, bool inside)
{
	struct json *all = json_new_array(w->arena);
	for (size_t i = 0; i < n->n; i++)
		json_add(all, node(w, &n->p[i], inside));
	return all;
}

/* --- paragraphs --- */

static void put_joins(struct writer *w, struct json *o, const struct text_rolling_par *p)
{
	struct json *all = NULL;
	for (size_t i = 0; i < p->joins_n; i++) {
		if (!all)
			all = json_put(o, S("joins"), json_new_array(w->arena));
		struct json *one = json_add(all, json_new_object(w->arena));
		json_put_str(w->arena, one, S("with"), w->r->doc->par[p->join[i].with].id);
		json_put_str(w->arena, one, S("between"), p->join[i].text);
		put_by(w, one, S("by"), &p->join[i].by);
	}
}

static void put_moves(
    struct writer *w, struct json *o, str name, const struct text_moving *m, size_t n)
{
	struct json *all = NULL;
	for (size_t i = 0; i < n; i++) {
		if (!all)
			all = json_put(o, name, json_new_array(w->arena));
		struct json *one = json_add(all, json_new_object(w->arena));
		json_put_str(w->arena, one, S("from"), w->r->doc->par[m[i].par].id);
		json_put_str(w->arena, one, S("to"), w->r->doc->par[m[i].last].id);
		json_put_str(w->arena, one, S("after"),
		    m[i].after == TEXT_START ? STR_EMPTY : w->r->doc->par[m[i].after].id);
		put_by(w, one, S("by"), &m[i].by);
	}
}

static void put_proposed(struct writer *w, struct json *o, const struct text_rolling_par *p)
{
	struct json *all = NULL;
	for (size_t i = 0; i < p->proposed_n; i++) {
		const struct text_proposed *t = &p->proposed[i];
		if (!all)
			all = json_put(o, S("proposed"), json_new_array(w->arena));
		struct json *one = json_add(all, json_new_object(w->arena));
		struct json *news = json_put(one, S("paragraphs"), json_new_array(w->arena));
		str *number =
		    text_number_new(w->arena, w->r->doc, w->number, p->par, t->news, t->news_n);
		for (size_t k = 0; k < t->news_n; k++) {
			struct json *new = json_add(news, json_new_object(w->arena));
			json_put_str(w->arena, new, S("id"), t->news[k].id);
			if (number[k].n && i)
				number[k] = text_number_alt(w->arena, number[k], i - 1);
			put_kind(w, new, number[k], t->news[k].kind, t->news[k].level);
			json_put_str(w->arena, new, S("text"), t->news[k].text);
		}
		put_by(w, one, S("by"), &t->by);
	}
}

static struct json *paragraph(struct writer *w, const struct text_rolling_par *p)
{
	struct json *o = json_new_object(w->arena);
	if (p->par != TEXT_START) {
		const struct text_par *par = &w->r->doc->par[p->par];
		json_put_str(w->arena, o, S("id"), par->id);
		put_kind(w, o, w->number[p->par], par->kind, par->level);
		if (par->is_gone)
			json_put_bool(w->arena, o, S("gone"), true);
		json_put(o, S("content"), nodes(w, &p->content, false));
		put_by(w, o, S("delete"), &p->deleted);
		put_by(w, o, S("restore"), &p->restored);
	}
	put_joins(w, o, p);
	put_moves(w, o, S("moves_away"), p->out, p->outs_n);
	put_moves(w, o, S("moves_here"), p->in, p->ins_n);
	put_proposed(w, o, p);
	return o;
}

/* --- amendments --- */

static struct json *amendment(struct writer *w, const struct text_amendment *m)
{
	struct json *o = json_new_object(w->arena);
	json_put_str(w->arena, o, S("id"), m->id);
	json_put_str(w->arena, o, S("party"), m->party);
	struct json *all = json_put(o, S("cosponsors"), json_new_array(w->arena));
	for (size_t i = 0; i < m->cosponsors_n; i++)
		json_add(all, json_of_str(w->arena, m->cosponsors[i]));
	if (m->stances_n) {
		all = json_put(o, S("stances"), json_new_array(w->arena));
		for (size_t i = 0; i < m->stances_n; i++) {
			struct json *one = json_add(all, json_new_object(w->arena));
			json_put_str(w->arena, one, S("party"), m->stances[i].party);
			json_put_str(
			    w->arena, one, S("stance"), text_stance_name(m->stances[i].kind));
			if (m->stances[i].from_floor)
				json_put_bool(w->arena, one, S("from_floor"), true);
		}
	}
	if (m->on_text)
		json_put_bool(w->arena, o, S("on_text"), true);
	if (m->reason.n)
		json_put_str(w->arena, o, S("reason"), m->reason);
	json_put_str(w->arena, o, S("outcome"), text_outcome_name(m->outcome));
	if (m->why.n)
		json_put_str(w->arena, o, S("why"), m->why);
	return o;
}

struct json *text_rolling_json(struct arena *a, const struct text_rolling *r)
{
	struct writer w = {a, r, text_number_shown(a, r->doc)};
	struct json *root = json_new_object(a);
	json_put(root, S("start"), paragraph(&w, &r->par[0]));
	struct json *all = json_put(root, S("paragraphs"), json_new_array(a));
	for (size_t i = 1; i < r->n; i++)
		json_add(all, paragraph(&w, &r->par[i]));
	all = json_put(root, S("amendments"), json_new_array(a));
	for (size_t i = 0; i < r->list_n; i++)
		json_add(all, amendment(&w, &r->list[i]));
	put_by(&w, root, S("waiting"), &r->waiting);
	put_by(&w, root, S("settled"), &r->settled);
	return root;
}

struct json *text_reads_json(struct arena *a, const struct text_reads *reads)
{
	struct json *root = json_new_object(a);
	struct json *all = json_put(root, S("paragraphs"), json_new_array(a));
	for (size_t i = 0; i < reads->list.n; i++) {
		struct json *o = json_add(all, json_new_object(a));
		json_put_str(a, o, S("id"), reads->list.p[i].id);
		json_put_str(a, o, S("text"), reads->list.p[i].text);
	}
	return root;
}
