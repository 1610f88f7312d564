/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How pages say what delegations think of an amendment, and of words of the text. */
#include "rooms/draft/draft_pages.h"

#include "base/poison.h"

str draft_stance_label(const struct page *p, str stance)
{
	if (str_is(stance, "support"))
		return page_t(p, "supports it");
	if (str_is(stance, "retain"))
		return page_t(p, "wants the text retained");
	if (str_is(stance, "delete"))
		return page_t(p, "wants neither");
	if (str_is(stance, "object"))
		return page_t(p, "objects to it");
	return page_t(p, "reserves its position");
}

str draft_word_stance_label(const struct page *p, str stance)
{
	if (str_is(stance, "retain"))
		return page_t(p, "wants these words retained");
	if (str_is(stance, "delete"))
		return page_t(p, "wants these words deleted");
	if (str_is(stance, "object"))
		return page_t(p, "objects to these words");
	return page_t(p, "reserves its position");
}

/* What became of it; empty while it stands. */
static str state_label(struct page *p, const struct draft_stands_row *row)
{
	str revision = page_i64(p, row->changed);
	if (str_is(row->state, "changed"))
		return page_say(p,
		    "Its words changed in revision {0}: the delegation says anew what it thinks of "
		    "them.",
		    revision, STR_EMPTY);
	if (str_is(row->state, "gone"))
		return page_say(p, "Its words are gone since revision {0}.", revision, STR_EMPTY);
	return STR_EMPTY;
}

str draft_par_name(const struct draft_loaded *d, str id)
{
	size_t par = text_doc_find(&d->doc, id);
	return par != TEXT_START && d->doc.par[par].number.n ? d->doc.par[par].number : id;
}

void draft_fill_stances(
    struct page *p, struct draft_page *v, const struct draft_loaded *d, int64_t seat)
{
	for (size_t i = 0; i < d->stand_rows.n; i++) {
		const struct draft_stands_row *row = &d->stand_rows.p[i];
		bool mine = seat && row->seat == seat;
		bool ended = row->removed.n > 0;
		*vec_push(p->arena, &v->stances) = (struct draft_word_stance){.number = row->number,
		    .party = row->party,
		    .what = draft_word_stance_label(p, row->stance),
		    .words = row->words,
		    .whole = !row->words.n,
		    .paragraph = draft_par_name(d, row->paragraph),
		    .note = row->note,
		    .date = page_date(p, row->at),
		    .state = state_label(p, row),
		    .from_floor = row->from_floor,
		    .removed = row->removed,
		    .may_remove = !ended && (mine || page_may(p, ROLE_CHAIR)) &&
		                  page_may_do(p, "draft.remove_stance"),
		    .to = url_fragment(p->arena, draft_url(p, v->number), row->paragraph),
		    .remove = draft_do_url(
		        p, "draft.remove_stance", v->number, "stance", page_i64(p, row->number)),
		    .record = page_record_url(p, row->seq)};
	}
}
