/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/stance.h"

#include "base/poison.h"

static const char *const texts[] = {
    [TEXT_SUPPORT] = "Supports this amendment.",
    [TEXT_RETAIN] = "Would retain the text as it is.",
    [TEXT_DELETE] = "Would have neither this nor the text as it is.",
    [TEXT_RESERVE] = "Reserves its position.",
    [TEXT_OBJECT] = "Objects to this amendment.",
};

str docx_stance_text(enum text_stance_kind kind)
{
	return str_of(texts[kind]);
}

bool docx_stance_of(str text, enum text_stance_kind *out)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (str_is(text, texts[i])) {
			*out = (enum text_stance_kind)i;
			return true;
		}
	return false;
}
