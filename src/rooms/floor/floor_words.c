/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/floor/floor_pages.h"

#include "base/poison.h"

struct word {
	const char *value, *label;
};

static str look_up(const struct page *p, const struct word *words, size_t n, str value)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(value, words[i].value))
			return page_t(p, words[i].label);
	return value;
}
#define LOOK_UP(p, words, value) look_up((p), (words), sizeof(words) / sizeof(words)[0], (value))

str floor_policy_label(const struct page *p, str policy)
{
	static const struct word words[] = {
	    {"first_come", "In the order of the requests"},
	    {"states_first", "States first"},
	    {"rotate", "The constituencies in turn"},
	    {"new_first", "Those who have not spoken yet first"},
	    {"budget", "By the time that each constituency has left"},
	};
	return LOOK_UP(p, words, policy);
}

str floor_kind_label(const struct page *p, str kind)
{
	static const struct word words[] = {
	    {"statement", "Statement"},
	    {"reply", "Reply on the current topic"},
	    {"question", "Question to the speaker"},
	    {"right_of_reply", "Right of reply"},
	    {"point_of_order", "Point of order"},
	};
	return LOOK_UP(p, words, kind);
}

str floor_request_label(const struct page *p, str kind, str category)
{
	static const struct word words[] = {
	    {"conduct", "Point of order"},
	    {"suspend_meeting", "Point of order, to suspend the meeting"},
	    {"adjourn_meeting", "Point of order, to adjourn the meeting"},
	    {"adjourn_debate", "Point of order, to adjourn the debate on the item"},
	    {"close_debate", "Point of order, to close the debate on the item"},
	};
	return category.n ? LOOK_UP(p, words, category) : floor_kind_label(p, kind);
}

str floor_state_label(const struct page *p, str state)
{
	static const struct word words[] = {
	    {"requested", "On the waiting list"},
	    {"on_list", "On the list"},
	    {"called", "Called"},
	    {"speaking", "Speaking"},
	    {"paused", "Interrupted"},
	    {"done", "Has spoken"},
	    {"withdrawn", "Withdrawn"},
	    {"removed", "Removed"},
	    {"not_present", "Not present"},
	};
	return LOOK_UP(p, words, state);
}

str floor_why_label(const struct page *p, str why, str constituency)
{
	static const struct word words[] = {
	    {"point_of_order", "A point of order comes before all"},
	    {"question", "A question is put while the speaker speaks"},
	    {"reply", "Replies come before statements"},
	    {"came", "In the order of the requests"},
	    {"state", "States come first"},
	    {"after_states", "After the States"},
	    {"new", "Has not spoken yet"},
	    {"spoke", "Has spoken already"},
	    {"observer", "By the methods of work observers speak after members"},
	    {"right_of_reply", "Rights of reply come at the end"},
	};
	str group = constituency.n ? constituency : page_t(p, "Others");
	if (str_is(why, "turn"))
		return page_say(p, "it is the turn of: {0}", group, STR_EMPTY);
	if (str_is(why, "time_left"))
		return page_say(p, "time is left for: {0}", group, STR_EMPTY);
	if (str_is(why, "time_used"))
		return page_say(p, "the time is used up of: {0}", group, STR_EMPTY);
	return LOOK_UP(p, words, why);
}

str floor_put_label(const struct page *p, str state)
{
	static const struct word words[] = {
	    {"put", "Put to the group"},
	    {"decided", "Decided"},
	    {"objection", "Objection"},
	    {"withdrawn", "Taken back"},
	};
	return LOOK_UP(p, words, state);
}

str floor_span(const struct page *p, int64_t seconds)
{
	return page_say(p, "{0} min {1} s", page_i64(p, seconds / 60), page_i64(p, seconds % 60));
}

str floor_minutes(const struct page *p, int64_t minutes)
{
	return minutes ? page_say(p, "{0} min", page_i64(p, minutes), STR_EMPTY) : STR_EMPTY;
}
