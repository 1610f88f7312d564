/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * people_pages: what the pages of people show, and the words in which other pages name persons.
 *
 * Threads: those of the page. Everything is in the arena of the page. Errors: BUSY, FAULT of the
 * database, ABSENT.
 */
#ifndef ROOMS_PEOPLE_PAGES_H
#define ROOMS_PEOPLE_PAGES_H

#include "engine/page.h"

/* A word or a button that leads somewhere. */
struct people_link {
	str label;
	url to;
};

/* A person in a list. */
struct people_entry {
	str name;
	url to;
	str title;
	str representing;
	str place; /* "Head of delegation, seat 7", an office, or "" */
};

/* Participants of one kind. */
struct people_kind_list {
	str heading;
	str id;
	VEC(struct people_entry) entries;
};

struct people_list_page {
	str q;
	url here;
	int64_t n;
	VEC(struct people_kind_list) kinds;
	VEC(struct people_entry) offices;
	VEC(struct people_link) actions;
};

/* Something that a person was for a time. */
struct people_service {
	str what;
	url to; /* "" when it leads nowhere */
	str since, since_iso;
	str until, until_iso; /* "" while it lasts */
	url record;
};

struct people_card_page {
	str name, title, representing, kind;
	str since, since_iso;
	bool corrected;
	url record, card_record, acts;
	VEC(struct people_service) services;
	VEC(struct people_link) actions;
};

/* The name, or a phrase in its place once it has been erased. Borrowed. */
str people_shown(const struct page *p, str name);
/* A sentence of the record with the names of persons in place of their ids, in isolation. What
 * cannot be found or read keeps its id. */
str people_named(struct page *p, str said);
/* The page of a person; the id is "m_...". */
url people_url(const struct page *p, str person);
/* The form of a command about a person. */
url people_do_url(const struct page *p, const char *command, str person);
/* Several of a kind as a heading: "Observers". An unknown kind stays as it is. */
str people_kind_heading(const struct page *p, str kind);
/* The office as people read it; the constituency's name may be "". */
str people_office_label(struct page *p, str office, str constituency);

#endif
