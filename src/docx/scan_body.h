/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* scan_body: the callbacks that read body, notes and comments; for scan.c only. Threads: any. */
#ifndef DOCX_SCAN_BODY_H
#define DOCX_SCAN_BODY_H

#include "docx/scan_inner.h"

/* struct xml_in_reader over a struct scanning. */
bool scan_start(void *ctx, const struct xml_in *e);
void scan_end(void *ctx);
void scan_text(void *ctx, str s);

#endif
