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
/* True for ar. */
bool i18n_is_rtl(str lang);
/* The message in a language. Static. */
str i18n_get(str lang, const char *english);
/* Language, direction and messages of a page. */
void i18n_dress(struct page_out *o, str lang);
/* The name of a language in itself: "Français". */
str i18n_name(str lang);
/* All, in the order in which they are offered; NULL ends the list. */
extern const char *const i18n_langs[];

#endif
