/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The form above a draft: how to show the text, and what of it. */
#include "rooms/draft/draft_narrow_pages.h"

#include "base/poison.h"

/* With one way for each delegation that stands behind an amendment before the group. */
static void fill_modes(struct page *p, struct filter *f, const struct draft_loaded *d)
{
	struct filter_field *x = filter_mode(p, f, "view", "Show the text");
	struct map seen = map_in(p->arena);
	filter_choice(p, x, STR_EMPTY, page_t(p, "With all amendments"));
	filter_choice(p, x, S("clean"), page_t(p, "Clean, with marks where it is contested"));
	filter_choice(p, x, S("base"), page_t(p, "The text alone"));
	for (size_t i = 0; i < d->n; i++) {
		str name = d->list[i].party;
		for (size_t k = 0; k <= d->list[i].cosponsors_n; k++) {
			name = k ? d->list[i].cosponsors[k - 1] : name;
			if (map_get(&seen, name))
				continue;
			map_put(&seen, name, x);
			filter_choice(p, x, arena_printf(p->arena, "party:%.*s", STR(name)),
			    page_say(p, "With those of {0}", name, STR_EMPTY));
		}
	}
}

/* Those that stand behind an amendment or took a stance; and their constituencies. */
static void fill_parties(struct page *p, struct filter *f, const struct draft_loaded *d,
    const struct draft_seats_rows *seats)
{
	struct map speaks = map_in(p->arena), seen = map_in(p->arena);
	for (size_t i = 0; i < d->sponsors.n; i++)
		map_put(&speaks, d->sponsors.p[i].party, f);
	for (size_t i = 0; i < d->stances.n; i++)
		map_put(&speaks, d->stances.p[i].party, f);
	for (size_t i = 0; i < d->stand_rows.n; i++)
		map_put(&speaks, d->stand_rows.p[i].party, f);
	struct filter_field *x = filter_select(p, f, "party", "Party");
	for (size_t i = 0; i < seats->n; i++)
		if (map_get(&speaks, seats->p[i].party))
			filter_choice(p, x, seats->p[i].party, seats->p[i].party);
	filter_fold(p, f);
	x = filter_select(p, f, "constituency", "Constituency");
	for (size_t i = 0; i < seats->n; i++) {
		const struct draft_seats_row *s = &seats->p[i];
		if (!map_get(&speaks, s->party) || map_get(&seen, s->constituency))
			continue;
		map_put(&seen, s->constituency, f);
		filter_choice(p, x, s->constituency, s->name);
	}
	filter_fold(p, f);
}

static void fill_status(struct page *p, struct filter *f, const struct draft_loaded *d)
{
	static const struct {
		const char *status, *tabled_as; /* as rows have them */
	} all[] = {{"tabled", "unchanged"}, {"tabled", "conflict"}, {"satisfied", ""},
	    {"accepted", ""}, {"not_accepted", ""}, {"withdrawn", ""}};
	struct filter_field *x = filter_select(p, f, "status", "Amendments");
	for (size_t k = 0; k < sizeof all / sizeof all[0]; k++) {
		str status = str_of(all[k].status), outcome = str_of(all[k].tabled_as);
		str word = draft_filter_status(status, outcome);
		int64_t n = 0;
		for (size_t i = 0; i < d->rows.n; i++)
			n += str_eq(
			    word, draft_filter_status(d->rows.p[i].status, d->rows.p[i].outcome));
		if (n)
			filter_counted(p, x, word, draft_status_label(p, status, outcome), n);
	}
	filter_fold(p, f);
}

/* Where the paragraphs stand in the newest reading, in the order in which they come. */
static void fill_standing(struct page *p, struct filter *f, const struct draft_loaded *d,
    const struct reading_standing *standing)
{
	struct map seen = map_in(p->arena);
	int64_t since;
	if (!standing->reading)
		return;
	struct filter_field *x = filter_select(p, f, "standing", "Paragraphs in the reading");
	for (size_t i = 0; i < d->doc.n; i++) {
		str status = reading_status_of(standing, d->doc.par[i].id, &since);
		if (!status.n || map_get(&seen, status))
			continue;
		map_put(&seen, status, x);
		filter_choice(p, x, status, reading_status_label(p, status));
	}
	filter_fold(p, f);
}

static enum rc fill_since(struct page *p, struct draft_page *v, const struct draft_narrow *w,
    int64_t seat, struct err *err)
{
	struct filter *f = &v->filter;
	struct draft_own_last_row own = {0};
	bool found = false, listed = !w->since;
	if (seat)
		TRY(draft_own_last(
		    p->db, p->arena, p->group.id, v->number, seat, &own, &found, err));
	struct filter_field *x = filter_select(p, f, "since", "What changed since");
	if (found)
		filter_choice(p, x, page_i64(p, own.seq),
		    page_say(p, "Your own last act here, {0}", page_date(p, own.at), STR_EMPTY));
	listed = listed || (found && own.seq == w->since);
	for (size_t i = 0; i < v->issues.n; i++) {
		const struct draft_issue *r = &v->issues.p[i];
		filter_choice(p, x, page_i64(p, r->seq),
		    page_say(p, "Revision {0}, {1}", page_i64(p, r->revision), r->date));
		listed = listed || r->seq == w->since;
	}
	if (!listed)
		filter_choice(p, x, page_i64(p, w->since),
		    page_say(p, "Entry {0} of the record", page_i64(p, w->since), STR_EMPTY));
	filter_fold(p, f);
	return OK;
}

enum rc draft_fill_filter(struct page *p, struct draft_page *v, const struct draft_loaded *d,
    const struct reading_standing *standing, const struct draft_narrow *w, int64_t seat,
    struct err *err)
{
	struct filter *f = &v->filter;
	*f = filter_of(v->here);
	fill_modes(p, f, d);
	filter_typed(p, f, "paragraphs", "Paragraphs", "Numbers, such as 12 or 15-18")->error =
	    w->problem;
	filter_fold(p, f);
	fill_parties(p, f, d, &w->seats);
	fill_status(p, f, d);
	fill_standing(p, f, d, standing);
	return fill_since(p, v, w, seat, err);
}
