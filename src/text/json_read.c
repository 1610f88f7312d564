/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Paragraphs, from the bytes on. Amendments: json_amend.c. */
#include "text/json_read.h"

#include "base/must.h"
#include "base/utf8.h"
#include "text/json_field.h"

#include "base/poison.h"

#define LEVEL_MAX 9

const str json_kinds[4] = {
    {"para", 4},
    {"heading", 7},
    {"sub", 3},
    {"note", 4},
};
const str json_marks[4] = {
    {"emphasis", 8},
    {"strong", 6},
    {"link", 4},
    {"note_ref", 8},
};

str text_kind_name(enum text_kind kind)
{
	return json_kinds[kind];
}

str text_mark_name(enum text_mark_kind kind)
{
	return json_marks[kind];
}

/* --- the bytes ---------------------------------------------------------------------------- */

enum rc text_check_utf8(struct arena *a, str bytes, struct err *err)
{
	size_t good = utf8_good(bytes);
	size_t line = 1, start = 0;
	if (good == bytes.n)
		return OK;
	for (size_t i = 0; i < good; i++)
		if (bytes.p[i] == '\n') {
			line++;
			start = i + 1;
		}
	return ERR(err, INVALID, NULL,
	    "Line {0}, byte {1}: this is not UTF-8 (the byte is 0x{2}). Save the file as UTF-8.",
	    arena_printf(a, "%zu", line), arena_printf(a, "%zu", good - start + 1),
	    arena_printf(a, "%02X", (unsigned char)bytes.p[good]));
}

/* Values that a parser would make of s, from above: a look at the bytes that is cheap. */
static size_t count_values(str s)
{
	size_t n = 1;
	bool quoted = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '"')
			quoted = !quoted;
		else if (quoted)
			i += c == '\\';
		else
			n += c == ',' || c == '[' || c == '{';
	}
	return n;
}

static enum rc parse(struct arena *a, str bytes, const struct json **out, struct err *err)
{
	struct json *root;
	if (str_starts(bytes, S("\xEF\xBB\xBF")))
		bytes = str_skip(bytes, 3);
	TRY(text_check_utf8(a, bytes, err));
	if (count_values(bytes) > TEXT_JSON_VALUES)
		return ERR(err, INVALID, NULL,
		    "This file holds more than {0} values. Divide it into several.",
		    arena_printf(a, "%d", TEXT_JSON_VALUES));
	TRY(json_parse(a, bytes, NULL, &root, err));
	if (root->kind != JSON_KIND_OBJECT)
		return ERR(err, INVALID, NULL,
		    "A draft is one JSON object: {\"paragraphs\": [...], \"amendments\": [...]}.");
	*out = root;
	return OK;
}

/* --- a paragraph -------------------------------------------------------------------------- */

/* A text and how far it has been counted, so that counting goes through it once. */
struct counted {
	struct text_lexer *lexer;
	str text;
	size_t graphemes, bytes;
};

/* Goes on to the n-th grapheme, which is not before the last one asked for. False: too far. */
static bool count_to(struct counted *c, size_t n)
{
	size_t more = text_grapheme_at(c->lexer, str_skip(c->text, c->bytes), n - c->graphemes);
	if (more == SIZE_MAX)
		return false;
	c->bytes += more;
	c->graphemes = n;
	return true;
}

static enum rc too_far(
    const struct json_at *at, const char *name, size_t is, const struct counted *c, struct err *err)
{
	return ERR(err, INVALID, NULL, "{0}: {1}, but the paragraph has {2} graphemes.", at->where,
	    arena_printf(at->arena, "`%s` is %zu", name, is),
	    arena_printf(at->arena, "%zu", text_graphemes(c->lexer, c->text)));
}

/* One stretch of what is gone: `at` counts graphemes, or `byte` bytes where no grapheme begins. */
static enum rc read_gone_place(
    const struct json_at *at, struct counted *c, size_t *out, struct err *err)
{
	size_t n = SIZE_MAX, byte = SIZE_MAX;
	TRY(json_at_count(at, "byte", JSON_MAY, &byte, err));
	TRY(json_at_count(at, "at", byte == SIZE_MAX ? JSON_MUST : JSON_MAY, &n, err));
	if (byte != SIZE_MAX) {
		if (byte > c->text.n || !utf8_valid(str_head(c->text, byte)))
			return ERR(err, INVALID, NULL,
			    "{0}: no character of the text begins at `byte`.", at->where);
		*out = byte;
		return OK;
	}
	if (n < c->graphemes)
		return ERR(err, INVALID, NULL, "{0}: what is gone stands in the order of `at`.",
		    at->where);
	if (!count_to(c, n))
		return too_far(at, "at", n, c, err);
	*out = c->bytes;
	return OK;
}

