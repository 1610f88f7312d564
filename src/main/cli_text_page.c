/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Pages that stand alone: what the draft says of itself, and the stylesheet. */
#include "main/cli_text.h"
#include "text/markup.h"

#include "web_files.h"

#include "base/poison.h"

str text_page_css(void)
{
	for (const struct web_file *f = web_files; f->path; f++)
		if (str_is(str_of(f->path), "page.css"))
			return str_from(f->bytes, f->n);
	return STR_EMPTY;
}

str text_page_title(const struct text_file *file, str otherwise)
{
	str title = json_get_str(file->root, S("title"));
	return title.n ? title : otherwise;
}

str text_page_lang(const struct text_file *file)
{
	str lang = json_get_str(file->root, S("lang"));
	return lang.n ? lang : S("und");
}

str text_page(struct arena *a, const struct text_file *file, str otherwise, str fragment)
{
	return markup_page(
	    a, text_page_title(file, otherwise), text_page_lang(file), text_page_css(), fragment);
}

str text_page_reads(struct arena *a, const struct text_reads *reads)
{
	struct markup m = markup_in(a);
	markup_open(&m, "div");
	markup_class(&m, "rolling-text");
	for (size_t i = 0; i < reads->list.n; i++) {
		markup_line(&m);
		markup_open(&m, "p");
		markup_attr(&m, "dir", S("auto"));
		markup_attr(&m, "data-par", reads->list.p[i].id);
		markup_text(&m, reads->list.p[i].text);
		markup_close(&m);
	}
	markup_close(&m);
	return markup_str(&m);
}
