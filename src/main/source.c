/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "main/source.h"

#include "source_archive.h"

#include "base/poison.h"

/* C has no word for it before C23. When the archive changes, so does the header above. */
__asm__(".pushsection .rodata\n"
        "comity_source: .incbin \"" SOURCE_FILE "\"\n"
        ".popsection\n");
extern const char comity_source[SOURCE_BYTES];

str source_archive(void)
{
	return str_from(comity_source, SOURCE_BYTES);
}

str source_sha256(void)
{
	return S(SOURCE_SHA256);
}
