/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * screen_pages: the page on which a meeting is followed as it goes.
 *
 * It is made of pieces (struct piece): the page shows them, and whoever follows it is told which of
 * them changed. So they are the same for everybody who reads the same language; what only some may
 * do stands outside of them. Threads: each request has its own page. Everything is in its arena.
 */
#ifndef ROOMS_SCREEN_SCREEN_PAGES_H
#define ROOMS_SCREEN_SCREEN_PAGES_H

#include "engine/page.h"
#include "screen_view.sql.h"

/* A sentence that is read out when its number changes. */
struct screen_say {
	str key, sentence;
	int64_t seq;
	bool quiet; /* that nothing is there now: it is not read out */
};

struct screen_item {
	int64_t item; /* 0: none is under consideration */
	str key, title, note;
	url to;
};

/* Who speaks, was interrupted or was called. */
struct screen_speaker {
	str key; /* "speaker" of the first */
	str party, name, constituency, about, what, state, state_label;
	bool remote, runs; /* runs: the clock does */
	str since, since_iso;
	int64_t used, limit; /* seconds; limit 0: none */
	str limit_label;
	url record;
};

struct screen_place {
	str key, party, kind, about, why;
	bool remote;
	str note, lang;
	url record;
};

/* How the list is ordered, and how many wait behind it. */
struct screen_list {
	str policy, limit;
	bool closed;
	int64_t waiting;
	url all;
};

struct screen_put {
	int64_t put;
	str key, text, hash, state, state_label, words, at, iso;
	bool open;
	str objections; /* who objects, as one sentence; or "" */
	url to, record;
};

/* Of the live captions, with its number; or of the transcript, line 0. */
struct screen_line {
	int64_t line;
	str key, speaker, lang, text;
	bool named; /* the speaker is said */
};

struct screen_lang {
	str lang, name;
	url to;
	bool chosen;
};

struct screen_paragraph {
	int64_t draft, revision;
	str shown, text, lang, hash;
	url to, record;
};

struct screen_paper {
	str key, name, title, lang;
	url to;
};

struct screen_link {
	str label;
	url to;
	bool primary;
	bool act; /* to a form: it opens in this page */
	str done; /* read out after it; "": everybody is told */
};

typedef VEC(struct piece) screen_piece_list;

struct screen_size {
	str label;
	url to;
	int64_t size;
	bool chosen;
};

struct screen_live_page {
	str title, state, state_label;
	bool in_session;
	int64_t at; /* the last change that it holds */
	url meeting, floor, transcript, captions_page;
	screen_piece_list say, blank, now, put, said, shown, head, queue, papers;
	url earlier;                   /* what was said before; empty: nothing */
	str captions;                  /* their language */
	int64_t lines_at;              /* its last change that the page holds */
	VEC(struct screen_lang) langs; /* in which there are captions, if there are several */
	int64_t size;                  /* of the letters of what is said, 1 to 4 */
	VEC(struct screen_size) sizes;
	VEC(struct screen_link) first; /* what most come for: beside who has the floor */
	VEC(struct screen_link) acts;
	str lang;
	/* The clock of the meeting when the page was made, that of the wall, how fast the first
	 * goes. */
	int64_t now_ms, made_ms, pace;
};

/* What the files of the pages share. */
struct screen_work {
	struct page *p;
	struct pieces *out;
	int64_t meeting;
	struct screen_meeting_row row;
	int64_t first;    /* of the lines that are said; 0: the last ones */
	int64_t items[8]; /* under consideration */
	size_t items_n;
};

/* Puts what o holds at the end of the pieces. */
void screen_add(struct screen_work *w, const char *part, str key, const struct page_out *o);
struct page_out screen_out(const struct screen_work *w);
void screen_add_say(struct screen_work *w, const struct screen_say *say);

/* A page of the meeting. */
url screen_url(const struct screen_work *w, str what);
/* The channel of its captions. */
url screen_captions_url(const struct screen_work *w, str lang);

/* screen_said_pages.c: captions; also says in *v where they are followed. */
enum rc screen_fill_said(
    struct screen_work *w, struct screen_live_page *v, struct err *err) MUST_USE;
/* screen_floor_pages.c: who speaks, who waits, what was put. */
enum rc screen_fill_floor(struct screen_work *w, struct err *err) MUST_USE;
/* True of an item under consideration, and of what is of the whole meeting (item 0). */
bool screen_is_now(const struct screen_work *w, int64_t item);
enum rc screen_fill_put(struct screen_work *w, struct err *err) MUST_USE;

#endif
