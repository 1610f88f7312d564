/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * akn: a transcript as a debate of Akoma Ntoso 1.0 (OASIS, 29 August 2018), named and subtyped as
 * the guidelines of the United Nations (AKN4UN, part 1) have it: a verbatimRecord of subtype
 * record.
 *
 * Each utterance is a speech, or a narrative where nobody speaks, whose wId is its permanent
 * address in the transcript ("s12"); eId counts within the file. Pure; what is returned is in
 * arena. What is given is borrowed and valid UTF-8; characters that XML has not are left out.
 * Threads: any. Sources: STANDARDS.md, 1; DOMAIN.md, 6.
 */
#ifndef CAPTION_AKN_H
#define CAPTION_AKN_H

#include "base/str.h"
#include "base/vec.h"
#include "base/when.h"

struct akn_speech {
	int64_t segment;
	int64_t item; /* of the agenda; 0: none */
	str lang;     /* of the words, as "fr" */
	str spoken;   /* the words are an interpretation from it; empty: they are not */
	str speaker;  /* empty: a note, nobody's words */
	bool body;    /* the speaker is a delegation or an organisation */
	str text;     /* a line feed begins another paragraph */
	usec written; /* this version of it */
};

struct akn_item {
	int64_t item;
	str title;
};

struct akn_debate {
	str group, group_title; /* group: its short name in addresses */
	int64_t number;         /* of the meeting in the group */
	str title;              /* of the meeting */
	usec date;              /* its first day */
	str record;             /* which kind of record it is, in a sentence */
	str address;            /* where the transcript is read */
	str house;              /* whose program wrote this; an address */
	VEC(struct akn_item) items;
	VEC(struct akn_speech) speeches; /* one at least */
};

str akn_write(struct arena *a, const struct akn_debate *d);

#endif
