/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The body and the footnotes: runs, marks, changes, and where remarks begin. */
#include <unicode/ubidi.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "docx/write_inner.h"

#include "base/poison.h"

static const struct word_change *change_of(const struct docx_writing *w, uint32_t i)
{
	return &w->plan.stream.changes.p[i];
}

/* 1: right to left, 0: left to right, -1: nothing strong in it. */
static int direction(str text)
{
	uint32_t c;
	for (size_t at = 0; utf8_next(text, &at, &c);) {
		UCharDirection d = u_charDirection((UChar32)c);
		if (d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC)
			return 1;
		if (d == U_LEFT_TO_RIGHT)
			return 0;
	}
	return -1;
}

static bool is_rtl(const struct word_par *p)
{
	for (size_t i = 0; i < p->runs.n; i++) {
		int d = p->runs.p[i].alt ? -1 : direction(p->runs.p[i].text);
		if (d >= 0)
			return d == 1;
	}
	return false;
}

/* w:id, w:author, w:date of a change or remark. */
static void put_who(struct buf *b, uint64_t id, str author, usec date)
{
	xml_attr_n(b, "w:id", id);
	xml_attr(b, "w:author", author);
	if (!date)
		return;
	struct civil c = when_civil(date);
	buf_printf(b, " w:date=\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", c.year, c.month, c.day, c.hour,
	    c.minute, c.second);
}

static const char *const layer_names[] = {
    [WORD_INS] = "w:ins",
    [WORD_DEL] = "w:del",
    [WORD_MOVE_FROM] = "w:moveFrom",
    [WORD_MOVE_TO] = "w:moveTo",
};

static void put_layer(const struct docx_writing *w, struct buf *b, uint32_t i, bool empty)
{
	const struct word_change *c = change_of(w, i);
	xml_raw(b, "<");
	xml_raw(b, layer_names[c->layer]);
	put_who(b, i + (uint64_t)1, c->author, c->date);
	xml_raw(b, empty ? "/>" : ">");
}

static void close_layer(const struct docx_writing *w, struct buf *b, uint32_t i)
{
	xml_raw(b, "</");
	xml_raw(b, layer_names[change_of(w, i)->layer]);
	xml_raw(b, ">");
}

/* --- remarks --- */

static void begin_comment(struct docx_writing *w, struct buf *b, struct written_comment *c)
{
	c->placed = true;
	c->comment.id = ++w->last_id;
	xml_raw(b, "<w:commentRangeStart");
	xml_attr_n(b, "w:id", c->comment.id);
	xml_raw(b, "/>");
}

static void end_comment(struct buf *b, const struct written_comment *c)
{
	xml_raw(b, "<w:commentRangeEnd");
	xml_attr_n(b, "w:id", c->comment.id);
	xml_raw(b, "/><w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr>"
	           "<w:commentReference");
	xml_attr_n(b, "w:id", c->comment.id);
	xml_raw(b, "/></w:r>");
}

/* The remarks that begin here: first of their amendment, or of an alternative. */
struct beginning {
	VEC(size_t) list;
};

static void begin_of(struct docx_writing *w, struct buf *b, size_t who, struct beginning *out)
{
	for (size_t *k = w->of[who]; k && *k != SIZE_MAX; k++) {
		*vec_push(w->arena, &out->list) = *k;
		begin_comment(w, b, &w->comments.p[*k]);
	}
	w->of[who] = NULL;
}

static struct beginning begin_comments(
    struct docx_writing *w, struct buf *b, const struct word_state *s, size_t alt)
{
	struct beginning out = {0};
	for (uint32_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < change_of(w, s->change[i])->who_n; k++)
			begin_of(w, b, change_of(w, s->change[i])->who[k], &out);
	if (!alt)
		return out;
	const struct text_class *c = &w->plan.touch.list[w->plan.alts.p[alt - 1].class];
	for (size_t k = 0; k < c->owners_n; k++)
		begin_of(w, b, c->owner[k], &out);
	for (size_t k = 0; k < w->comments.n; k++)
		if (w->comments.p[k].alt == alt && !w->comments.p[k].placed) {
			*vec_push(w->arena, &out.list) = k;
			begin_comment(w, b, &w->comments.p[k]);
		}
	return out;
}

