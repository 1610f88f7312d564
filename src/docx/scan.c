/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Which parts of a package are read, and in which order. */
#include "docx/scan.h"

#include "docx/docx.h"
#include "docx/scan_body.h"

#include "base/poison.h"

/* --- relations --- */

struct relations {
	struct arena *arena;
	str document; /* _rels/.rels: where the document stands */
	struct scan *out;
};

static bool relation(void *ctx, const struct xml_in *e)
{
	struct relations *r = ctx;
	if (!str_is(e->name, "Relationship"))
		return true;
	str type = xml_in_get(e, "Type"), target = xml_in_copy(r->arena, xml_in_get(e, "Target"));
	if (str_ends(type, S("/officeDocument")) && !r->document.n)
		r->document = str_starts(target, S("/")) ? str_skip(target, 1) : target;
	if (str_ends(type, S("/hyperlink"))) {
		str *address = arena_new_of(r->arena, str);
		*address = target;
		map_put(&r->out->links, xml_in_copy(r->arena, xml_in_get(e, "Id")), address);
	}
	return true;
}

static enum rc read_relations(struct relations *r, struct pack *p, str part, struct err *err)
{
	const struct xml_in_reader reader = {.start = relation, .ctx = r};
	return pack_has(p, part) ? xml_in_read(p, part, &reader, err) : OK;
}

/* The part `leaf` beside the document. */
static str beside(struct arena *a, str document, const char *leaf)
{
	size_t n = document.n;
	while (n > 0 && document.p[n - 1] != '/')
		n--;
	return arena_printf(a, "%.*s%s", STR(str_head(document, n)), leaf);
}

/* --- the parts with words --- */

static enum rc read_part(struct scanning *s, struct pack *p, str part, struct err *err)
{
	const struct xml_in_reader reader = {
	    .start = scan_start, .end = scan_end, .text = scan_text, .ctx = s};
	if (!pack_has(p, part))
		return OK;
	s->frames.n = 0;
	s->pars = 0;
	s->ranges.n = 0;
	s->comments.n = 0;
	s->bare.n = 0;
	s->alt_n = 0;
	TRY(xml_in_read(p, part, &reader, err));
	return arena_spent(s->arena) ? ERR(err, BUSY, "file", "This file needs too much memory.")
	                             : OK;
}

enum rc scan_package(struct arena *a, struct pack *p, struct scan *out, struct err *err)
{
	*out = (struct scan){.ids = map_in(a), .links = map_in(a)};
	struct relations r = {.arena = a, .out = out};
	TRY(read_relations(&r, p, S("_rels/.rels"), err));
	str document =
	    r.document.n && pack_has(p, r.document) ? r.document : S("word/document.xml");
	if (!pack_has(p, document))
		return ERR(err, INVALID, "file", "There is no Word document in this file.");
	size_t slash = document.n;
	while (slash > 0 && document.p[slash - 1] != '/')
		slash--;
	str rels = arena_printf(a, "%.*s_rels/%.*s.rels", STR(str_head(document, slash)),
	    STR(str_skip(document, slash)));
	TRY(read_relations(&r, p, rels, err));
	struct scanning *s = arena_new_of(a, struct scanning);
	*s = (struct scanning){.arena = a, .out = out, .moves = map_in(a), .comment_at = map_in(a)};
	TRY(read_part(s, p, document, err));
	if (!s->is_word)
		return ERR(err, INVALID, "file", "There is no Word document in this file.");
	if (out->stream.par.n)
		out->stream.par.p[out->stream.par.n - 1].ends = true;
	s->in_notes = true;
	TRY(read_part(s, p, beside(a, document, "footnotes.xml"), err));
	TRY(read_part(s, p, beside(a, document, "endnotes.xml"), err));
	s->in_notes = false;
	s->in_comments = true;
	TRY(read_part(s, p, beside(a, document, "comments.xml"), err));
	for (unsigned i = 1; i <= 20 && !out->has_draft; i++)
		TRY(scan_draft(a, p, arena_printf(a, "customXml/item%u.xml", i), out, err));
	return OK;
}

enum rc docx_plain(struct arena *a, str bytes, bool accept, struct docx_texts *out, struct err *err)
{
	AUTO_PACK struct pack *p = NULL;
	struct scan scan;
	TRY(pack_open(a, bytes, &p, err));
	TRY(scan_package(a, p, &scan, err));
	struct word_set all = word_all(a, &scan.stream);
	struct word_texts texts = word_read(a, &scan.stream, accept ? &all : NULL);
	out->list.p = texts.list.p;
	out->list.n = texts.list.n;
	out->list.cap = texts.list.n;
	return OK;
}
