/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The text of a Word document as it would stand with every tracked change accepted: deleted
 * runs, rows, cells and paragraph marks are left out, moved text stands where it was moved to.
 */
#include "base/map.h"
#include "engine/intake_convert.h"
#include "engine/intake_prose.h"

#include "base/poison.h"

enum act {
	ACT_NONE,
	ACT_DOCUMENT,
	ACT_P,
	ACT_R,
	ACT_T,
	ACT_TAB,
	ACT_BREAK,
	ACT_HYPHEN,
	ACT_GONE, /* w:del, w:moveFrom */
	ACT_PPR,
	ACT_RPR,
	ACT_TR,
	ACT_TRPR,
	ACT_TC,
	ACT_TCPR,
	ACT_CELL_GONE,
	ACT_STYLE_OF,
	ACT_OUTLINE,
	ACT_REFERENCE, /* to a footnote or endnote */
	ACT_NOTE,
	ACT_DROP,
	ACT_STYLE,
	ACT_STYLE_NAME,
	ACT_STYLE_BASE,
};

struct word_act {
	const char *name;
	enum act act;
};

static const struct word_act word_acts[] = {
    {"p", ACT_P},
    {"r", ACT_R},
    {"t", ACT_T},
    {"tab", ACT_TAB},
    {"ptab", ACT_TAB},
    {"br", ACT_BREAK},
    {"cr", ACT_BREAK},
    {"noBreakHyphen", ACT_HYPHEN},
    {"del", ACT_GONE},
    {"moveFrom", ACT_GONE},
    {"pPr", ACT_PPR},
    {"rPr", ACT_RPR},
    {"tr", ACT_TR},
    {"trPr", ACT_TRPR},
    {"tc", ACT_TC},
    {"tcPr", ACT_TCPR},
    {"cellDel", ACT_CELL_GONE},
    {"pStyle", ACT_STYLE_OF},
    {"outlineLvl", ACT_OUTLINE},
    {"footnoteReference", ACT_REFERENCE},
    {"endnoteReference", ACT_REFERENCE},
    {"footnote", ACT_NOTE},
    {"endnote", ACT_NOTE},
    {"pPrChange", ACT_DROP}, /* what the properties were before a change */
    {"rPrChange", ACT_DROP},
    {"trPrChange", ACT_DROP},
    {"tcPrChange", ACT_DROP},
    {"rt", ACT_DROP}, /* the reading beside a character */
    {"document", ACT_DOCUMENT},
    {"style", ACT_STYLE},
    {"name", ACT_STYLE_NAME},
    {"basedOn", ACT_STYLE_BASE},
};

struct note {
	bool endnote;
	str id;
};

struct style {
	int level;
};

struct docx {
	struct arena *arena; /* borrowed */
	struct prose prose;
	struct map styles;      /* id to struct style */
	struct style *style;    /* the one that is being read; may be NULL */
	VEC(struct note) notes; /* in the order of their references */
	bool document;          /* the outermost element was a Word document's */
	bool in_notes;
	size_t label; /* of the note whose first paragraph is about to begin; 0: none */
};

static bool is_word(str uri)
{
	return str_eq(uri, S("http://schemas.openxmlformats.org/wordprocessingml/2006/main")) ||
	       str_eq(uri, S("http://purl.oclc.org/ooxml/wordprocessingml/main"));
}

static bool is_math(str uri)
{
	return str_eq(uri, S("http://schemas.openxmlformats.org/officeDocument/2006/math")) ||
	       str_eq(uri, S("http://purl.oclc.org/ooxml/officeDocument/math"));
}

static enum act act_of(const struct xml_element *e)
{
	if (is_word(e->uri)) {
		for (size_t i = 0; i < sizeof word_acts / sizeof *word_acts; i++)
			if (str_is(e->name, word_acts[i].name))
				return word_acts[i].act;
		return ACT_NONE;
	}
	if (is_math(e->uri))
		return str_is(e->name, "t") ? ACT_T : ACT_NONE;
	/* The same content once more for older programs. */
	if (str_is(e->name, "Fallback") && str_ends(e->uri, S("/markup-compatibility/2006")))
		return ACT_DROP;
	return ACT_NONE;
}

/* "1" to "9" of a heading, 0 for what is none. */
static int outline_level(str value)
{
	int64_t v;
	return str_to_i64(value, &v) && v >= 0 && v <= 8 ? (int)v + 1 : 0;
}

static void on_gone(struct docx *d)
{
	struct prose *w = &d->prose;
	struct prose_frame *self = prose_above(w, 0), *parent = prose_above(w, 1),
	                   *above = prose_above(w, 2);
	if (parent->act == ACT_RPR && above->act == ACT_PPR && !parent->dropped)
		prose_merge(w);
	else if (parent->act == ACT_TRPR)
		above->dropped = true;
	self->dropped = true;
}

