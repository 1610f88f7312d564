/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/redline_say.h"

#include "base/poison.h"

static void put_olds(struct arena *a, struct json *o, const struct text_redline *r,
    const struct text_red *p, const size_t *ordinal)
{
	struct json *old = json_put(o, S("old"), json_new_array(a));
	for (size_t k = 0; k < p->olds_n; k++)
		json_add(old, json_of_i64(a, (int64_t)ordinal[p->old[k]]));
	if (p->change == TEXT_IS_MOVED) {
		size_t before = text_doc_before(r->x, p->old[0]);
		json_put_str(
		    a, o, S("from"), before == TEXT_START ? STR_EMPTY : r->x->par[before].id);
	}
	if (p->change == TEXT_IS_SPLIT || p->change == TEXT_IS_JOINED) {
		struct json *of = json_put(o, S("of"), json_new_array(a));
		for (size_t k = 0; k < p->olds_n; k++)
			json_add(of, json_of_str(a, r->x->par[p->old[k]].id));
	}
}

static struct json *span_json(struct arena *a, const struct text_span *s)
{
	struct json *o = json_new_object(a);
	json_put_str(a, o, S("op"), str_from(&s->op, 1));
	json_put_str(a, o, S("text"), s->text);
	if (s->border)
		json_put_bool(a, o, S("border"), true);
	return o;
}

struct json *text_redline_json(struct arena *a, const struct text_redline *r)
{
	struct json *all = json_new_object(a);
	struct json *list = json_put(all, S("paragraphs"), json_new_array(a));
	const size_t *ordinal = text_redline_ordinals(a, r);
	for (size_t i = 0; i < r->n; i++) {
		const struct text_red *p = &r->par[i];
		struct json *o = json_add(list, json_new_object(a));
		json_put_str(a, o, S("id"), p->id);
		json_put_str(a, o, S("op"), text_change_name(p->change));
		put_olds(a, o, r, p, ordinal);
		struct json *spans = json_put(o, S("spans"), json_new_array(a));
		for (size_t k = 0; k < p->spans_n; k++)
			json_add(spans, span_json(a, &p->span[k]));
	}
	return all;
}
