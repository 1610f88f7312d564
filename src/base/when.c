/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/when.h"

#include <time.h>

#include "base/poison.h"

static usec wall_now(void *ctx)
{
	(void)ctx;
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (usec)t.tv_sec * USEC_SECOND + t.tv_nsec / 1000;
}

struct clock clock_wall(void)
{
	return (struct clock){wall_now, NULL};
}

usec clock_now(struct clock c)
{
	return c.now(c.ctx);
}

usec clock_monotonic(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (usec)t.tv_sec * USEC_SECOND + t.tv_nsec / 1000;
}

/* Days since 1970-01-01 of a proleptic Gregorian date: years counted from March, in 400-year eras.
 */
static int64_t days_from(int64_t y, int m, int d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
	       day_of_year - 719468;
}

static void date_from(int64_t days, struct civil *c)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t doe = days - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	c->day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c->month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c->year = (int)(yoe + era * 400 + (c->month <= 2));
}

usec when_from_civil(struct civil c)
{
	return (days_from(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 +
	           c.second) *
	           USEC_SECOND +
	       c.micro;
}

struct civil when_civil(usec t)
{
	struct civil c = {0};
	int64_t days = t / USEC_DAY - (t % USEC_DAY < 0);
	usec rest = t - days * USEC_DAY;
	date_from(days, &c);
	c.micro = (int)(rest % USEC_SECOND);
	int64_t s = rest / USEC_SECOND;
	c.hour = (int)(s / 3600);
	c.minute = (int)(s / 60 % 60);
	c.second = (int)(s % 60);
	return c;
}

/* n digits of v, zeros in front. */
static char *put_digits(char *out, int v, int n)
{
	for (int i = n; i-- > 0; v /= 10)
		out[i] = (char)('0' + v % 10);
	return out + n;
}

/* By hand: every entry of the record has a time, and printf costs as much as an insert. */
void when_write(struct buf *b, usec t)
{
	struct civil c = when_civil(t);
	char out[24];
	char *p = put_digits(out, c.year, 4);
	*p++ = '-';
	p = put_digits(p, c.month, 2);
	*p++ = '-';
	p = put_digits(p, c.day, 2);
	*p++ = 'T';
	p = put_digits(p, c.hour, 2);
	*p++ = ':';
	p = put_digits(p, c.minute, 2);
	*p++ = ':';
	p = put_digits(p, c.second, 2);
	*p++ = '.';
	p = put_digits(p, c.micro / 1000, 3);
	*p = 'Z';
	buf_put(b, str_from(out, sizeof out));
}

void when_write_date(struct buf *b, usec t)
{
	struct civil c = when_civil(t);
	buf_printf(b, "%04d-%02d-%02d", c.year, c.month, c.day);
}

str when_date(struct arena *a, usec t)
{
	struct buf b = buf_in(a, 0);
	when_write_date(&b, t);
	return buf_str(&b);
}

/* Reads by a pattern where 'd' is a digit collected in order and others stand for themselves. */
static bool read_pattern(str s, const char *pattern, int *digits)
{
	size_t n = strlen(pattern);
	if (s.n != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (pattern[i] == 'd') {
			if (s.p[i] < '0' || s.p[i] > '9')
				return false;
			*digits++ = s.p[i] - '0';
		} else if (pattern[i] != s.p[i]) {
			return false;
		}
	}
	return true;
}

static bool is_date(const struct civil *c)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (c->year % 4 == 0 && c->year % 100 != 0) || c->year % 400 == 0;
	return c->year >= 1 && c->month >= 1 && c->month <= 12 && c->day >= 1 &&
	       c->day <= length[c->month - 1] + (c->month == 2 && leap) && c->hour < 24 &&
	       c->minute < 60 && c->second < 60;
}

static bool read_civil(str s, const char *pattern, struct civil *c)
{
	int d[17] = {0};
	if (!read_pattern(s, pattern, d))
		return false;
	*c = (struct civil){
	    .year = d[0] * 1000 + d[1] * 100 + d[2] * 10 + d[3],
	    .month = d[4] * 10 + d[5],
	    .day = d[6] * 10 + d[7],
	    .hour = d[8] * 10 + d[9],
	    .minute = d[10] * 10 + d[11],
	    .second = d[12] * 10 + d[13],
	    .micro = (d[14] * 100 + d[15] * 10 + d[16]) * 1000,
	};
	return is_date(c);
}

enum rc when_parse(str s, const char *field, usec *out, struct err *err)
{
	struct civil c;
	if (!read_civil(s, "dddd-dd-ddTdd:dd:dd.dddZ", &c) &&
	    !read_civil(s, "dddd-dd-ddTdd:dd:ddZ", &c))
		return ERR(
		    err, INVALID, field, "This is not a time in UTC such as 2018-01-31T09:12:44Z.");
	*out = when_from_civil(c);
	return OK;
}

enum rc when_parse_date(str s, const char *field, usec *out, struct err *err)
{
	struct civil c;
	if (!read_civil(s, "dddd-dd-dd", &c))
		return ERR(err, INVALID, field, "This is not a date such as 2018-01-31.");
	*out = when_from_civil(c);
	return OK;
}
