/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/search/search_put.h"

#include "rooms/search/search_forms.h"
#include "search_view.sql.h"

#include "base/poison.h"

/* Pieces of an entry's longest texts: the rest of its rows are for what else it holds. */
#define PIECES_MAX ((size_t)7000)
/* A piece of a file's text, in bytes: about a paragraph. */
#define PIECE_BYTES ((size_t)800)

static str head_of(const struct search_put *p)
{
	if (p->part)
		return p->names;
	return p->names.n ? arena_printf(p->view->arena, "%.*s\n%.*s", STR(p->label), STR(p->names))
	                  : p->label;
}

enum rc search_put_text(
    struct search_put *p, str text, str place, int64_t paragraph, struct err *err)
{
	struct view *v = p->view;
	const struct fact *f = p->fact;
	if (v->grp > SEARCH_GROUP_MAX || f->seq > SEARCH_ENTRY_MAX || p->rows > SEARCH_ROWS_MAX)
		return OK;
	str head = head_of(p);
	if (!str_trim(head).n && !str_trim(text).n)
		return OK;
	int64_t id = search_id(v->grp, f->seq, p->kind, search_lang_of(p->lang), p->rows++);
	TRY(search_row_add(v->db, id, v->grp, search_kind_word(p->kind), p->object, p->page, place,
	    p->label, head, text, p->lang, paragraph, f->seq, f->time, err));
	return v->rebuilding ? OK : search_new_add(v->db, id, err);
}

enum rc search_put_paragraphs(
    struct search_put *p, const struct value *text, const char *prefix, struct err *err)
{
	struct arena *a = p->view->arena;
	size_t each = text->list.n / PIECES_MAX + 1;
	for (size_t i = 0; i < text->list.n; i += each) {
		struct buf b = buf_in(a, 0);
		for (size_t k = i; k < i + each && k < text->list.n; k++) {
			buf_sep(&b, S("\n\n"));
			buf_put(&b, text->list.p[k]);
		}
		/* An erased paragraph has no words: its number is all that is left of it. */
		if (!buf_str(&b).n)
			continue;
		str place = *prefix ? arena_printf(a, "%s%zu", prefix, i + 1) : STR_EMPTY;
		TRY(search_put_text(p, buf_str(&b), place, (int64_t)i + 1, err));
	}
	return OK;
}

/* The bytes of text that make a piece: it ends with a line, or else with a word or a character. */
static size_t piece_of(str text, size_t least)
{
	if (text.n <= least)
		return text.n;
	str window = str_head(str_skip(text, least), least);
	size_t at = str_find_char(window, '\n');
	if (at == SIZE_MAX)
		at = str_find_char(window, ' ');
	if (at != SIZE_MAX)
		return least + at + 1;
	size_t n = text.n <= 2 * least ? text.n : least;
	while (n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

enum rc search_put_file(struct search_put *p, str name, str text, struct err *err)
{
	size_t least = text.n / PIECES_MAX + 1;
	least = least < PIECE_BYTES ? PIECE_BYTES : least;
	struct search_put file = *p;
	file.names = arena_printf(p->view->arena, "%.*s\n%.*s", STR(p->names), STR(name));
	if (!text.n)
		TRY(search_put_text(&file, STR_EMPTY, STR_EMPTY, 0, err));
	while (text.n) {
		size_t n = piece_of(text, least);
		TRY(search_put_text(&file, str_head(text, n), STR_EMPTY, 0, err));
		text = str_skip(text, n);
	}
	p->rows = file.rows;
	return OK;
}

enum rc search_take_away(struct view *v, enum search_kind kind, str object, struct err *err)
{
	if (!v->rebuilding) {
		TRY(search_forms_take(v->db, v->grp, search_kind_word(kind), object, err));
		TRY(search_words_remove(v->db, v->grp, search_kind_word(kind), object, err));
	}
	return search_row_remove(v->db, v->grp, search_kind_word(kind), object, err);
}
