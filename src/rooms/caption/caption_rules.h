/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * caption_rules: what becomes part of a transcript, and who may have it corrected.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself (a line of the file), ABSENT a number
 * that does not exist, DENIED somebody who did not speak, REFUSED a step out of order, with the way
 * out. Threads: the caller's group.
 */
#ifndef ROOMS_CAPTION_CAPTION_RULES_H
#define ROOMS_CAPTION_CAPTION_RULES_H

#include "caption/layouts.h"
#include "rooms/caption/caption.h"

/* The words themselves pass by or stand in the file: the entry keeps each utterance as a part. */
decide_fn caption_decide_import, caption_decide_add;
fold_fn caption_fold_import, caption_fold_add;
/* By the secretariat and captioners, until the transcript is final. */
decide_fn caption_decide_correct, caption_decide_final;
fold_fn caption_fold_correct, caption_fold_final;
/* DOMAIN.md, 6: who spoke, within the days of the methods of work; the secretariat decides, with a
 * reason. */
decide_fn caption_decide_ask, caption_decide_answer;
fold_fn caption_fold_ask, caption_fold_answer;

/* caption_take_rules.c: software is let in by a secret that is shown once; lines become utterances.
 */
decide_fn caption_decide_connect, caption_decide_disconnect, caption_decide_take;
fold_fn caption_fold_connect, caption_fold_disconnect, caption_fold_take;

/* For the files of the rules: */

/* The meeting has begun and is public, its transcript not final; the item is on its agenda. */
enum rc caption_need_place(const struct group *g, struct act *act, struct err *err) MUST_USE;
/* The cues as the fields of the entry, one line and one part for each. */
void caption_give_cues(const struct group *g, struct act *act, const caption_cues *cues);
struct transcript *caption_transcript_of(struct group *g, int64_t meeting);

/* Who a label means. seat 0, person none: nobody of this group. */
void caption_speaker_is(const struct group *g, str label, int64_t *seat, actor_id *person);

#endif
