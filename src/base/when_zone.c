/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Time on the wall of a zone: apart, since programs without zones then need no calendar of ICU. */
#define COMITY_BASE
#include "base/when.h"

#include <unicode/ucal.h>

#include "base/poison.h"

/* An ICU calendar on a zone, or NULL when ICU does not know the zone. */
static UCalendar *calendar_in(str zone)
{
	UChar name[64];
	UChar canonical[64];
	UErrorCode e = U_ZERO_ERROR;
	if (zone.n == 0 || zone.n >= 64)
		return NULL;
	for (size_t i = 0; i < zone.n; i++)
		name[i] = (UChar)(unsigned char)zone.p[i];
	ucal_getCanonicalTimeZoneID(name, (int32_t)zone.n, canonical, 64, NULL, &e);
	if (U_FAILURE(e))
		return NULL;
	UCalendar *cal = ucal_open(name, (int32_t)zone.n, "en", UCAL_GREGORIAN, &e);
	return U_SUCCESS(e) ? cal : NULL;
}

bool when_zone_known(str zone)
{
	UCalendar *cal = calendar_in(zone);
	if (cal)
		ucal_close(cal);
	return cal != NULL;
}

/* "2016-12-07T23:59" or with a blank: as a moment in UTC would be read. */
static bool read_wall(str s, struct civil *c)
{
	char z[] = "2016-12-07T23:59:00Z";
	usec t;
	if (s.n != 16 || (s.p[10] != 'T' && s.p[10] != ' '))
		return false;
	memcpy(z, s.p, 10);
	memcpy(z + 11, s.p + 11, 5);
	if (when_parse(str_from(z, sizeof z - 1), NULL, &t, NULL) != OK)
		return false;
	*c = when_civil(t);
	return true;
}

enum rc when_parse_local(str s, str zone, const char *field, usec *out, struct err *err)
{
	struct civil c;
	UErrorCode e = U_ZERO_ERROR;
	if (!read_wall(s, &c))
		return ERR(
		    err, INVALID, field, "This is not a date and time such as 2016-12-07 23:59.");
	UCalendar *cal = calendar_in(zone);
	if (!cal)
		return ERR(err, INVALID, field,
		    "There is no time zone {0}. Write it as Area/City, such as Europe/Zurich.",
		    zone);
	ucal_clear(cal);
	ucal_setDateTime(cal, c.year, c.month - 1, c.day, c.hour, c.minute, 0, &e);
	UDate ms = ucal_getMillis(cal, &e);
	ucal_close(cal);
	if (U_FAILURE(e))
		return ERR(err, FAULT, field, "The calendar failed.");
	*out = (usec)(ms / 1000.0) * USEC_SECOND;
	return OK;
}

struct civil when_in_zone(usec t, str zone)
{
	UErrorCode e = U_ZERO_ERROR;
	UCalendar *cal = calendar_in(zone);
	if (!cal)
		return when_civil(t);
	ucal_setMillis(cal, (UDate)(t / 1000), &e);
	int64_t offset = ucal_get(cal, UCAL_ZONE_OFFSET, &e) + ucal_get(cal, UCAL_DST_OFFSET, &e);
	ucal_close(cal);
	return when_civil(U_SUCCESS(e) ? t + offset * 1000 : t);
}
