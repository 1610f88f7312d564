/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/smell.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/poison.h"

/* A word that is two others written together has at least so many letters of each. */
#define GLUED_MIN 4

/* One find: tokens [from, to) of its text, and what two finds of the same slip have in common. */
struct find {
	enum text_smell_kind kind;
	size_t from, to;
	str core;
};

struct sniff {
	struct arena *arena;
	struct text_lexer *lexer;
	bool french;
	const struct map *known; /* the words of the base, folded */
	struct map here;         /* those of the paragraph that is looked at */
	str text;
	struct text_tokens t;
	VEC(struct find) found;
};

static str token(const struct sniff *s, size_t i)
{
	size_t from = i ? s->t.end[i - 1] : 0;
	return (str){s->text.p + from, s->t.end[i] - from};
}

static bool is(const struct sniff *s, size_t i, enum text_token_kind kind)
{
	return i < s->t.n && text_kind_of(s->t.id[i]) == kind;
}

static void put(struct buf *b, uint32_t cp)
{
	char bytes[U8_MAX_LENGTH];
	size_t n = 0;
	U8_APPEND_UNSAFE(bytes, n, cp);
	buf_put(b, (str){bytes, n});
}

/* Without regard to capitals. */
static str folded(struct arena *a, str word)
{
	struct buf b = buf_in(a, word.n);
	uint32_t cp;
	for (size_t at = 0; utf8_next(word, &at, &cp);)
		put(&b, (uint32_t)u_foldCase((UChar32)cp, U_FOLD_CASE_DEFAULT));
	return buf_str(&b);
}

static bool is_one_of(str sign, const char *const *all)
{
	for (; *all; all++)
		if (str_is(sign, *all))
			return true;
	return false;
}

/* Signs behind which the sentence goes on. */
static bool is_pause(str sign)
{
	static const char *const all[] = {
	    ",", ";", ":", "\u060C", "\u061B", "\u3001", "\uFF0C", "\uFF1B", "\uFF1A", NULL};
	return is_one_of(sign, all);
}

static bool is_stop(str sign)
{
	static const char *const all[] = {".", "\u3002", NULL};
	return is_one_of(sign, all);
}

/* Other signs that stand close to what is before them. */
static bool closes(str sign)
{
	static const char *const all[] = {
	    "!", "?", ")", "]", "\u061F", "\uFF01", "\uFF1F", "\uFF09", NULL};
	return is_one_of(sign, all) || is_pause(sign) || is_stop(sign);
}

/* In French these stand behind a space. */
static bool is_high(str sign)
{
	static const char *const all[] = {";", ":", "!", "?", NULL};
	return is_one_of(sign, all);
}

static void found(struct sniff *s, enum text_smell_kind kind, size_t from, size_t to, str core)
{
	*vec_push(s->arena, &s->found) =
	    (struct find){.kind = kind, .from = from, .to = to, .core = core};
}

/* --- each kind -------------------------------------------------------------------------------- */

static void smell_sign(struct sniff *s, size_t i)
{
	str sign = token(s, i);
	size_t next = i + 1 + is(s, i + 1, TEXT_SPACE);
	if (!is(s, next, TEXT_SIGN))
		return;
	str other = token(s, next);
	if (is_pause(sign) && (is_pause(other) || is_stop(other))) {
		found(s, TEXT_SMELL_SIGN, i, next + 1,
		    arena_printf(s->arena, "%.*s%.*s", STR(sign), STR(other)));
		return;
	}
	/* Two full stops, but not three, and no ellipsis that goes on. */
	bool before = i && is_stop(token(s, i - 1)), behind = is(s, next + 1, TEXT_SIGN);
	if (is_stop(sign) && str_eq(sign, other) && next == i + 1 && !before &&
	    !(behind && is_stop(token(s, next + 1))))
		found(s, TEXT_SMELL_SIGN, i, next + 1, S(".."));
}

