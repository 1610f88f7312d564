/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/canon.h"

#include "base/buf.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/must.h"
#include "base/poison.h"

static bool is_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

str text_nfc(struct arena *a, str text)
{
	if (is_ascii(text))
		return text;
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
	must(U_SUCCESS(e) && text.n < INT32_MAX / 4);
	int32_t room = (int32_t)text.n + 1, n = 0, m = 0;
	UChar *u = arena_array(a, UChar, room);
	u_strFromUTF8(u, room, &n, text.p, (int32_t)text.n, &e);
	must(U_SUCCESS(e));
	if (unorm2_isNormalized(nfc, u, n, &e))
		return text;
	UChar *v = arena_array(a, UChar, 3 * room); /* one unit becomes three at most in NFC */
	m = unorm2_normalize(nfc, u, n, v, 3 * room, &e);
	char *z = arena_push(a, 3 * (size_t)m + 1);
	u_strToUTF8(z, 3 * m + 1, &n, v, m, &e);
	must(U_SUCCESS(e));
	return (str){z, (size_t)n};
}

void text_edits_sort(struct text_edits *e)
{
	/* Few and mostly in order: by insertion, which keeps the order of equals. */
	for (size_t i = 1; i < e->list.n; i++) {
		struct text_edit x = e->list.p[i];
		size_t k = i;
		for (;
		     k > 0 && (e->list.p[k - 1].from > x.from ||
		                  (e->list.p[k - 1].from == x.from && e->list.p[k - 1].to > x.to));
		     k--)
			e->list.p[k] = e->list.p[k - 1];
		e->list.p[k] = x;
	}
}

/* A paragraph and its words, for all edits of it. */
struct before {
	struct arena *arena;
	struct text_lexer *lexer;
	str read;
	struct text_tokens tokens;
	bool is_nfc;
};

/*
 * The paragraph with raw[0, n) in it. New words may join with what stands beside them (a mark
 * after its letter), so it is the whole that becomes NFC.
 */
static str after(const struct before *b, const struct text_edit *raw, size_t n)
{
	struct buf out = buf_in(b->arena, 0);
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		buf_put(&out, (str){b->read.p + at, raw[i].from - at});
		buf_put(&out, raw[i].text);
		at = raw[i].to;
	}
	buf_put(&out, str_skip(b->read, at));
	return b->is_nfc ? text_nfc(b->arena, buf_str(&out)) : buf_str(&out);
}

static size_t start_of(const struct text_tokens *t, size_t i)
{
	return i ? t->end[i - 1] : 0;
}

/* What parts the paragraph before from the one after, in whole words, leftmost. */
static struct text_edit differ(const struct before *b, str young)
{
	struct text_tokens x = b->tokens, y = text_cut(b->arena, b->lexer, young);
	size_t tail = 0, head = 0, most = x.n < y.n ? x.n : y.n;
	while (tail < most && x.id[x.n - 1 - tail] == y.id[y.n - 1 - tail])
		tail++;
	while (head < most - tail && x.id[head] == y.id[head])
		head++;
	size_t from = start_of(&y, head), to = start_of(&y, y.n - tail);
	str words = {young.p + from, to - from};
	return (struct text_edit){
	    start_of(&x, head), start_of(&x, x.n - tail), text_nfc(b->arena, words)};
}

/* Some raw edits that became one. */
struct group {
	size_t first, n;
	struct text_edit edit;
};

struct text_edits text_canon(
    struct arena *a, struct text_lexer *l, str read, const struct text_edits *raw)
{
	struct before b = {a, l, read, text_cut(a, l, read), str_eq(text_nfc(a, read), read)};
	struct text_edits nfc = {0}, out = {0};
	VEC(struct group) groups = {0};
	for (size_t i = 0; i < raw->list.n; i++) {
		struct text_edit *e = vec_push(a, &nfc.list);
		*e = raw->list.p[i];
		e->text = text_nfc(a, e->text);
	}
	for (size_t i = 0; i < nfc.list.n; i++) {
		struct group g = {i, 1, differ(&b, after(&b, &nfc.list.p[i], 1))};
		while (groups.n && groups.p[groups.n - 1].edit.to >= g.edit.from) {
			struct group *last = &groups.p[--groups.n];
			g.n += g.first - last->first;
			g.first = last->first;
			g.edit = differ(&b, after(&b, &nfc.list.p[g.first], g.n));
		}
		*vec_push(a, &groups) = g;
	}
	for (size_t i = 0; i < groups.n; i++)
		if (groups.p[i].edit.from < groups.p[i].edit.to || groups.p[i].edit.text.n)
			*vec_push(a, &out.list) = groups.p[i].edit;
	return out;
}
