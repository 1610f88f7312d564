/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rebase: an amendment carried over to the revision that others made.
 *
 * Each operation ends as unchanged, satisfied, partly satisfied or in conflict with something
 * that was adopted. Nothing is placed by a guess and nothing disappears: what cannot be carried
 * over keeps its words and says what stands against it, and its author decides. The worst
 * outcome of the operations is the amendment's; `why` says it in a sentence.
 * Pure. Threads: any.
 */
#ifndef TEXT_REBASE_H
#define TEXT_REBASE_H

#include "text/merge.h"

/* The amendment as it stands in r->doc. In arena; what did not change is borrowed from in. */
struct text_amendment text_rebase(
    struct arena *a, const struct text_revision *r, const struct text_amendment *in);

/* "unchanged", "satisfied", "partly satisfied", "conflict". Static. */
str text_outcome_name(enum text_outcome o);

/*
 * Takes apart the `why` of an amendment in conflict: the ids of what was adopted, and the sentence
 * of text/relate.h that says what stands against it. Borrowed from why. False: another sentence.
 */
bool text_why_apart(str why, str *with, str *against);

#endif
