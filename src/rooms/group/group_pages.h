/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* group_pages: the values of the pages of this room, for their templates. */
#ifndef ROOMS_GROUP_PAGES_H
#define ROOMS_GROUP_PAGES_H

#include "base/vec.h"
#include "engine/html.h"
#include "group_view.sql.h"
#include "record_view.sql.h"

struct group_card {
	url to;
	str title, description, step, last, last_iso;
	bool done; /* every step of the process */
};

struct group_home_page {
	VEC(struct group_card) groups;
	bool may_create;
	url create;
};

struct group_step_line {
	str name, state, word, detail;
	url to;
};

struct group_next_line {
	bool meeting;
	str title, place, when, when_iso;
	url to;
};

struct group_act_line {
	str who, said, when, when_iso;
	bool by_clock;
	url entry;
};

struct group_announcement_line {
	str title, text, when, when_iso;
	url entry;
};

struct group_link {
	str label;
	url to;
};

/* The help page: every command of the table, as its row describes it. */
struct group_help_field {
	str name, label, help;
	bool required, given;
};

struct group_help_command {
	str name, title, help, who;
	bool yours;
	url to;
	VEC(struct group_help_field) fields;
};

struct group_help_room {
	str name;
	VEC(struct group_help_command) commands;
};

struct group_help_page {
	VEC(struct group_help_room) rooms;
};

struct group_page {
	str title, description;
	bool is_founded;
	url found, founded, record, help;
	VEC(struct group_step_line) steps;
	VEC(struct group_next_line) next;
	VEC(struct group_act_line) latest;
	VEC(struct group_announcement_line) announcements;
	VEC(struct group_link) todo;
};

#endif
