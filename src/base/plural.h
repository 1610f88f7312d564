/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * plural: which form of a message a number takes, by the rules of CLDR for whole numbers.
 *
 * The forms are counted as gettext counts them (msgstr[0] ...). The form "many" that Spanish and
 * French have for whole millions is left out: nothing here is counted in millions. Pure.
 * Threads: any. No errors: an unknown language speaks like English.
 */
#ifndef BASE_PLURAL_H
#define BASE_PLURAL_H

#include "base/str.h"

#define PLURAL_FORMS_MAX 6

/* How many forms a language has: 6 for ar, 3 for ru, 1 for zh, 2 for the others. */
size_t plural_forms(str lang);
/* The form for a number, 0 .. plural_forms() - 1. */
size_t plural_form(str lang, int64_t n);
/* True if the form stands for one number alone (Arabic: none, one, two), so that its words may say
 * the number without digits. */
bool plural_says_number(str lang, size_t form);

#endif
