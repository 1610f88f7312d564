/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * poison: the functions that nobody may call. Include it last in every .c file
 * (the style check sees to it): after this line a banned name does not compile.
 */
#ifndef BASE_POISON_H
#define BASE_POISON_H

#undef alloca
#pragma GCC poison strcpy strncpy strcat strncat sprintf vsprintf gets strdup strndup strlcpy \
    strlcat
#pragma GCC poison atoi atol atoll atof strtol strtoll strtoul strtoull strtod sscanf vsscanf
#pragma GCC poison alloca rand srand random system popen setenv putenv localtime localtime_r \
    mktime ctime
#pragma GCC poison strtok tmpnam mktemp sqlite3_exec sqlite3_mprintf
#ifndef COMITY_BASE
#pragma GCC poison memcpy memmove
#endif

#endif
