/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Our own part: ids of paragraphs, and what each amendment was when the file was written. */
#include "docx/scan_inner.h"

#include "base/poison.h"

#define DRAFT_NS "urn:comity:draft:1"

struct drafting {
	struct arena *arena;
	struct scan *out;
	size_t depth;
	bool ours;
};

/* Somebody else's text may be anything: ids as those of doc/format/text.md, or none at all. */
static str taken(struct drafting *d, const struct xml_in *e, const char *name)
{
	return xml_in_copy(d->arena, xml_in_get(e, name));
}

static void take_par(struct drafting *d, const struct xml_in *e)
{
	str *id = arena_new_of(d->arena, str);
	*id = taken(d, e, "id");
	str mark = taken(d, e, "mark");
	if (id->n && id->n <= 255 && mark.n)
		map_put(&d->out->ids, mark, id);
}

static void take_amendment(struct drafting *d, const struct xml_in *e)
{
	struct scan_amendment *m = vec_push(d->arena, &d->out->amendments);
	*m = (struct scan_amendment){.id = taken(d, e, "id"), .party = taken(d, e, "party")};
	int64_t filed;
	if (str_to_i64(xml_in_get(e, "filed"), &filed) &&
	    filed >= INT64_C(-62135596800) * USEC_SECOND &&
	    filed < INT64_C(253402300800) * USEC_SECOND)
		m->filed = filed;
	str rest = taken(d, e, "changes"), one;
	while (rest.n && str_cut(&rest, ' ', &one)) {
		uint32_t id;
		if (scan_number(one, &id))
			*vec_push(d->arena, &m->changes) = id;
	}
}

static bool take_op(struct drafting *d, const struct xml_in *e, struct scan_amendment *m)
{
	struct text_wish w = {0};
	uint32_t alt = 0;
	str name, value;
	for (int i = 0; xml_in_each(e, i, &name, &value); i++) {
		if (str_is(name, "alt")) {
			if (!scan_number(value, &alt))
				return false;
		} else if (!docx_wish_take(&w, name, xml_in_copy(d->arena, value))) {
			return false;
		}
	}
	if (!w.par.p)
		w.par = STR_EMPTY;
	*vec_push(d->arena, &m->ops) = (struct scan_op){w, alt};
	return true;
}

static bool start(void *ctx, const struct xml_in *e)
{
	struct drafting *d = ctx;
	if (d->depth++ == 0)
		d->ours = str_is(e->uri, DRAFT_NS) && str_is(e->name, "draft");
	if (!d->ours)
		return true;
	d->out->has_draft = true;
	struct scan_amendment *m =
	    d->out->amendments.n ? &d->out->amendments.p[d->out->amendments.n - 1] : NULL;
	if (str_is(e->name, "par"))
		take_par(d, e);
	else if (str_is(e->name, "amendment"))
		take_amendment(d, e);
	else if (m && str_is(e->name, "with"))
		*vec_push(d->arena, &m->cosponsors) = taken(d, e, "name");
	else if (m && str_is(e->name, "op"))
		return take_op(d, e, m);
	else if (m && str_is(e->name, "remark")) {
		uint32_t id;
		if (scan_number(xml_in_get(e, "id"), &id))
			*vec_push(d->arena, &m->remarks) =
			    (struct scan_remark){id, taken(d, e, "what")};
	}
	return true;
}

static void end(void *ctx)
{
	struct drafting *d = ctx;
	d->depth--;
}

enum rc scan_draft(struct arena *a, struct pack *p, str part, struct scan *out, struct err *err)
{
	struct drafting d = {.arena = a, .out = out};
	const struct xml_in_reader reader = {.start = start, .end = end, .ctx = &d};
	return pack_has(p, part) ? xml_in_read(p, part, &reader, err) : OK;
}
