/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/intake_convert.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "engine/intake_text.h"

#include "base/poison.h"

static const char odt_type[] = "application/vnd.oasis.opendocument.text";

static enum intake_no read_odt_like(struct arena *a, struct package *p, str type, struct buf *reply)
{
	if (type.n > 0 && !str_is(type, odt_type) &&
	    !str_is(type, "application/vnd.oasis.opendocument.text-template"))
		return NO_OTHER_OFFICE;
	reply_kind(reply, INTAKE_ODT);
	return intake_odt(a, p, reply);
}

static enum intake_no read_package(struct arena *a, struct package *p, struct buf *reply)
{
	str type = str_trim(package_head(p, S("mimetype"), 256));
	if (type.n > 0)
		return read_odt_like(a, p, type, reply);
	if (package_has(p, S("[Content_Types].xml"))) {
		if (package_has_ending(p, S("vbaProject.bin")))
			return NO_MACROS;
		reply_kind(reply, INTAKE_DOCX);
		return intake_docx(a, p, reply);
	}
	if (package_has(p, S("content.xml")))
		return read_odt_like(a, p, STR_EMPTY, reply);
	return NO_ARCHIVE;
}

void intake_convert_package(struct arena *a, str bytes, struct buf *reply)
{
	struct buf made = buf_in(a, REPLY_MAX);
	struct package *p;
	enum intake_no no = package_open(a, bytes, &p);
	if (no == NO_REASON) {
		no = read_package(a, p, &made);
		package_close(p);
	}
	reply_end(&made);
	if (no == NO_REASON && (!buf_ok(&made) || arena_spent(a)))
		no = NO_TOO_LONG;
	if (no != NO_REASON)
		reply_no(reply, no);
	else
		buf_put(reply, buf_str(&made));
}

/* ---- text whose character set is not told ---- */

/* What ICU takes the bytes for; NULL when it is in doubt. Static. */
static const char *guess_charset(str bytes)
{
	UErrorCode status = U_ZERO_ERROR;
	UCharsetDetector *detector = ucsdet_open(&status);
	const char *name = NULL;
	str head = str_head(bytes, (size_t)1 << 20);
	ucsdet_setText(detector, head.p, (int32_t)head.n, &status);
	const UCharsetMatch *match = ucsdet_detect(detector, &status);
	if (U_SUCCESS(status) && match && ucsdet_getConfidence(match, &status) >= 10)
		name = ucsdet_getName(match, &status);
	/* The detector knows too little of a short text; Windows-1252 is what such files are in. */
	static const char *const known[] = {"ISO-8859-2", "ISO-8859-5", "ISO-8859-6", "ISO-8859-7",
	    "ISO-8859-8", "ISO-8859-8-I", "ISO-8859-9", "windows-1250", "windows-1251",
	    "windows-1253", "windows-1254", "windows-1255", "windows-1256", "KOI8-R", "Shift_JIS",
	    "GB18030", "Big5", "EUC-JP", "EUC-KR"};
	const char *found = "windows-1252";
	for (size_t i = 0; name && i < sizeof known / sizeof *known; i++)
		if (str_is(str_of(name), known[i]))
			found = known[i];
	ucsdet_close(detector);
	return found;
}

/* C1 controls: no one writes them, but every byte is something in a set that was guessed wrongly.
 */
static bool has_c1(str s)
{
	for (size_t i = 0; i + 1 < s.n; i++)
		if ((unsigned char)s.p[i] == 0xc2 && (unsigned char)s.p[i + 1] < 0xa0)
			return true;
	return false;
}

/* Bytes in a character set as UTF-8. False when they are not in it, or hold what no text holds. */
static bool decode(struct arena *a, str bytes, const char *charset, str *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *from = ucnv_open(charset, &status);
	if (U_FAILURE(status))
		return false;
	ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
	size_t cap =
	    bytes.n * 2 + 16; /* no character set here makes more than 2 UTF-16 units of a byte */
	UChar *wide = arena_push_array(a, cap, sizeof *wide);
	UChar *wide_at = wide;
	const char *at = bytes.p;
	ucnv_toUnicode(from, &wide_at, wide + cap, &at, bytes.p + bytes.n, NULL, true, &status);
	ucnv_close(from);
	if (U_FAILURE(status))
		return false;
	size_t max = (size_t)(wide_at - wide) * 3 + 1;
	char *text = arena_push(a, max);
	int32_t n = 0;
	u_strToUTF8(text, (int32_t)max, &n, wide, (int32_t)(wide_at - wide), &status);
	if (U_FAILURE(status))
		return false;
	*out = str_from(text, (size_t)n);
	return utf8_is_text(*out) && !has_c1(*out);
}

/* Decoding takes some twelve times the size. Whoever writes more can write UTF-8. */
#define CHARSET_MAX ((size_t)8 << 20)

void intake_convert_charset(struct arena *a, str bytes, struct buf *reply)
{
	str text;
	if (bytes.n > CHARSET_MAX) {
		reply_no(reply, NO_TOO_LONG);
		return;
	}
	if (!decode(a, bytes, guess_charset(bytes), &text)) {
		reply_no(reply, NO_CHARSET);
		return;
	}
	struct intake made = {0};
	intake_text_paragraphs(a, text, INTAKE_TEXT, &made);
	reply_kind(reply, INTAKE_TEXT);
	for (size_t i = 0; i < made.paragraphs.n; i++)
		reply_paragraph(reply, made.paragraphs.p[i].level, made.paragraphs.p[i].text);
	reply_end(reply);
	if (arena_spent(a))
		reply_no(reply, NO_TOO_LONG);
}
