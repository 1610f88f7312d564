/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * draft_text: the text of a draft from its entries in the record alone.
 *
 * The fold uses it, and so does `comity verify`: every revision that the record states is made
 * anew from the first one and the amendments that were accepted, and must read the same. Pure.
 * Threads: the caller's draft. Errors: INVALID, an entry that does not fit those before it.
 */
#ifndef ROOMS_DRAFT_DRAFT_TEXT_H
#define ROOMS_DRAFT_DRAFT_TEXT_H

#include "rooms/draft/draft.h"
#include "text/merge.h"

/* The draft that a draft.open made. In arena a, which must live as long as the draft. */
enum rc draft_text_open(
    struct arena *a, const struct fact *f, struct draft *out, struct err *err) MUST_USE;
/* The amendment of a draft.amend, insert, delete, move, split or join is added to d. */
enum rc draft_text_file(
    struct arena *a, struct draft *d, const struct fact *f, struct err *err) MUST_USE;
/* A draft.restate: the words of an amendment that waited for its author, in the revision of now. */
enum rc draft_text_restate(
    struct arena *a, struct draft *d, const struct fact *f, struct err *err) MUST_USE;
/* A draft.stand_on_text: a stance on words of the revision of now; the seat's last one on them
 * ends. */
enum rc draft_text_stand(
    struct arena *a, struct draft *d, const struct fact *f, struct err *err) MUST_USE;
/* A draft.accept: the new revision, and every amendment before the group, and stance, as it stands
 * in it. */
enum rc draft_text_accept(
    struct arena *a, struct draft *d, const struct fact *f, struct err *err) MUST_USE;
/* The same set, for decide: what the merge would give. REFUSED. */
enum rc draft_text_try(struct arena *a, const struct draft *d, const int64_t *numbers, size_t n,
    struct text_revision *out, struct err *err) MUST_USE;
/* True if the paragraphs read as the list says. */
bool draft_text_reads(struct arena *a, const struct draft *d, const str *list, size_t n);

#endif
