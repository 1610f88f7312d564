/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * stance: what the remark of a party says that supports, retains, deletes, reserves or objects:
 * always the same sentence, so that it is known again. Pure. Threads: any.
 */
#ifndef DOCX_STANCE_H
#define DOCX_STANCE_H

#include "text/op.h"

/* Static. */
str docx_stance_text(enum text_stance_kind kind);
/* False: it is no such sentence. */
bool docx_stance_of(str text, enum text_stance_kind *out);

#endif
