/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * members_labels: the words for states, roles and routes, and the pieces that both pages share.
 *
 * Threads: those of the page. Everything is in the arena of the page or static.
 */
#ifndef ROOMS_MEMBERS_LABELS_H
#define ROOMS_MEMBERS_LABELS_H

#include "members_view.sql.h"
#include "rooms/members/members_pages.h"

str members_seat_state_label(const struct page *p, str state);
str members_nomination_state_label(const struct page *p, str state);
str members_role_label(const struct page *p, str role);
str members_route_label(const struct page *p, str route);
str members_office_label(const struct page *p, str office);
url members_seat_url(const struct page *p, int64_t seat);
struct members_rep members_rep_of(struct page *p, const struct members_representatives_row *r);
struct members_event members_event_of(struct page *p, const struct members_changes_row *r);
/* Adds a button if the viewer may give the command. */
#define members_add_link(p, list, command, label, to)                         \
	do {                                                                  \
		if (page_may_do((p), (command)))                              \
			*vec_push((p)->arena, (list)) =                       \
			    (struct people_link){page_t((p), (label)), (to)}; \
	} while (0)

#endif