static void on_style_of(struct docx *d, const struct xml_element *e)
{
	struct prose *w = &d->prose;
	if (d->in_notes || prose_above(w, 0)->dropped || prose_above(w, 1)->act != ACT_PPR)
		return;
	const struct style *style = map_get(&d->styles, xml_attribute(e, "val"));
	if (style && style->level > 0)
		prose_level(w, style->level);
}

static void on_outline(struct docx *d, const struct xml_element *e)
{
	struct prose *w = &d->prose;
	if (!d->in_notes && !prose_above(w, 0)->dropped)
		prose_level(w, outline_level(xml_attribute(e, "val")));
}

static size_t find_note(const struct docx *d, bool endnote, str id)
{
	for (size_t i = 0; i < d->notes.n; i++)
		if (d->notes.p[i].endnote == endnote && str_eq(d->notes.p[i].id, id))
			return i + 1;
	return 0;
}

#define NOTES_MAX 5000 /* looked up one by one */

static void on_reference(struct docx *d, const struct xml_element *e)
{
	if (prose_above(&d->prose, 0)->dropped || d->in_notes || d->notes.n >= NOTES_MAX)
		return;
	struct note note = {
	    str_is(e->name, "endnoteReference"), arena_str(d->arena, xml_attribute(e, "id"))};
	*vec_push(d->arena, &d->notes) = note;
	prose_put(&d->prose, arena_printf(d->arena, "[%zu]", d->notes.n));
}

static void on_note(struct docx *d, const struct xml_element *e)
{
	d->label = find_note(d, str_is(e->name, "endnote"), xml_attribute(e, "id"));
	/* Separators, and notes whose reference is deleted. */
	if (d->label == 0)
		prose_above(&d->prose, 0)->dropped = true;
}

static void on_paragraph(struct docx *d)
{
	prose_begin(&d->prose, d->in_notes ? INTAKE_NOTE : INTAKE_BODY);
	if (d->label > 0)
		prose_label(&d->prose, d->label);
	d->label = 0;
}

static void on_start(void *ctx, const struct xml_element *e)
{
	struct docx *d = ctx;
	struct prose *w = &d->prose;
	enum act act = act_of(e);
	struct prose_frame *frame = prose_push(w, act);
	bool in_run = prose_above(w, 1)->act == ACT_R;
	switch (act) {
	case ACT_DOCUMENT:
		d->document = d->document || w->depth == 1;
		break;
	case ACT_P:
		on_paragraph(d);
		break;
	case ACT_TAB:
		prose_put(w, in_run ? S("\t") : STR_EMPTY);
		break;
	case ACT_BREAK:
		prose_put(w, in_run ? S("\n") : STR_EMPTY);
		break;
	case ACT_HYPHEN:
		prose_put(w, S("\xe2\x80\x91"));
		break;
	case ACT_GONE:
		on_gone(d);
		break;
	case ACT_CELL_GONE:
		if (prose_above(w, 1)->act == ACT_TCPR)
			prose_above(w, 2)->dropped = true;
		break;
	case ACT_STYLE_OF:
		on_style_of(d, e);
		break;
	case ACT_OUTLINE:
		on_outline(d, e);
		break;
	case ACT_REFERENCE:
		on_reference(d, e);
		break;
	case ACT_NOTE:
		on_note(d, e);
		break;
	case ACT_DROP:
		frame->dropped = true;
		break;
	case ACT_NONE:
	case ACT_R:
	case ACT_T:
	case ACT_PPR:
	case ACT_RPR:
	case ACT_TR:
	case ACT_TRPR:
	case ACT_TC:
	case ACT_TCPR:
	case ACT_STYLE:
	case ACT_STYLE_NAME:
	case ACT_STYLE_BASE:
		break;
	}
}

static void on_end(void *ctx)
{
	struct docx *d = ctx;
	struct prose_frame frame = prose_pop(&d->prose);
	if (frame.act == ACT_P)
		prose_end(&d->prose);
	else if (frame.act == ACT_TC || frame.act == ACT_NOTE)
		prose_flush(&d->prose);
}

static void on_text(void *ctx, str s)
{
	struct docx *d = ctx;
	if (prose_above(&d->prose, 0)->act != ACT_T)
		return;
	/* A line feed inside w:t is the file's layout, not the author's. */
	str piece;
	bool first = true;
	while (str_cut(&s, '\n', &piece)) {
		if (!first)
			prose_put(&d->prose, S(" "));
		prose_put(&d->prose, piece);
		first = false;
	}
}

/* ---- styles.xml: which styles are headings, whatever their language ---- */

