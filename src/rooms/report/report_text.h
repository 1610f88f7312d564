/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report_text: the text of a draft as headings, numbered paragraphs and footnotes.
 *
 * A paragraph that begins with "# " or "## " is a heading; one that begins with "[^1]:" holds the
 * words of footnote 1; "[[meetings]]" stands where the facts about the meetings go; every other
 * paragraph is numbered. "[^1]" inside of a numbered paragraph
 * calls the footnote. Footnotes are shown in the order in which they are first called, whatever
 * they are called in the source. Pure. Threads: any. Everything is in arena or borrowed from the
 * text.
 */
#ifndef ROOMS_REPORT_REPORT_TEXT_H
#define ROOMS_REPORT_REPORT_TEXT_H

#include "base/err.h"
#include "base/vec.h"

#define REPORT_NOTES 999

/* The facts that the report writes itself, in their usual order. */
enum report_fact {
	REPORT_FACT_NONE,
	REPORT_FACT_SUMMARY,
	REPORT_FACT_MANDATE,
	REPORT_FACT_COMPOSITION,
	REPORT_FACT_MEETINGS,
	REPORT_FACT_CONTRIBUTIONS,
	REPORT_FACT_PROPOSALS,
	REPORT_FACT_OUTCOME,
	REPORT_FACT_RECORD,
	REPORT_FACTS,
};

/* The heading over those facts, when the draft has none: "Mandate". Static. */
const char *report_fact_heading(enum report_fact f);

/* A run of words and the footnote that is called after it (as shown; 0: none). */
struct report_piece {
	str words;
	int64_t note;
	bool first; /* the first call of that footnote: where it links back to */
};

struct report_paragraph {
	int64_t number; /* 0: a heading, or the place of facts */
	int level;      /* of the heading: 1 or 2 */
	/* The facts that stand here; of a heading: those that usually follow it. */
	enum report_fact fact;
	VEC(struct report_piece) pieces;
};

struct report_note {
	int64_t number; /* as shown, from 1 */
	int64_t label;  /* as written in the source */
	str words;
};

struct report_text {
	VEC(struct report_paragraph) paragraphs;
	VEC(struct report_note) notes; /* in the order in which they are shown */
	int64_t numbered;              /* paragraphs with a number */
};

/*
 * Reads a text. INVALID "text": a footnote without words, words that nothing calls, two words of
 * one footnote, facts that there are not or that stand twice, a text without a numbered paragraph.
 */
enum rc report_text_read(struct arena *a, const str *paragraphs, size_t n, struct report_text *out,
    struct err *err) MUST_USE;

/* True if "adopted" stands anywhere in s, whatever its case. */
bool report_says_adopted(str s);

#endif
