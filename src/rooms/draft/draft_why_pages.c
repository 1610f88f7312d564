/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What the text engine says of an amendment that was carried over, in the language of the reader.
 * The tables and the record keep its English sentences (text/rebase.c); here they are known again.
 */
#include "rooms/draft/draft_pages.h"

#include "text/rebase.h"

#include "base/poison.h"

/* What stands for {0} in a sentence with nothing else open. */
static bool fits(const char *form, str said, str *hole)
{
	str f = str_of(form);
	size_t at = str_find(f, S("{0}"));
	str head = str_head(f, at), tail = str_skip(f, at + 3);
	if (said.n < head.n + tail.n || !str_starts(said, head) ||
	    !str_eq(str_skip(said, said.n - tail.n), tail))
		return false;
	*hole = (str){said.p + head.n, said.n - head.n - tail.n};
	return true;
}

str draft_why(const struct page *p, str why)
{
	static const char *const whole[] = {
	    "Some of it has been adopted with {0}; what remains can still be adopted.",
	    "All of it has been adopted with {0}."};
	str hole, with, against;
	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (fits(whole[i], why, &hole))
			return page_say(p, whole[i], hole, STR_EMPTY);
	if (!text_why_apart(why, &with, &against))
		return why;
	return page_say(p, "{0} has been adopted. {1} Its author must say what remains of it.",
	    with, page_t(p, arena_z(p->arena, against)));
}
