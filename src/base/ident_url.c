/* A profile's address in one spelling: host without www, country and mobile parts, path without
 * percent signs, capitals, query and trailing slash. Only sites whose address is one person count
 * (data/profile_sites.tsv). */
#include "base/ident_url.h"

#include "data_profile_sites.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define URL_MAX_BYTES 2048
#define PARTS_MAX 8

/* An address taken apart; all owned. */
struct url {
    char *host;                 /* lower case, without port, www, m */
    char **parts;               /* of the path, decoded, empty ones left out */
    char *query;                /* "" when there is none */
};

static void url_clear(struct url *url)
{
    g_free(url->host);
    g_strfreev(url->parts);
    g_free(url->query);
}

/* Takes prefix off text in place. */
static void drop_prefix(char *text, const char *prefix)
{
    if (g_str_has_prefix(text, prefix)) {
        memmove(text, text + strlen(prefix), strlen(text) - strlen(prefix) + 1);
    }
}

/* "uk.linkedin.com", "www.linkedin.com", "scholar.google.de" -> the one host of the site. */
static void fold_host(char **host)
{
    static const char *const drops[] = { "www.", "m.", "mobile." };
    for (size_t i = 0; i < G_N_ELEMENTS(drops); i++) {
        drop_prefix(*host, drops[i]);
    }
    const char *site = "linkedin.com";
    size_t len = strlen(*host);
    bool is_country = len == strlen(site) + 3 && (*host)[2] == '.' && g_str_has_suffix(*host, site);
    const char *folded = is_country                                   ? site
                         : g_str_has_prefix(*host, "scholar.google.") ? "scholar.google.com"
                                                                      : NULL;
    if (folded != NULL) {
        g_free(*host);
        *host = g_strdup(folded);
    }
}

/* Parts between slashes, percent-decoded; NULL when one does not decode to text. */
static char **decode_parts(const char *path, size_t len)
{
    g_autofree char *copy = g_strndup(path, len);
    g_auto(GStrv) raw = g_strsplit(copy, "/", -1);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    for (char **part = raw; *part != NULL; part++) {
        if (**part == '\0') {
            continue;
        }
        char *decoded = g_uri_unescape_string(*part, "/");
        if (decoded == NULL || !g_utf8_validate(decoded, -1, NULL) || parts->len == PARTS_MAX) {
            g_free(decoded);
            return NULL;
        }
        g_ptr_array_add(parts, g_utf8_normalize(decoded, -1, G_NORMALIZE_NFC));
        g_free(decoded);
    }
    g_ptr_array_add(parts, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&parts), FALSE);
}

static bool url_parse(const char *value, struct url *url_out)
{
    const char *scheme_end = strstr(value, "://");
    if (scheme_end != NULL) {
        size_t len = (size_t)(scheme_end - value);
        if (!(len == 4 && g_ascii_strncasecmp(value, "http", 4) == 0)
            && !(len == 5 && g_ascii_strncasecmp(value, "https", 5) == 0)) {
            return false;
        }
        value = scheme_end + 3;
    }
    size_t host_len = strcspn(value, "/?#:");
    const char *path = value + host_len;
    if (*path == ':') { /* a port is another server, unless it is the usual one */
        size_t port_len = strspn(path + 1, "0123456789");
        bool is_usual = (port_len == 3 && strncmp(path, ":443", 4) == 0)
                        || (port_len == 2 && strncmp(path, ":80", 3) == 0);
        if (!is_usual) {
            return false;
        }
        path += 1 + port_len;
    }
    for (size_t i = 0; i < host_len; i++) {
        if (!g_ascii_isalnum(value[i]) && value[i] != '.' && value[i] != '-') {
            return false;
        }
    }
    size_t path_len = strcspn(path, "?#");
    const char *query = path[path_len] == '?' ? path + path_len + 1 : "";
    char **parts = decode_parts(path, path_len);
    if (parts == NULL) {
        return false;
    }
    *url_out = (struct url){ .host = g_ascii_strdown(value, (gssize)host_len), .parts = parts,
                             .query = g_strndup(query, strcspn(query, "#")) };
    fold_host(&url_out->host);
    return true;
}