static void end_comments(const struct docx_writing *w, struct buf *b, const struct beginning *begun)
{
	for (size_t i = 0; i < begun->list.n; i++)
		end_comment(b, &w->comments.p[begun->list.p[i]]);
}

/* --- runs --- */

static void put_words(struct buf *b, str text, bool gone)
{
	const char *open =
	    gone ? "<w:delText xml:space=\"preserve\">" : "<w:t xml:space=\"preserve\">";
	const char *shut = gone ? "</w:delText>" : "</w:t>";
	while (text.n) {
		size_t n = 0;
		while (n < text.n && text.p[n] != '\n' && text.p[n] != '\t')
			n++;
		if (n) {
			xml_raw(b, open);
			xml_text(b, str_head(text, n));
			xml_raw(b, shut);
		}
		if (n < text.n)
			xml_raw(b, text.p[n] == '\n' ? "<w:br/>" : "<w:tab/>");
		text = str_skip(text, n + (n < text.n));
	}
}

static void put_run(const struct docx_writing *w, struct buf *b, const struct word_run *r, bool rtl)
{
	int d = direction(r->text);
	bool right = d >= 0 ? d == 1 : rtl;
	bool gone = word_layer_in(&w->plan.stream, &r->state, WORD_DEL) != WORD_NONE;
	xml_raw(b, "<w:r><w:rPr>");
	if (r->note)
		xml_raw(b, "<w:rStyle w:val=\"FootnoteReference\"/>");
	else if (r->link.n)
		xml_raw(b, "<w:rStyle w:val=\"Hyperlink\"/>");
	if (r->strong)
		xml_raw(b, "<w:b/><w:bCs/>");
	if (r->emphasis)
		xml_raw(b, "<w:i/><w:iCs/>");
	if (right)
		xml_raw(b, "<w:rtl/><w:lang w:bidi=\"ar-SA\"/>");
	xml_raw(b, "</w:rPr>");
	if (r->note) {
		xml_raw(b, "<w:footnoteReference");
		xml_attr_n(b, "w:id", r->note + 1);
		xml_raw(b, "/>");
	}
	put_words(b, r->text, gone);
	xml_raw(b, "</w:r>");
}

/* A content control that may not be edited: brackets of an alternative, the number in front. */
static void begin_control(struct docx_writing *w, struct buf *b, const char *alias, str tag)
{
	xml_raw(b, "<w:sdt><w:sdtPr><w:alias");
	xml_attr(b, "w:val", str_of(alias));
	xml_raw(b, "/><w:tag");
	xml_attr(b, "w:val", tag);
	xml_raw(b, "/><w:id");
	xml_attr_n(b, "w:val", ++w->last_id);
	xml_raw(b, "/><w:lock w:val=\"sdtContentLocked\"/></w:sdtPr><w:sdtContent>");
}

static size_t link_of(struct docx_writing *w, str address)
{
	for (size_t i = 0; i < w->links.n; i++)
		if (str_eq(w->links.p[i], address))
			return i;
	*vec_push(w->arena, &w->links) = address;
	return w->links.n - 1;
}

static void put_one(struct docx_writing *w, struct buf *b, const struct word_run *r, bool rtl)
{
	struct beginning begun = begin_comments(w, b, &r->state, r->alt);
	if (r->link.n)
		buf_printf(b, "<w:hyperlink r:id=\"rId%zu\">", 100 + link_of(w, r->link));
	for (uint32_t i = 0; i < r->state.n; i++)
		put_layer(w, b, r->state.change[i], false);
	if (r->alt)
		begin_control(
		    w, b, "Alternative", arena_printf(w->arena, "comity:alt:%zu", r->alt));
	put_run(w, b, r, rtl);
	if (r->alt)
		xml_raw(b, "</w:sdtContent></w:sdt>");
	for (uint32_t i = r->state.n; i-- > 0;)
		close_layer(w, b, r->state.change[i]);
	if (r->link.n)
		xml_raw(b, "</w:hyperlink>");
	end_comments(w, b, &begun);
}

