/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* record_pages: the values of the pages of this room, for their templates. */
#ifndef ROOMS_RECORD_PAGES_H
#define ROOMS_RECORD_PAGES_H

#include "base/vec.h"
#include "engine/html.h"

struct record_line {
	int64_t seq;
	str when, when_iso, type, who, said;
	bool by_clock;
	url to;
};

struct record_option {
	str value, label;
	bool chosen;
};

struct record_list_page {
	VEC(struct record_line) lines;
	VEC(struct record_option) types;
	url self, all, older, newest, checkpoint;
	bool has_older, narrowed;
	str type, n;
};

struct record_part_line {
	size_t index;
	str media, commitment, status, text;
	bool shown, can_get;
	url body, salt;
};

struct record_ref_line {
	int64_t seq;
	str said;
	url to;
};

struct record_entry_page {
	int64_t seq;
	str when, when_iso, type, title, who, said, leaf, raw, root;
	bool by_clock, may_erase, has_proof;
	url before, after, proof, person, erase;
	bool has_before, has_after, has_person;
	VEC(struct record_part_line) parts;
	VEC(struct record_ref_line) refs, answers;
};

#endif