static void add_run(struct text_par *p, size_t from, size_t to)
{
	if (p->gone_n && p->gone[p->gone_n - 1].to == from)
		p->gone[p->gone_n - 1].to = to;
	else if (from < to)
		p->gone[p->gone_n++] = (struct text_run){from, to};
}

/* p->full from the text that is read and what is gone of it. */
static enum rc read_full(
    const struct json_at *at, struct text_lexer *l, struct text_par *p, struct err *err)
{
	struct counted c = {.lexer = l};
	struct buf full = buf_in(at->arena, 0);
	const struct json *gone;
	size_t done = 0, i = 0;
	TRY(json_at_text(at, "text", JSON_MUST, &c.text, err));
	TRY(json_at_list(at, "gone", &gone, err));
	p->full = c.text;
	if (!gone)
		return OK;
	p->gone = arena_array(at->arena, struct text_run, gone->count);
	json_each (v, gone) {
		struct json_at one;
		str text;
		size_t byte = 0;
		TRY(json_at_inner(at, v, "gone", i++, &one, err));
		TRY(read_gone_place(&one, &c, &byte, err));
		TRY(json_at_text(&one, "text", JSON_MUST, &text, err));
		if (byte < done)
			return ERR(err, INVALID, NULL,
			    "{0}: what is gone stands in the order of its places.", one.where);
		buf_put(&full, (str){c.text.p + done, byte - done});
		done = byte;
		add_run(p, full.n, full.n + text.n);
		buf_put(&full, text);
	}
	buf_put(&full, str_skip(c.text, done));
	p->full = buf_str(&full);
	return OK;
}

/* A place of the full text: graphemes of what is read, then graphemes of what is gone there. */
static enum rc read_place(const struct json_at *at, struct text_lexer *l, const struct text_par *p,
    const char *name, const char *past_name, size_t *out, struct err *err)
{
	struct counted c = {.lexer = l, .text = text_par_read(at->arena, p)};
	size_t n = 0, past = 0;
	TRY(json_at_count(at, name, JSON_MUST, &n, err));
	TRY(json_at_count(at, past_name, JSON_MAY, &past, err));
	if (!count_to(&c, n))
		return too_far(at, name, n, &c, err);
	*out = text_par_at(p, c.bytes, 0);
	if (past && *out != TEXT_START)
		past = text_grapheme_at(l, str_skip(p->full, *out), past);
	if (past == SIZE_MAX || *out == TEXT_START ||
	    (*out = text_par_at(p, c.bytes, past)) == TEXT_START)
		return ERR(err, INVALID, NULL, "{0}: so much is not gone at `{1}`.", at->where,
		    str_of(name));
	return OK;
}

static enum rc read_marks(
    const struct json_at *at, struct text_lexer *l, struct text_par *p, struct err *err)
{
	const struct json *list;
	TRY(json_at_list(at, "marks", &list, err));
	if (!list)
		return OK;
	p->marks = arena_array(at->arena, struct text_mark, list->count);
	json_each (v, list) {
		struct text_mark *m = &p->marks[p->marks_n];
		struct json_at one;
		size_t kind = SIZE_MAX;
		TRY(json_at_inner(at, v, "mark", p->marks_n++, &one, err));
		TRY(json_at_word(&one, "kind", json_marks, 4, &kind, err));
		if (kind == SIZE_MAX)
			return ERR(err, INVALID, NULL, "{0}: `kind` is missing.", one.where);
		m->kind = (enum text_mark_kind)kind;
		TRY(json_at_text(&one, "value", JSON_MAY, &m->value, err));
		TRY(read_place(&one, l, p, "from", "past", &m->from, err));
		TRY(read_place(&one, l, p, "to", "to_past", &m->to, err));
		if (m->from > m->to)
			return ERR(err, INVALID, NULL, "{0}: `from` is behind `to`.", one.where);
	}
	return OK;
}

static enum rc read_par(struct arena *a, struct text_lexer *l, const struct json *v,
    const char *what, size_t i, struct text_par *p, struct err *err)
{
	struct json_at at;
	size_t kind = TEXT_PARA, level = 0;
	TRY(json_at_item(a, v, what, i, &at, err));
	TRY(json_at_id(&at, "id", JSON_MUST, &p->id, err));
	at.where = arena_printf(a, "%s %.*s", what, STR(p->id));
	TRY(json_at_word(&at, "kind", json_kinds, 4, &kind, err));
	TRY(json_at_count(&at, "level", JSON_MAY, &level, err));
	if (level > LEVEL_MAX)
		return ERR(err, INVALID, NULL, "{0}: `level` is more than 9.", at.where);
	p->kind = (enum text_kind)kind;
	p->level = (unsigned)level;
	TRY(json_at_text(&at, "number", JSON_MAY, &p->number, err));
	TRY(json_at_text(&at, "split_from", JSON_MAY, &p->split_from, err));
	TRY(json_at_texts(&at, "aliases", &p->aliases, &p->aliases_n, err));
	TRY(read_full(&at, l, p, err));
	return read_marks(&at, l, p, err);
}

