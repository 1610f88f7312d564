/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What was seen in a file, as JSON: doc/format/docx.md. */
#include "docx/docx.h"

#include "base/poison.h"

static void put_some(struct arena *a, struct json *out, str name, str text)
{
	if (text.n)
		json_put_str(a, out, name, text);
}

static void put_numbers(struct arena *a, struct json *out, const struct docx_read *r)
{
	struct json *n = json_put(out, S("changes"), json_new_object(a));
	json_put_i64(a, n, S("seen"), (int64_t)r->seen);
	json_put_i64(a, n, S("imported"), (int64_t)r->imported);
	json_put_i64(a, n, S("ignored"), (int64_t)r->ignored);
	json_put_i64(a, n, S("waiting"), (int64_t)r->waiting);
	json_put_i64(a, n, S("unexplained"), (int64_t)r->unexplained);
}

static void put_amendments(struct arena *a, struct json *out, const struct docx_read *r)
{
	struct json *fresh = json_put(out, S("amendments"), json_new_array(a));
	struct json *known = json_put(out, S("known"), json_new_array(a));
	for (size_t i = 0; i < r->n; i++)
		json_add(r->known[i] ? known : fresh, json_of_str(a, r->list[i].id));
}

static void put_looks(struct arena *a, struct json *out, const struct docx_read *r)
{
	struct json *list = json_put(out, S("look_at"), json_new_array(a));
	for (size_t i = 0; i < r->looks.n; i++) {
		const struct docx_look *k = &r->looks.p[i];
		struct json *v = json_add(list, json_new_object(a));
		json_put_str(a, v, S("what"), err_fill(a, str_of(k->what), k->arg, ERR_ARGS));
		put_some(a, v, S("author"), k->author);
		put_some(a, v, S("par"), k->par);
		json_put_i64(a, v, S("changes"), (int64_t)k->changes);
	}
}

static void put_untracked(struct arena *a, struct json *out, const struct docx_read *r)
{
	struct json *list = json_put(out, S("untracked"), json_new_array(a));
	for (size_t i = 0; i < r->untracked.n; i++) {
		const struct docx_untracked *u = &r->untracked.p[i];
		struct json *v = json_add(list, json_new_object(a));
		put_some(a, v, S("par"), u->par);
		if (u->stored.p)
			json_put_str(a, v, S("stored"), u->stored);
		if (u->found.p)
			json_put_str(a, v, S("found"), u->found);
		if (u->moved)
			json_put_bool(a, v, S("moved"), true);
	}
}

static void put_remarks(struct arena *a, struct json *out, const struct docx_read *r)
{
	struct json *list = json_put(out, S("remarks"), json_new_array(a));
	for (size_t i = 0; i < r->remarks.n; i++) {
		const struct docx_remark *k = &r->remarks.p[i];
		struct buf date = buf_in(a, 0);
		struct json *v = json_add(list, json_new_object(a));
		put_some(a, v, S("author"), k->author);
		if (k->date)
			when_write(&date, k->date);
		put_some(a, v, S("date"), buf_str(&date));
		put_some(a, v, S("par"), k->par);
		json_put_str(a, v, S("text"), k->text);
	}
}

struct json *docx_report_json(struct arena *a, str name, const struct docx_read *r)
{
	struct json *out = json_new_object(a);
	json_put_str(a, out, S("file"), name);
	put_numbers(a, out, r);
	put_amendments(a, out, r);
	put_looks(a, out, r);
	put_untracked(a, out, r);
	put_remarks(a, out, r);
	return out;
}