/* First parts of a site's paths that are its own pages and nobody's profile. */
static bool is_reserved(const char *part)
{
    static const char *const reserved[] = {
        "about",      "accounts",    "admin",    "ads",         "api",        "app",
        "apps",       "blog",        "c",        "channel",     "company",    "contact",
        "developers", "dialog",      "dir",      "directory",   "docs",       "download",
        "events",     "explore",     "features", "feed",        "groups",     "hashtag",
        "help",       "home",        "i",        "in",          "index.html", "index.php",
        "info",       "intent",      "jobs",     "joinchat",    "legal",      "login",
        "logout",     "marketplace", "me",       "messages",    "news",       "notifications",
        "orgs",       "p",           "pages",    "people",      "policies",   "press",
        "pricing",    "privacy",     "profile",  "profile.php", "pub",        "public",
        "reel",       "reels",       "register", "s",           "school",     "search",
        "security",   "settings",    "share",    "sharer",      "sharer.php", "signin",
        "signup",     "stories",     "support",  "terms",       "topics",     "user",
        "users",      "watch",       "wiki",     "works",       NULL
    };
    g_autofree char *lower = g_utf8_strdown(part, -1);
    return g_strv_contains(reserved, lower);
}

/* The value of a query field; new string, NULL when it is not there. */
static char *query_value(const char *query, const char *name, size_t name_len)
{
    g_auto(GStrv) fields = g_strsplit(query, "&", -1);
    for (char **field = fields; *field != NULL; field++) {
        if (strncmp(*field, name, name_len) == 0 && (*field)[name_len] == '='
            && (*field)[name_len + 1] != '\0') {
            char *value = g_uri_unescape_string(*field + name_len + 1, NULL);
            if (value != NULL && g_utf8_validate(value, -1, NULL)) {
                return value;
            }
            g_free(value);
        }
    }
    return NULL;
}

/* Matches one part against a word, a star or "@" and a star; what a star stands for is appended to
 * found. */
static bool match_part(const char *part, const char *wanted, size_t wanted_len, GString *found)
{
    bool is_star = wanted_len > 0 && wanted[wanted_len - 1] == '*';
    size_t fixed = is_star ? wanted_len - 1 : wanted_len;
    if (g_ascii_strncasecmp(part, wanted, fixed) != 0 || (part[fixed] != '\0') != is_star) {
        return false;
    }
    if (is_star) {
        g_string_append(found, found->len > 0 ? "/" : "");
        g_string_append(found, part + fixed);
    }
    return true;
}

/* What names the person in url, by the row's path ("in" and a star, "citations?user="); false when
 * the row does not fit. */
static bool match_site(const struct url *url, const struct data_profile_sites *row, GString *found)
{
    int n = 0;
    const char *wanted = row->path;
    for (; *wanted != '\0' && *wanted != '?'; n++) {
        size_t len = strcspn(wanted, "/?");
        if (url->parts[n] == NULL || !match_part(url->parts[n], wanted, len, found)) {
            return false;
        }
        wanted += len + (wanted[len] == '/');
    }
    if (*wanted == '?') {
        size_t name_len = strcspn(wanted + 1, "=");
        g_autofree char *value = query_value(url->query, wanted + 1, name_len);
        if (value != NULL) {
            g_string_append(found, value);
        }
        return value != NULL;
    }
    bool is_bare = strcmp(row->path, "*") == 0; /* such sites keep own pages beside people */
    return !is_bare || (url->parts[n] == NULL && !is_reserved(url->parts[0]));
}

/* An identifier of people, so neither blanks nor signs that no site allows. */
static bool is_slug(const char *text)
{
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (g_unichar_isspace(c) || g_unichar_iscntrl(c)
            || (c < 0x80 && strchr("<>\"'\\^`{}|", (int)c) != NULL)) {
            return false;
        }
    }
    return *text != '\0';
}

/* The address nearly all have: ASCII, LinkedIn, nothing to decode. NULL: take the long way. */
static char *plain_linkedin(const char *value)
{
    static const char start[] = "https://www.linkedin.com/in/";
    if (strncmp(value, start, sizeof start - 1) != 0) {
        return NULL;
    }
    const char *slug = value + sizeof start - 1;
    size_t len = strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return len > 0 && slug[len] == '\0' ? g_strconcat("linkedin.com/in/", slug, NULL) : NULL;
}

char *ident_url_normal(const char *value)
{
    char *plain = plain_linkedin(value);
    if (plain != NULL) {
        return plain;
    }
    struct url url;
    if (strlen(value) > URL_MAX_BYTES || !url_parse(value, &url)) {
        return NULL;
    }
    char *normal = NULL;
    for (size_t i = 0; i < n_data_profile_sites && normal == NULL; i++) {
        const struct data_profile_sites *row = &data_profile_sites[i];
        if (strcmp(row->host, url.host) != 0) {
            continue;
        }
        g_autoptr(GString) found = g_string_new(NULL);
        if (match_site(&url, row, found) && is_slug(found->str)) {
            g_autofree char *slug =
                row->is_case_kept ? g_strdup(found->str) : g_utf8_strdown(found->str, -1);
            normal = g_strconcat(row->canonical, slug, NULL);
        }
    }
    url_clear(&url);
    return normal;
}
