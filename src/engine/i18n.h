/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * i18n: the languages of the pages, and their messages.
 *
 * Messages are English sentences; a catalogue (po/xx.po, compiled into the program) gives them
 * in ar es fr ru zh; what has no translation is shown in English. Threads: any.
 */
#ifndef ENGINE_I18N_H
#define ENGINE_I18N_H

#include "engine/html.h"

/* "en" and so on: what was asked for, else the cookie, else the browser's wish. Static. */
str i18n_choose(str asked, str cookie, str accept_language);
/* True for "en" and so on; "fr-CA" is not one of them. */
bool i18n_knows(str lang);
/* True for ar. */
bool i18n_is_rtl(str lang);
/* The message in a language. Static. */
str i18n_get(str lang, const char *english);
/* The form of a message that counts, for n of them. Static. */
str i18n_get_n(str lang, const char *one, const char *many, int64_t n);
/* Language, direction and messages of a page. */
void i18n_dress(struct page_out *o, str lang);
/* The name of a language in itself: "Français". */
str i18n_name(str lang);
/* All, in the order in which they are offered; NULL ends the list. */
extern const char *const i18n_langs[];

#endif
