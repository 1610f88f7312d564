/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/members/members_labels.h"

#include "base/poison.h"

struct word {
	const char *value, *label;
};

static str label(const struct page *p, const struct word *words, size_t n, str value)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(value, words[i].value))
			return page_t(p, words[i].label);
	return value;
}
#define LABEL(p, words, value) label((p), (words), sizeof(words) / sizeof(words)[0], (value))

str members_seat_state_label(const struct page *p, str state)
{
	static const struct word words[] = {
	    {"vacant", "Vacant"},
	    {"nominated", "Nominated"},
	    {"endorsed", "Endorsed"},
	    {"filled", "Filled"},
	};
	return LABEL(p, words, state);
}

str members_nomination_state_label(const struct page *p, str state)
{
	static const struct word words[] = {
	    {"submitted", "Submitted"},
	    {"eligible", "Eligible"},
	    {"ineligible", "Not eligible"},
	    {"endorsed", "Endorsed"},
	    {"not_endorsed", "Not endorsed"},
	    {"withdrawn", "Withdrawn"},
	};
	return LABEL(p, words, state);
}

str members_role_label(const struct page *p, str role)
{
	static const struct word words[] = {
	    {"head", "Head"},
	    {"alternate", "Alternate"},
	    {"adviser", "Adviser"},
	};
	return LABEL(p, words, role);
}

str members_route_label(const struct page *p, str route)
{
	static const struct word words[] = {
	    {"appointed", "Appointed by the parent body or a regional group"},
	    {"focal_point", "Nominated through a focal point"},
	    {"election", "Elected by the constituency"},
	};
	return LABEL(p, words, route);
}

str members_office_label(const struct page *p, str office)
{
	static const struct word words[] = {{"chair", "Chair"}, {"vice_chair", "Vice-chair"}};
	return LABEL(p, words, office);
}

url members_seat_url(const struct page *p, int64_t seat)
{
	return page_url(p, S("members"), S("seats"), page_i64(p, seat));
}

struct members_rep members_rep_of(struct page *p, const struct members_representatives_row *r)
{
	return (struct members_rep){
	    .name = people_shown(p, r->name),
	    .role = members_role_label(p, r->role),
	    .to = people_url(p, r->person),
	};
}

struct members_event members_event_of(struct page *p, const struct members_changes_row *r)
{
	return (struct members_event){
	    .what = r->what,
	    .delegation = r->delegation,
	    .name = people_shown(p, r->name),
	    .former = people_shown(p, r->former_name),
	    .role = members_role_label(p, r->role),
	    .reason = r->reason,
	    .seat = r->seat,
	    .seat_to = members_seat_url(p, r->seat),
	    .record = page_record_url(p, r->seq),
	    .when = page_date(p, r->time),
	    .when_iso = page_iso(p, r->time),
	};
}
