/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rolling_json: the tree of the rolling text as JSON, whole: it can be read back and projected.
 * The members stand in doc/format/rolling.md.
 * Pure. Threads: any.
 */
#ifndef TEXT_ROLLING_JSON_H
#define TEXT_ROLLING_JSON_H

#include "base/json.h"
#include "text/rolling.h"

/* In arena. */
struct json *text_rolling_json(struct arena *a, const struct text_rolling *r);
/* A projection: {"paragraphs":[{"id":..,"text":..}]}. In arena. */
struct json *text_reads_json(struct arena *a, const struct text_reads *reads);

#endif