static void smell_space(struct sniff *s, size_t i)
{
	str space = token(s, i);
	bool lines = str_find_char(space, '\n') != SIZE_MAX;
	if (utf8_count(space) > 1 && !lines)
		found(s, TEXT_SMELL_SPACES, i, i + 1, S(" "));
	if (i == 0 || !is(s, i + 1, TEXT_SIGN) || lines)
		return;
	str sign = token(s, i + 1);
	/* ".5" and "..." begin something; ", ," is told once. */
	if (is_stop(sign) && i + 2 < s->t.n && !is(s, i + 2, TEXT_SPACE))
		return;
	bool twice = is(s, i - 1, TEXT_SIGN) && is_pause(token(s, i - 1)) &&
	             (is_pause(sign) || is_stop(sign));
	if (closes(sign) && !twice && !(s->french && is_high(sign)))
		found(s, TEXT_SMELL_SPACE, i, i + 2, sign);
}

static void smell_twice(struct sniff *s, size_t i, str word)
{
	if (is(s, i + 1, TEXT_SPACE) && is(s, i + 2, TEXT_WORD) &&
	    str_eq(word, folded(s->arena, token(s, i + 2))))
		found(s, TEXT_SMELL_WORD, i, i + 3, word);
}

/* Of "https://example.org/a:b", up to the spaces around it. */
static bool in_address(const struct sniff *s, size_t i)
{
	while (i > 0 && !is(s, i - 1, TEXT_SPACE))
		i--;
	for (; i < s->t.n && !is(s, i, TEXT_SPACE); i++)
		if (str_is(token(s, i), "/") && is(s, i + 1, TEXT_SIGN) &&
		    str_is(token(s, i + 1), "/"))
			return true;
	return false;
}

/* "actors,and": a letter right behind the sign, a word right before it. */
static void smell_close(struct sniff *s, size_t i)
{
	str sign = token(s, i);
	if (i == 0 || !is(s, i - 1, TEXT_WORD) || !is(s, i + 1, TEXT_WORD))
		return;
	/* Chinese writes no spaces; its signs are wide and bring their own. */
	bool plain = (is_pause(sign) && utf8_count(sign) == 1 &&
	                 (sign.n == 1 || str_is(sign, "\u060C") || str_is(sign, "\u061B"))) ||
	             str_is(sign, "!") || str_is(sign, "?");
	uint32_t cp = 0;
	size_t at = 0;
	str behind = token(s, i + 1);
	if (plain && utf8_next(behind, &at, &cp) && u_isalpha((UChar32)cp) && !in_address(s, i))
		found(s, TEXT_SMELL_GLUED, i - 1, i + 2, folded(s->arena, behind));
}

/* "end.The", "globalInternet": a capital behind three small letters, or behind a stop behind two.
 */
static bool has_seam(str word)
{
	uint32_t cp;
	size_t small = 0, before = 0;
	bool stop = false;
	for (size_t at = 0; utf8_next(word, &at, &cp);) {
		if (u_isupper((UChar32)cp) && (stop ? before >= 2 : small >= 3))
			return true;
		stop = cp == '.';
		before = small;
		small = u_islower((UChar32)cp) ? small + 1 : 0;
	}
	return false;
}

static bool knows(const struct sniff *s, str word)
{
	return map_get(s->known, word) || map_get(&s->here, word);
}

/* "publicpolicy", where "public" and "policy" are known. */
static bool is_two(const struct sniff *s, str word)
{
	uint32_t cp;
	size_t n = 0, letters = utf8_count(word);
	for (size_t at = 0; utf8_next(word, &at, &cp);)
		if (++n >= GLUED_MIN && letters - n >= GLUED_MIN && knows(s, str_head(word, at)) &&
		    knows(s, str_skip(word, at)))
			return true;
	return false;
}

static void smell_glued(struct sniff *s, size_t i, str word)
{
	if (!map_get(s->known, word) && (has_seam(token(s, i)) || is_two(s, word)) &&
	    !in_address(s, i))
		found(s, TEXT_SMELL_GLUED, i, i + 1, word);
}

/* --- a paragraph ------------------------------------------------------------------------------ */

static void note_words(struct arena *a, struct text_lexer *l, struct map *m, str text)
{
	struct sniff s = {.text = text, .t = text_cut(a, l, text)};
	for (size_t i = 0; i < s.t.n; i++)
		if (is(&s, i, TEXT_WORD))
			map_put(m, folded(a, token(&s, i)), m); /* any value */
}

