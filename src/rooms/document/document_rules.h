/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * document_rules: which symbol a document receives, and that it is received once.
 *
 * REFUSED: the symbol is taken, or the document was already revised. INVALID: a value that does
 * not fit the others. ABSENT: no such document. Pure. Threads: as the group.
 */
#ifndef ROOMS_DOCUMENT_DOCUMENT_RULES_H
#define ROOMS_DOCUMENT_DOCUMENT_RULES_H

#include "rooms/document/document.h"

decide_fn document_decide_issue, document_decide_scheme;
fold_fn document_fold_issue, document_fold_scheme;

#endif