static int level_of_name(str name)
{
	str prefix = S("heading ");
	if (str_eq_nocase(name, S("title")))
		return 1;
	if (name.n != prefix.n + 1 || !str_eq_nocase(str_head(name, prefix.n), prefix))
		return 0;
	char digit = name.p[prefix.n];
	return digit >= '1' && digit <= '9' ? digit - '0' : 0;
}

static void style_start(void *ctx, const struct xml_element *e)
{
	struct docx *d = ctx;
	enum act act = act_of(e);
	prose_push(&d->prose, act);
	if (act == ACT_STYLE) {
		d->style = arena_new_of(d->arena, struct style);
		map_put(&d->styles, arena_str(d->arena, xml_attribute(e, "styleId")), d->style);
	}
	if (!d->style)
		return;
	str value = xml_attribute(e, "val");
	if (act == ACT_STYLE_NAME && prose_above(&d->prose, 1)->act == ACT_STYLE)
		d->style->level = level_of_name(value);
	else if (act == ACT_OUTLINE)
		d->style->level = outline_level(value);
	else if (act == ACT_STYLE_BASE && d->style->level == 0) {
		const struct style *base = map_get(&d->styles, value);
		d->style->level = base ? base->level : 0;
	}
}

static void style_end(void *ctx)
{
	struct docx *d = ctx;
	if (prose_pop(&d->prose).act == ACT_STYLE)
		d->style = NULL;
}

/* ---- _rels/.rels: where the document stands ---- */

struct relations {
	struct arena *arena;
	str target;
};

static void relation_start(void *ctx, const struct xml_element *e)
{
	struct relations *r = ctx;
	if (!str_is(e->name, "Relationship") || r->target.n > 0 ||
	    !str_ends(xml_attribute(e, "Type"), S("/officeDocument")))
		return;
	str target = xml_attribute(e, "Target");
	r->target = arena_str(r->arena, str_starts(target, S("/")) ? str_skip(target, 1) : target);
}

static enum intake_no find_document(struct arena *a, struct package *p, str *name)
{
	struct relations r = {.arena = a};
	const struct xml_reader reader = {.start = relation_start, .ctx = &r};
	if (package_has(p, S("_rels/.rels"))) {
		enum intake_no no = package_read(p, S("_rels/.rels"), &reader);
		if (no != NO_REASON)
			return no;
	}
	*name = r.target.n > 0 && package_has(p, r.target) ? r.target : S("word/document.xml");
	return package_has(p, *name) ? NO_REASON : NO_OTHER_OFFICE;
}

/* The part `leaf` beside the document. */
static str beside(struct arena *a, str document, const char *leaf)
{
	size_t n = document.n;
	while (n > 0 && document.p[n - 1] != '/')
		n--;
	return arena_printf(a, "%.*s%s", STR(str_head(document, n)), leaf);
}

static enum intake_no read_notes(struct docx *d, struct package *p, str name, struct buf *reply)
{
	if (d->notes.n == 0 || !package_has(p, name))
		return NO_REASON;
	prose_init(&d->prose, d->arena, reply);
	d->in_notes = true;
	d->label = 0;
	const struct xml_reader reader = {
	    .start = on_start, .end = on_end, .text = on_text, .ctx = d};
	return package_read(p, name, &reader);
}

static enum intake_no read_styles(struct docx *d, struct package *p, str name, struct buf *reply)
{
	d->styles = map_in(d->arena);
	if (!package_has(p, name))
		return NO_REASON;
	prose_init(&d->prose, d->arena, reply);
	const struct xml_reader reader = {.start = style_start, .end = style_end, .ctx = d};
	enum intake_no no = package_read(p, name, &reader);
	d->style = NULL;
	/* Without its styles a document still has its text. */
	return no == NO_BROKEN || no == NO_CHARSET ? NO_REASON : no;
}

enum intake_no intake_docx(struct arena *a, struct package *p, struct buf *reply)
{
	str name;
	enum intake_no no = find_document(a, p, &name);
	if (no != NO_REASON)
		return no;
	struct docx *d = arena_new_of(a, struct docx);
	d->arena = a;
	no = read_styles(d, p, beside(a, name, "styles.xml"), reply);
	if (no != NO_REASON)
		return no;
	prose_init(&d->prose, a, reply);
	const struct xml_reader reader = {
	    .start = on_start, .end = on_end, .text = on_text, .ctx = d};
	no = package_read(p, name, &reader);
	if (no == NO_REASON && !d->document)
		no = NO_OTHER_OFFICE;
	prose_flush(&d->prose);
	if (no == NO_REASON)
		no = read_notes(d, p, beside(a, name, "footnotes.xml"), reply);
	if (no == NO_REASON)
		no = read_notes(d, p, beside(a, name, "endnotes.xml"), reply);
	return no;
}