/* --- paragraphs --- */

/* In the order of the schema, which is that of the enum, each once. */
static void put_mark(const struct docx_writing *w, struct buf *b, const struct word_state *mark)
{
	if (mark->n)
		xml_raw(b, "<w:rPr>");
	for (int layer = WORD_INS; layer <= WORD_MOVE_TO; layer++)
		for (uint32_t i = 0; i < mark->n; i++)
			if (change_of(w, mark->change[i])->layer == (enum word_layer)layer)
				put_layer(w, b, mark->change[i], true);
	if (mark->n)
		xml_raw(b, "</w:rPr>");
}

static void put_properties(
    struct docx_writing *w, struct buf *b, const struct word_par *p, bool rtl)
{
	xml_raw(b, "<w:pPr>");
	str style = docx_style(w->arena, p->kind, p->level);
	if (!str_is(style, "Normal")) {
		xml_raw(b, "<w:pStyle");
		xml_attr(b, "w:val", style);
		xml_raw(b, "/>");
	}
	if (rtl)
		xml_raw(b, "<w:bidi/>");
	put_mark(w, b, &p->mark);
	xml_raw(b, "</w:pPr>");
}

static void put_range(struct docx_writing *w, struct buf *b, const char *what, size_t move,
    const struct word_state *s, uint32_t *id)
{
	const struct word_change *c = change_of(w, s->change[0]);
	*id = ++w->last_id;
	xml_raw(b, "<");
	xml_raw(b, what);
	put_who(b, *id, c->author, c->date);
	xml_attr(b, "w:name", w->plan.stream.moves.p[move - 1]);
	xml_raw(b, "/>");
}

static void end_range(struct buf *b, const char *what, uint32_t id)
{
	xml_raw(b, "<");
	xml_raw(b, what);
	xml_attr_n(b, "w:id", id);
	xml_raw(b, "/>");
}

static void put_bookmark(struct docx_writing *w, struct buf *b, str name)
{
	uint32_t id = ++w->last_id;
	xml_raw(b, "<w:bookmarkStart");
	xml_attr_n(b, "w:id", id);
	xml_attr(b, "w:name", name);
	xml_raw(b, "/><w:bookmarkEnd");
	xml_attr_n(b, "w:id", id);
	xml_raw(b, "/>");
}

/* The number in front is not part of the text. */
static void put_number(struct docx_writing *w, struct buf *b, const struct word_par *p, bool rtl)
{
	const struct word_state *at = &p->number_state;
	struct word_run run = {
	    .text = arena_printf(w->arena, "%.*s\t", STR(p->number)), .state = *at};
	if (!p->number.n)
		return;
	for (uint32_t i = 0; i < at->n; i++)
		put_layer(w, b, at->change[i], false);
	begin_control(w, b, "Number", S("comity:number"));
	put_run(w, b, &run, rtl);
	xml_raw(b, "</w:sdtContent></w:sdt>");
	for (uint32_t i = at->n; i-- > 0;)
		close_layer(w, b, at->change[i]);
}

/* Those of the draft were given in its order, so that they can be made again from it alone. */
static str para_id(struct docx_writing *w, str id)
{
	const str *known = map_get(&w->para_ids, id);
	return known ? *known : docx_para_id(&w->ids, id);
}

struct ranges {
	uint32_t from, to;
};

