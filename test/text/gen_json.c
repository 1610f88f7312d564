/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A case of one round as the JSON of doc/format/text.md: also what the fuzzer begins with. */
#include "gen.h"

#include "base/json.h"

#include "base/poison.h"

static const char *const verbs[] = {
    "insert", "delete", "replace", "insert_par", "delete_par", "move_par", "split_par", "join_par"};
static const char *const kinds[] = {"para", "heading", "sub", "note"};

static void put_wish(struct arena *a, struct json *ops, const struct text_wish *w)
{
	struct json *v = json_add(ops, json_new_object(a));
	json_put_str(a, v, S("op"), str_of(verbs[w->verb]));
	if (w->verb != TEXT_DO_INSERT_PAR)
		json_put_str(a, v, S("par"), w->par);
	if (w->verb == TEXT_DO_INSERT_PAR || w->verb == TEXT_DO_MOVE_PAR)
		json_put_str(a, v, S("after"), w->after);
	if (w->verb == TEXT_DO_INSERT || w->verb == TEXT_DO_SPLIT_PAR)
		json_put_i64(a, v, S("at"), (int64_t)w->from);
	if (w->verb == TEXT_DO_DELETE || w->verb == TEXT_DO_REPLACE) {
		json_put_i64(a, v, S("from"), (int64_t)w->from);
		json_put_i64(a, v, S("to"), (int64_t)w->to);
	}
	if (w->verb == TEXT_DO_INSERT || w->verb == TEXT_DO_REPLACE ||
	    w->verb == TEXT_DO_INSERT_PAR)
		json_put_str(a, v, S("text"), w->text);
	if (w->last.n)
		json_put_str(a, v, S("last"), w->last);
}

static void put_reading(struct arena *a, struct json *amended, const struct text_reading *r)
{
	struct json *v = json_add(amended, json_new_object(a));
	if (r->par.n)
		json_put_str(a, v, S("id"), r->par);
	if (r->after.p)
		json_put_str(a, v, S("after"), r->after);
	if (r->text.p)
		json_put_str(a, v, S("text"), r->text);
	else if (!r->after.p)
		json_put(v, S("text"), arena_new_of(a, struct json)); /* null */
}

static void put_amendment(struct arena *a, struct json *list, const struct gen_amendment *m)
{
	struct json *v = json_add(list, json_new_object(a));
	json_put_str(a, v, S("id"), m->id);
	json_put_str(a, v, S("party"), m->party);
	if (m->cosponsors.n) {
		struct json *names = json_put(v, S("cosponsors"), json_new_array(a));
		for (size_t i = 0; i < m->cosponsors.n; i++)
			json_add(names, json_of_str(a, m->cosponsors.p[i]));
	}
	struct json *ops = m->wish.n ? json_put(v, S("ops"), json_new_array(a)) : NULL;
	for (size_t i = 0; i < m->wish.n; i++)
		put_wish(a, ops, &m->wish.p[i]);
	struct json *amended = m->reading.n ? json_put(v, S("amended"), json_new_array(a)) : NULL;
	for (size_t i = 0; i < m->reading.n; i++)
		put_reading(a, amended, &m->reading.p[i]);
}

static bool is_wanted(str id, const struct text_amendment *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].id, id))
			return true;
	return false;
}

str gen_json(struct arena *a, const struct gen_case *c, const struct text_amendment *list, size_t n)
{
	struct json *root = json_new_object(a);
	struct json *pars = json_put(root, S("paragraphs"), json_new_array(a));
	for (size_t i = 0; i < c->par.n; i++) {
		struct json *v = json_add(pars, json_new_object(a));
		json_put_str(a, v, S("id"), c->par.p[i].id);
		json_put_str(a, v, S("kind"), str_of(kinds[c->par.p[i].kind]));
		if (c->par.p[i].level)
			json_put_i64(a, v, S("level"), c->par.p[i].level);
		json_put_str(a, v, S("text"), c->par.p[i].text);
	}
	struct json *amendments = json_put(root, S("amendments"), json_new_array(a));
	for (size_t i = 0; i < c->round[0].list.n; i++)
		if (is_wanted(c->round[0].list.p[i].id, list, n))
			put_amendment(a, amendments, &c->round[0].list.p[i]);
	return json_str(a, root);
}