/* --- all of them -------------------------------------------------------------------------- */

/* A paragraph on its way to its place: those that are gone say behind which they stood. */
struct placed {
	struct text_par par;
	size_t next; /* in the order of the document; TEXT_START: the last */
	size_t tail; /* the last of those that are gone and stand behind this one */
};

struct placing {
	struct arena *arena;
	struct placed *list; /* list[0] stands before the first paragraph */
	size_t n;
	struct map by_id; /* id: struct placed * */
};

static enum rc place(struct placing *s, size_t after, struct err *err)
{
	struct placed *one = &s->list[s->n];
	size_t before = one->par.is_gone ? s->list[after].tail : after;
	if (map_get(&s->by_id, one->par.id))
		return ERR(err, INVALID, NULL, "Two paragraphs have the id {0}.", one->par.id);
	map_put(&s->by_id, one->par.id, one);
	one->next = s->list[before].next;
	s->list[before].next = s->n;
	if (one->par.is_gone)
		s->list[after].tail = s->n;
	one->tail = s->n++;
	return OK;
}

static enum rc read_gone_par(
    struct placing *s, struct text_lexer *l, const struct json *v, size_t i, struct err *err)
{
	struct text_par *p = &s->list[s->n].par;
	const struct placed *after;
	struct json_at at;
	str id;
	TRY(read_par(s->arena, l, v, "Gone paragraph", i, p, err));
	p->is_gone = true;
	at = (struct json_at){
	    s->arena, v, arena_printf(s->arena, "Gone paragraph %.*s", STR(p->id))};
	TRY(json_at_text(&at, "after", JSON_MAY, &id, err));
	after = id.n ? map_get(&s->by_id, id) : &s->list[0];
	if (!after)
		return ERR(err, INVALID, NULL,
		    "{0}: `after` is {1}, but no paragraph before it in this file has that id.",
		    at.where, id);
	return place(s, (size_t)(after - s->list), err);
}

/* The list in its order, without list[0]. */
static void line_up(const struct placing *s, struct text_doc *d)
{
	d->par = arena_array(s->arena, struct text_par, s->n - 1);
	for (size_t i = s->list[0].next; i != TEXT_START; i = s->list[i].next)
		d->par[d->n++] = s->list[i].par;
	must(d->n == s->n - 1);
}

static enum rc read_doc(
    struct arena *a, struct text_lexer *l, struct text_file *out, struct err *err)
{
	struct json_at root = {a, out->root, S("The draft")};
	const struct json *pars, *gone;
	size_t i = 0;
	TRY(json_at_list(&root, "paragraphs", &pars, err));
	TRY(json_at_list(&root, "gone", &gone, err));
	if (!pars)
		return ERR(err, INVALID, NULL, "The draft has no list of `paragraphs`.");
	struct placing s = {.arena = a, .by_id = map_in(a), .n = 1};
	s.list = arena_array(a, struct placed, 1 + pars->count + (gone ? gone->count : 0));
	s.list[0].next = TEXT_START;
	json_each (v, pars) {
		TRY(read_par(a, l, v, "Paragraph", i++, &s.list[s.n].par, err));
		TRY(place(&s, s.n - 1, err));
	}
	i = 0;
	json_each (v, gone)
		TRY(read_gone_par(&s, l, v, i++, err));
	line_up(&s, &out->doc);
	return text_doc_index(a, &out->doc, err);
}

enum rc text_json_read_doc(
    struct arena *a, struct text_lexer *l, str bytes, struct text_file *out, struct err *err)
{
	*out = (struct text_file){0};
	TRY(parse(a, bytes, &out->root, err));
	return read_doc(a, l, out, err);
}

enum rc text_json_read(
    struct arena *a, struct text_lexer *l, str bytes, struct text_file *out, struct err *err)
{
	TRY(text_json_read_doc(a, l, bytes, out, err));
	return json_read_amendments(a, l, out, err);
}

size_t text_file_find(const struct text_file *file, str id)
{
	for (size_t i = 0; i < file->n; i++)
		if (str_eq(file->list[i].id, id))
			return i;
	return SIZE_MAX;
}
