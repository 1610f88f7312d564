/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rolling_text: the rolling text as the United Nations print it.
 *
 *     2. States [shall – retain: Chad][should – Kenya, Peru][may – Norway] ensure that
 *     [all – delete: Cuba] people [and peoples – Fiji; reserve: Japan] are heard.
 *     [2 bis. Nobody is left out. – Norway]
 *
 * Brackets beside each other are alternatives; "+" stands between two that are not. Brackets of
 * the text itself are shown as ⟦ ⟧. What moves, splits and joins is said in brackets; who must
 * speak first is listed at the end. Numbers: those of the paragraphs, else anew (text/number.h).
 * Pure. Threads: any.
 */
#ifndef TEXT_ROLLING_TEXT_H
#define TEXT_ROLLING_TEXT_H

#include "text/rolling.h"

/* In arena. */
str text_rolling_text(struct arena *a, const struct text_rolling *r);

#endif
