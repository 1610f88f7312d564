/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * caption_pages: a transcript as its template sees it.
 *
 * Threads: each request its own. Everything is in the arena of the request.
 */
#ifndef ROOMS_CAPTION_CAPTION_PAGES_H
#define ROOMS_CAPTION_CAPTION_PAGES_H

#include "engine/page.h"
#include "engine/room.h"

struct caption_deed {
	url to;
	str label;
};
typedef VEC(struct caption_deed) caption_deeds;

/* A stretch of a correction: in both versions, or in one. */
struct caption_piece {
	str text;
	bool added, taken;
};

struct caption_version_line {
	int64_t version;
	str date, iso, reason;
	VEC(struct caption_piece) pieces; /* against the version before */
	url record;
};

struct caption_request_line {
	int64_t number;
	str text, reason, date, iso;
	bool decided, accepted;
	str answer, answer_date, answer_iso;
	url record, answer_record, decide;
};

/* A passage that the analysis marked, and the statements that rest on it. */
struct caption_statement_link {
	int64_t number;
	url to;
	url misread; /* for who spoke; empty: another one */
};
struct caption_passage_line {
	int64_t number;
	str theme, words;
	str id;
	url to, themed, record;
	VEC(struct caption_statement_link) statements;
};

struct caption_line {
	int64_t segment;
	str id, speaker, lang, state, state_label, clock, kind;
	VEC(str) paragraphs;
	url link, record, who;
	bool known;  /* who: the speaker's seat or card */
	bool erased; /* the words are gone */
	str cite;    /* how to cite it, without its address */
	str from;    /* "interpretation from ..."; empty: as it was spoken */
	str address; /* with that of the house */
	VEC(struct caption_version_line) versions;
	VEC(struct caption_request_line) requests;
	VEC(struct caption_passage_line) passages;
	caption_deeds deeds;
};

/* Utterances one behind the other under one item. */
struct caption_part {
	int64_t item; /* 0: none */
	str title;
	bool deep; /* it stands below the heading of a sitting */
	VEC(struct caption_line) lines;
};

/* What was said one behind the other in one sitting. */
struct caption_sitting {
	int64_t sitting; /* 0: not known */
	str id, label, hours, topic;
	VEC(struct caption_part) parts;
};

struct caption_file {
	url to;
	str label;
};

/* Some of a long transcript. */
struct caption_stretch {
	str label;
	url to;
	bool current;
};

struct caption_page {
	int64_t meeting, utterances, speakers, corrected;
	str title, days, disclaimer, state, state_label;
	url to, live, final_record;
	bool final;
	VEC(struct caption_file) files;
	VEC(struct caption_stretch) stretches; /* none: all of it is here */
	bool by_sitting;
	VEC(struct caption_sitting) sittings; /* in one without a number: nobody told */
	caption_deeds deeds;
};

/* Live captions (caption_live.html). */
struct caption_live_line {
	int64_t line;
	str id, speaker, text, iso, clock;
	url link;   /* that stays */
	bool loose; /* it may still change */
};

/* One of them at its own address. */
struct caption_one_line {
	int64_t meeting, line;
	str title, lang, lang_name, speaker, text, iso, time, cite;
	str whole; /* the address, as one reads it elsewhere */
	url address, among;
};

struct caption_channel_link {
	str lang, name;
	url read, write; /* write may be empty */
	int64_t lines;
};

struct caption_connection_line {
	int64_t connection;
	str label, lang, date, iso;
	bool open;
	url record, close; /* close may be empty */
};

struct caption_live_page {
	int64_t meeting, id;
	str title, lang, lang_name, token, live_address, last_text;
	url to, meeting_page, transcript, all, floor, say, write;
	int64_t next_seq;                  /* of the captioner's next piece */
	str proposed;                      /* who has the floor */
	bool open, kept, writes, replaces; /* kept: what is written now */
	VEC(str) speakers;                 /* that may be chosen */
	VEC(struct caption_live_line) lines;
	VEC(struct caption_channel_link) channels;
	VEC(struct caption_connection_line) connections;
	caption_deeds deeds;
};

/* In the language of the reader; for "" the empty str. */
str caption_kind_label(const struct page *p, str kind);
str caption_state_label(const struct page *p, str state);
/* What every page and file says above a transcript: DOMAIN.md, 6. */
str caption_disclaimer(const struct page *p, str kind, bool final);
/* The viewer as the statements want it: never 'public'. */
str caption_viewer(const struct page *p);

/* The transcript as WebVTT, SRT and text (caption_file_pages.c). */
enum rc caption_vtt_page(struct page *p, struct err *err);
enum rc caption_srt_page(struct page *p, struct err *err);
enum rc caption_akn_page(struct page *p, struct err *err);
enum rc caption_txt_page(struct page *p, struct err *err);

/* The channels of live captions, and where they come in (caption_live_pages.c). */
#define CAPTION_LIVES  1
#define CAPTION_INLETS 3
extern const struct live_row caption_lives[CAPTION_LIVES];
extern const struct inlet_row caption_inlets[CAPTION_INLETS];
/* Pages about them (caption_console_pages.c). */
enum rc caption_channels_page(struct page *p, struct err *err);
enum rc caption_lines_page(struct page *p, struct err *err);
enum rc caption_console_page(struct page *p, struct err *err);
/* A line, where it stands now (caption_line_pages.c). */
enum rc caption_line_page(struct page *p, struct err *err);
url caption_line_url(const struct page *p, int64_t meeting, str lang, int64_t line);
struct caption_meeting_row;
/* The meeting and language of the address. ABSENT, DENIED: it is not public. */
enum rc caption_need_channel(
    struct page *p, struct caption_meeting_row *m, struct err *err) MUST_USE;

/* Sources of options, and forms that know what they are about (caption_form_pages.c). */
#define CAPTION_OPTIONS 2
#define CAPTION_SHAPES  4
extern const struct option_source caption_options[CAPTION_OPTIONS];
extern const struct form_shape caption_shapes[CAPTION_SHAPES];

#endif
