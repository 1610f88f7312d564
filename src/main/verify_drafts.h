/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * verify_drafts: every revision of a draft that the record states, made anew and compared; and the
 * hash of the text that each reading began and ended with.
 *
 * A visitor of record/verify.h, one a log. Texts of which something was erased are passed over.
 * Threads: one at a time.
 */
#ifndef MAIN_VERIFY_DRAFTS_H
#define MAIN_VERIFY_DRAFTS_H

#include "record/log.h"

struct verify_drafts;

/* With an arena of its own, freed by verify_drafts_free. */
struct verify_drafts *verify_drafts_new(void);
/* Accepts NULL. */
void verify_drafts_free(struct verify_drafts *v);
/* As log_visit. REFUSED: what the record states is not what its amendments make; says why. */
enum rc verify_drafts_visit(void *v, const struct log_entry *e, struct err *err);
/* The revisions found right, the texts of readings found right, and what could not be compared. */
uint64_t verify_drafts_right(const struct verify_drafts *v);
uint64_t verify_drafts_bases(const struct verify_drafts *v);
uint64_t verify_drafts_unknown(const struct verify_drafts *v);

#endif
