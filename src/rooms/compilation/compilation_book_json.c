/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the pages of a compilation state as facts. */
#include "rooms/compilation/compilation_book.h"

#include "base/poison.h"

static struct json *numbers(struct page *p, const compilation_refs *refs)
{
	struct json *list = json_new_array(p->arena);
	for (size_t i = 0; i < refs->n; i++)
		json_add(list, json_of_i64(p->arena, refs->p[i].e->number));
	return list;
}

static void put_some(struct page *p, struct json *o, const char *name, str s)
{
	if (s.n)
		json_put_str(p->arena, o, str_of(name), s);
}

static struct json *replies(struct page *p, const compilation_replies *all)
{
	struct json *list = json_new_array(p->arena);
	for (size_t i = 0; i < all->n; i++) {
		const struct compilation_reply *r = &all->p[i];
		struct json *o = json_add(list, json_new_object(p->arena));
		json_put_str(p->arena, o, S("delegation"), r->delegation);
		put_some(p, o, "answer", r->answer);
		put_some(p, o, "note", r->note);
		if (r->revision)
			json_put_i64(p->arena, o, S("revision"), r->revision);
		if (r->answer.n)
			json_put_i64(p->arena, o, S("seq"), r->seq);
	}
	return list;
}

static struct json *head(struct page *p, const struct compilation_entry *e)
{
	struct json *o = json_new_object(p->arena);
	json_put_i64(p->arena, o, S("number"), e->number);
	json_put_str(p->arena, o, S("title"), e->title);
	json_put_str(p->arena, o, S("lang"), e->lang);
	json_put_str(p->arena, o, S("status"), e->status);
	put_some(p, o, "person", e->person);
	json_put_str(p->arena, o, S("organisation"), e->organisation);
	json_put_str(p->arena, o, S("sponsors"), e->sponsors);
	return o;
}

static struct json *entry(struct page *p, const struct compilation_entry *e)
{
	struct json *o = head(p, e);
	struct json *text = json_new_array(p->arena);
	for (size_t i = 0; i < e->paragraphs.n; i++)
		json_add(text, json_of_str(p->arena, e->paragraphs.p[i]));
	json_put_i64(p->arena, o, S("section"), e->section);
	put_some(p, o, "theme", e->theme);
	put_some(p, o, "placed_in", e->placed_in);
	json_put_i64(p->arena, o, S("revision"), e->revision);
	json_put_i64(p->arena, o, S("newest"), e->newest);
	if (e->from_contribution)
		json_put_i64(p->arena, o, S("contribution"), e->contribution);
	json_put(o, S("sources"), numbers(p, &e->sources));
	json_put(o, S("alternatives"), numbers(p, &e->alternatives));
	if (e->beside)
		json_put_i64(p->arena, o, S("beside"), e->beside->number);
	json_put_bool(p->arena, o, S("confirmed"), e->confirmed);
	json_put(o, S("confirmations"), replies(p, &e->confirmations));
	json_put(o, S("text"), text);
	return o;
}

static struct json *sections(struct page *p, const struct compilation_book *b)
{
	struct json *list = json_new_array(p->arena);
	for (size_t i = 0; i < b->chapters.n; i++) {
		const struct compilation_chapter *c = &b->chapters.p[i];
		struct json *o = json_add(list, json_new_object(p->arena));
		json_put_i64(p->arena, o, S("section"), c->number);
		json_put_str(p->arena, o, S("heading"), c->heading);
		put_some(p, o, "formerly", c->formerly);
		if (c->result)
			json_put_i64(p->arena, o, S("merged_into"), c->result);
		json_put_i64(p->arena, o, S("entries"), c->entries);
	}
	return list;
}

/* Each consolidated proposal with its sources: parties, original numbers, approach, rationale. */
static struct json *provenance(struct page *p, const struct compilation_book *b)
{
	struct json *list = json_new_array(p->arena);
	for (size_t i = 0; i < b->all.n; i++) {
		const struct compilation_entry *e = &b->all.p[i];
		if (e->sources.n == 0)
			continue;
		struct json *o = json_add(list, head(p, e));
		struct json *sources = json_new_array(p->arena);
		json_put_str(p->arena, o, S("kind"), e->kind);
		put_some(p, o, "approach", e->approach);
		put_some(p, o, "rationale", e->rationale);
		json_put_i64(p->arena, o, S("seq"), e->made_seq);
		json_put(o, S("sources"), sources);
		for (size_t k = 0; k < e->sources.n; k++) {
			const struct compilation_entry *s = e->sources.p[k].e;
			struct json *source = json_add(sources, head(p, s));
			json_put(source, S("answers"), replies(p, &s->merge_answers));
		}
	}
	return list;
}

static void put_by_place(struct page *p, const struct compilation_book *b)
{
	struct json *entries = json_new_array(p->arena);
	struct json *gone = json_new_array(p->arena);
	struct json *out = json_new_array(p->arena);
	for (size_t i = 0; i < b->all.n; i++) {
		const struct compilation_entry *e = &b->all.p[i];
		struct json *o;
		switch (e->where) {
		case COMPILATION_ENTRY:
			json_add(entries, entry(p, e));
			break;
		case COMPILATION_GONE_INTO:
			o = json_add(gone, head(p, e));
			json_put(o, S("into"), numbers(p, &e->results));
			break;
		case COMPILATION_NOT_PLACED:
			o = json_add(out, head(p, e));
			put_some(p, o, "reason", e->reason);
			break;
		}
	}
	page_fact(p, "placed", entries);
	page_fact(p, "gone_into", gone);
	page_fact(p, "not_placed", out);
}

void compilation_book_facts(struct page *p, const struct compilation_book *b)
{
	struct json *o = json_new_object(p->arena);
	json_put_i64(p->arena, o, S("number"), b->number);
	json_put_str(p->arena, o, S("title"), b->title);
	json_put_bool(p->arena, o, S("closed"), b->closed);
	json_put_str(p->arena, o, S("deadline"), b->deadline_iso);
	json_put_i64(p->arena, o, S("proposals"), (int64_t)b->all.n);
	json_put_i64(p->arena, o, S("entries"), b->entries);
	json_put_i64(p->arena, o, S("alternatives"), b->alternatives);
	json_put_i64(p->arena, o, S("gone_into"), b->gone_into);
	json_put_i64(p->arena, o, S("not_placed"), (int64_t)b->not_placed.n);
	json_put_i64(p->arena, o, S("confirmed"), b->confirmed);
	page_fact(p, "compilation", o);
	page_fact(p, "sections", sections(p, b));
	put_by_place(p, b);
	page_fact(p, "provenance", provenance(p, b));
}
