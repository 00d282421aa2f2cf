/* The path of a request, made safe to compare. Pure, fuzzed (query_fuzz.c). */
#ifndef LIGATURE_NET_HTTP_PATH_H
#define LIGATURE_NET_HTTP_PATH_H

#include <stdbool.h>
#include <stddef.h>

/* text[0..len) is a path as sent. Dot segments (also written %2e) go, ".." never climbs above
 * the root, doubled slashes become one, escapes of unreserved characters are decoded, other
 * escapes get upper-case digits. raw_out keeps encoded slashes, plain_out has all decoded; both
 * new strings beginning with '/'. False: does not begin with '/', a control character, blank,
 * '#' or '?', a broken escape, NUL, not UTF-8, or an escaped slash or dot that would make a dot
 * segment of the decoded path. */
bool http_path_normal(const char *text, size_t len, char **raw_out, char **plain_out);

#endif
