/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The frame of a page that stands alone: what comity text prints can be sent by mail as it is. */
#include "text/markup.h"

#include "base/poison.h"

static bool is_rtl(str lang)
{
	static const char *const rtl[] = {"ar", "fa", "he", "ur", "ps", "dv", "yi", "ug", "sd"};
	size_t end = str_find_char(lang, '-');
	str first = end == SIZE_MAX ? lang : str_head(lang, end);
	for (size_t i = 0; i < sizeof rtl / sizeof *rtl; i++)
		if (str_eq_nocase(first, str_of(rtl[i])))
			return true;
	return false;
}

static void close_block(struct markup *m)
{
	markup_close(m);
	markup_line(m);
}

static void put_head(struct markup *m, str title, str css)
{
	markup_open(m, "head");
	markup_void(m, "meta");
	markup_attr(m, "charset", S("utf-8"));
	markup_void(m, "meta");
	markup_attr(m, "name", S("viewport"));
	markup_attr(m, "content", S("width=device-width, initial-scale=1"));
	markup_open(m, "title");
	markup_text(m, title);
	markup_close(m);
	markup_open(m, "style");
	markup_raw(m, css);
	close_block(m);
	close_block(m);
}

str markup_page(struct arena *a, str title, str lang, str css, str fragment)
{
	struct markup m = markup_in(a);
	markup_raw(&m, S("<!DOCTYPE html>\n"));
	markup_open(&m, "html");
	markup_attr(&m, "lang", lang);
	markup_attr(&m, "dir", is_rtl(lang) ? S("rtl") : S("ltr"));
	markup_line(&m);
	put_head(&m, title, css);
	markup_open(&m, "body");
	markup_class(&m, "rolling-page");
	markup_open(&m, "main");
	markup_open(&m, "h1");
	markup_attr(&m, "dir", S("auto"));
	markup_text(&m, title);
	close_block(&m);
	markup_raw(&m, fragment);
	markup_close(&m);
	markup_close(&m);
	close_block(&m);
	return markup_str(&m);
}