static void put_par(
    struct docx_writing *w, struct buf *b, const struct word_par *p, struct ranges *r)
{
	bool rtl = is_rtl(p);
	/* The second place of what moves has the number and the name, too, until one is gone:
	 * only the first may say them. */
	bool second = word_layer_in(&w->plan.stream, &p->mark, WORD_MOVE_TO) != WORD_NONE;
	xml_raw(b, "<w:p");
	if (p->id.n && !second)
		xml_attr(b, "w14:paraId", para_id(w, p->id));
	xml_raw(b, ">");
	put_properties(w, b, p, rtl);
	if (p->is_end)
		put_bookmark(w, b, S(DOCX_END_MARK));
	else if (!second)
		put_bookmark(w, b, docx_bookmark(w->arena, p->id));
	if (p->from_opens)
		put_range(w, b, "w:moveFromRangeStart", p->from_opens, &p->mark, &r->from);
	if (p->to_opens)
		put_range(w, b, "w:moveToRangeStart", p->to_opens, &p->mark, &r->to);
	if (p->in_note)
		xml_raw(b, "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>"
		           "<w:footnoteRef/></w:r>");
	put_number(w, b, p, rtl);
	for (size_t i = 0; i < p->runs.n; i++)
		put_one(w, b, &p->runs.p[i], rtl);
	struct beginning begun = begin_comments(w, b, &p->mark, 0);
	end_comments(w, b, &begun);
	xml_raw(b, "</w:p>");
	if (p->from_closes)
		end_range(b, "w:moveFromRangeEnd", r->from);
	if (p->to_closes)
		end_range(b, "w:moveToRangeEnd", r->to);
}

#define NAMESPACES                                                                  \
	" xmlns:w=\"" W_NS "\" xmlns:r=\"" R_NS "\""                                \
	" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\""       \
	" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"" \
	" mc:Ignorable=\"w14\">"

void docx_write_document(struct docx_writing *w, struct buf *b)
{
	struct ranges r = {0};
	xml_raw(b, XML_HEAD "<w:document" NAMESPACES "<w:body>");
	for (size_t i = 0; i < w->plan.stream.par.n; i++)
		if (!w->plan.stream.par.p[i].in_note)
			put_par(w, b, &w->plan.stream.par.p[i], &r);
	xml_raw(b, "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" "
	           "w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" "
	           "w:footer=\"720\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
}

void docx_write_footnotes(struct docx_writing *w, struct buf *b)
{
	struct ranges r = {0};
	xml_raw(b, XML_HEAD "<w:footnotes" NAMESPACES
	                    "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:separator/>"
	                    "</w:r></w:p></w:footnote><w:footnote w:type=\"continuationSeparator\" "
	                    "w:id=\"1\"><w:p><w:r><w:continuationSeparator/></w:r></w:p>"
	                    "</w:footnote>");
	for (size_t i = 0; i < w->plan.stream.par.n; i++) {
		const struct word_par *p = &w->plan.stream.par.p[i];
		if (!p->in_note)
			continue;
		xml_raw(b, "<w:footnote");
		xml_attr_n(b, "w:id", p->in_note + 1);
		xml_raw(b, ">");
		put_par(w, b, p, &r);
		xml_raw(b, "</w:footnote>");
	}
	xml_raw(b, "</w:footnotes>");
}

void docx_write_comments(const struct docx_writing *w, struct buf *b)
{
	xml_raw(b, XML_HEAD "<w:comments" NAMESPACES);
	for (size_t i = 0; i < w->comments.n; i++) {
		const struct word_comment *c = &w->comments.p[i].comment;
		if (!w->comments.p[i].placed)
			continue;
		xml_raw(b, "<w:comment");
		put_who(b, c->id, c->author, c->date);
		xml_attr(b, "w:initials", str_head(c->author, utf8_prefix(c->author, 2)));
		xml_raw(b, ">");
		str rest = c->text, line;
		for (bool first = true; str_cut(&rest, '\n', &line); first = false) {
			bool rtl = direction(line) == 1;
			struct word_run run = {.text = line};
			xml_raw(b, "<w:p><w:pPr><w:pStyle w:val=\"CommentText\"/>");
			xml_raw(b, rtl ? "<w:bidi/></w:pPr>" : "</w:pPr>");
			if (first)
				xml_raw(b, "<w:r><w:annotationRef/></w:r>");
			put_run(w, b, &run, rtl);
			xml_raw(b, "</w:p>");
		}
		xml_raw(b, "</w:comment>");
	}
	xml_raw(b, "</w:comments>");
}