/* Fills s->found. */
static void sniff_at(struct sniff *s, str text)
{
	s->text = text;
	s->t = text_cut(s->arena, s->lexer, text);
	s->found.n = 0;
	s->here = map_in(s->arena);
	note_words(s->arena, s->lexer, &s->here, text);
	for (size_t i = 0; i < s->t.n; i++) {
		switch (text_kind_of(s->t.id[i])) {
		case TEXT_WORD: {
			str word = folded(s->arena, token(s, i));
			smell_twice(s, i, word);
			smell_glued(s, i, word);
			break;
		}
		case TEXT_SPACE:
			smell_space(s, i);
			break;
		case TEXT_SIGN:
			smell_sign(s, i);
			smell_close(s, i);
			break;
		}
	}
}

static str key_of(struct arena *a, const struct find *f)
{
	return arena_printf(a, "%d%.*s", (int)f->kind, STR(f->core));
}

/* Counts what stands in a paragraph of the base. */
static void excuse(struct sniff *s, struct map *counts, const struct text_doc *base, str id)
{
	size_t at = text_doc_find(base, id);
	if (at == TEXT_START || base->par[at].is_gone)
		return;
	sniff_at(s, text_par_read(s->arena, &base->par[at]));
	for (size_t i = 0; i < s->found.n; i++) {
		str key = key_of(s->arena, &s->found.p[i]);
		size_t *n = map_get(counts, key);
		if (!n) {
			n = arena_new_of(s->arena, size_t);
			map_put(counts, key, n);
		}
		++*n;
	}
}

/* With the word before and the word behind. */
static str words_of(const struct sniff *s, const struct find *f)
{
	size_t from = f->from, to = f->to;
	while (from > 0 && !is(s, from, TEXT_WORD))
		from--;
	if (from == f->from && from > 1 && is(s, from - 1, TEXT_SPACE))
		from -= 2;
	if (to < s->t.n && is(s, to, TEXT_SPACE))
		to++;
	if (to < s->t.n)
		to++;
	size_t begin = from ? s->t.end[from - 1] : 0;
	return (str){s->text.p + begin, s->t.end[to - 1] - begin};
}

static void sniff_par(struct sniff *s, const struct text_doc *base, const struct text_doc *now,
    size_t par, struct text_smells *out)
{
	const struct text_par *p = &now->par[par];
	struct map counts = map_in(s->arena);
	excuse(s, &counts, base, p->id);
	if (p->split_from.n)
		excuse(s, &counts, base, p->split_from);
	for (size_t i = 0; i < p->aliases_n; i++)
		excuse(s, &counts, base, p->aliases[i]);
	sniff_at(s, text_par_read(s->arena, p));
	for (size_t i = 0; i < s->found.n; i++) {
		size_t *n = map_get(&counts, key_of(s->arena, &s->found.p[i]));
		if (n && *n)
			--*n;
		else
			*vec_push(s->arena, &out->list) =
			    (struct text_smell){.kind = s->found.p[i].kind,
			        .par = par,
			        .words = words_of(s, &s->found.p[i])};
	}
}

/* A paragraph that reads as before needs no look. */
static bool is_same(struct arena *a, const struct text_doc *base, const struct text_par *p)
{
	size_t at = text_doc_find(base, p->id);
	return at != TEXT_START && !base->par[at].is_gone &&
	       str_eq(text_par_read(a, &base->par[at]), text_par_read(a, p));
}

struct text_smells text_find_smells(struct arena *a, struct text_lexer *l,
    const struct text_doc *base, const struct text_doc *now, str lang)
{
	struct text_smells out = {0};
	struct map known = map_in(a);
	for (size_t i = 0; i < base->n; i++)
		if (!base->par[i].is_gone)
			note_words(a, l, &known, text_par_read(a, &base->par[i]));
	struct sniff s = {
	    .arena = a, .lexer = l, .french = str_starts(lang, S("fr")), .known = &known};
	for (size_t i = 0; i < now->n; i++)
		if (!now->par[i].is_gone && !is_same(a, base, &now->par[i]))
			sniff_par(&s, base, now, i, &out);
	return out;
}
