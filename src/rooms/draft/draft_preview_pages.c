/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What an amendment would change, before it is tabled, and who proposes nearly the same. */
#include "base/utf8.h"
#include "rooms/draft/draft_pages.h"

#include "draft_preview.html.h"
#include "text/amend.h"
#include "text/merge.h"
#include "text/redline.h"
#include "text/rolling_html.h"

#include <unicode/uchar.h>

#include "base/poison.h"

/* Letters and digits alone, in lower case: two texts that differ in nothing else are near. */
static str bare(struct arena *a, str s)
{
	struct buf b = buf_in(a, 0);
	uint32_t cp;
	for (size_t at = 0; utf8_next(s, &at, &cp);)
		if (u_isalnum((UChar32)cp))
			buf_printf(
			    &b, "%x ", (unsigned)u_foldCase((UChar32)cp, U_FOLD_CASE_DEFAULT));
	return buf_str(&b);
}

/* How the paragraph would read with one amendment before the group; empty: it does not touch it. */
static str read_with(
    struct page *p, const struct draft_loaded *d, const struct text_amendment *m, str id)
{
	struct text_revision r;
	bool here = false;
	size_t par = text_doc_find(&d->doc, id);
	for (size_t i = 0; i < m->ops_n; i++)
		here = here || (text_op_is_live(&m->ops[i]) && m->ops[i].kind == TEXT_EDIT &&
		                   m->ops[i].par == par);
	if (!here || text_merge(p->arena, &d->doc, m, 1, false, &r, NULL) != OK)
		return STR_EMPTY;
	size_t young = text_doc_find(&r.doc, id);
	return young == TEXT_START ? STR_EMPTY : text_par_read(p->arena, &r.doc.par[young]);
}

static void find_near(
    struct page *p, const struct draft_loaded *d, str id, str text, struct preview_page *v)
{
	str wanted = bare(p->arena, text);
	for (size_t i = 0; i < d->n; i++) {
		const struct text_amendment *m = &d->list[i];
		str other = read_with(p, d, m, id);
		if (!other.n || !str_eq(bare(p->arena, other), wanted))
			continue;
		int64_t number = d->row[i]->number;
		*vec_push(p->arena, &v->near) = (struct preview_near){.number = number,
		    .party = m->party,
		    .to = draft_amendment_url(p, d->draft.number, number),
		    .cosponsor = draft_do_url(
		        p, "draft.cosponsor", d->draft.number, "amendment", page_i64(p, number))};
	}
}

html draft_redline(
    struct page *p, struct text_lexer *l, const struct text_doc *x, const struct text_doc *y)
{
	struct text_redline red = text_redline(p->arena, l, x, y, true);
	text_redline_changes(&red);
	struct text_voice voice = {.say = draft_say, .ctx = p};
	return html_from_renderer(text_redline_html_in(p->arena, &red, &voice));
}

void draft_preview(struct page *p, const struct draft_loaded *d, str id, str text, struct form *f)
{
	struct preview_page v = {0};
	struct text_amendment m = {.id = S("a")};
	struct text_reading reading = {.par = id, .text = text};
	struct text_revision r;
	struct err why = {0};
	struct page_out out = page_piece(p, 0);
	struct text_lexer *l = text_lexer_open(p->arena);
	if (text_settle(p->arena, l, &d->doc, NULL, 0, &reading, 1, &m, &why) == OK &&
	    text_merge(p->arena, &d->doc, &m, 1, false, &r, &why) == OK) {
		v.change = draft_redline(p, l, &d->doc, &r.doc);
		find_near(p, d, id, text, &v);
		draft_preview_html(&out, &v);
		f->preview = html_from_renderer(page_out_str(&out));
	}
	text_lexer_close(l);
}
