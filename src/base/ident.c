/* Exact identifiers in their one canonical text. Two records with the same text are the same
 * person, so when in doubt a value is none: a missed match is proposed later, a wrong one joins
 * strangers. Profile addresses are in base/ident_url.c. */
#include "base/ident.h"

#include "base/ident_url.h"

#include <string.h>

#define PHONE_MIN 7
#define PHONE_MAX 15            /* E.164, 6.2.1 */
#define LOCAL_MAX 64            /* RFC 5321, 4.5.3.1.1 */
#define DOMAIN_MAX 255          /* RFC 5321, 4.5.3.1.2 */
#define UID_MAX 1024

static const char *const kind_texts[N_IDENT] = {
    [IDENT_NONE] = "none", [IDENT_EMAIL] = "email", [IDENT_URL] = "url", [IDENT_PHONE] = "phone",
    [IDENT_NPI] = "npi", [IDENT_UID] = "uid", [IDENT_ORCID] = "orcid",
};

const char *ident_kind_text(enum ident_kind kind)
{
    return kind_texts[kind];
}

enum ident_kind ident_kind_parse(const char *text)
{
    for (int kind = IDENT_NONE + 1; kind < N_IDENT; kind++) {
        if (text != NULL && strcmp(text, kind_texts[kind]) == 0) {
            return (enum ident_kind)kind;
        }
    }
    return IDENT_NONE;
}

/* True when text begins with prefix, without regard to capitals. */
static bool begins(const char *text, const char *prefix)
{
    return g_ascii_strncasecmp(text, prefix, strlen(prefix)) == 0;
}

/* What people and programs write where there is no address. */
static bool is_filler(const char *word)
{
    static const char *const fillers[] = { "none",      "noemail",     "no-email",     "no_email",
                                           "no.email",  "nomail",      "no-mail",      "no",
                                           "noaddress", "notprovided", "not.provided", "unknown",
                                           "null",      "undefined",   "na",           "n.a",
                                           "declined",  "donotemail",  "noone",        "nobody",
                                           "invalid",   NULL };
    return g_strv_contains(fillers, word);
}

/* noemail@..., none@none.com, test@test.com, ...@x.invalid (RFC 2606). "na" and "no" may be
 * somebody's initials and count only before a domain of the same kind. */
static bool is_placeholder(const char *local, const char *domain)
{
    g_autofree char *label = g_strndup(domain, strcspn(domain, "."));
    static const char *const samples[] = { "test", "email", "mail", "example", "sample",
                                           "user", "abc",   "xxx",  "a",       NULL };
    if (g_str_has_suffix(domain, ".invalid") || (is_filler(local) && strlen(local) > 3)) {
        return true;
    }
    bool is_sample = is_filler(local) || g_strv_contains(samples, local);
    return is_sample
           && (is_filler(label) || strcmp(local, label) == 0 || strcmp(domain, "domain.com") == 0);
}

/* Letters, digits and signs of an unquoted local part (RFC 5321 atoms), and any letter of another
 * script (RFC 6531). */
static bool is_local_part(const char *local)
{
    size_t len = strlen(local);
    if (len == 0 || len > LOCAL_MAX || local[0] == '.' || local[len - 1] == '.'
        || strstr(local, "..") != NULL) {
        return false;
    }
    for (const char *at = local; *at != '\0'; at++) {
        bool is_sign = strchr("!#$%&'*+-/=?^_`{|}~.", *at) != NULL;
        if (!g_ascii_isalnum(*at) && !is_sign && (unsigned char)*at < 0x80) {
            return false;
        }
    }
    return true;
}

static bool is_domain(const char *domain)
{
    size_t len = strlen(domain);
    const char *top = strrchr(domain, '.');
    if (len > DOMAIN_MAX || top == NULL || strlen(top) < 3 || g_ascii_isdigit(top[1])) {
        return false;
    }
    char before = '.';
    for (const char *at = domain; *at != '\0'; before = *at++) {
        bool is_edge = before == '.' || at[1] == '.' || at[1] == '\0';
        if (*at == '.' ? before == '.' : !(g_ascii_isalnum(*at) || (*at == '-' && !is_edge))) {
            return false;
        }
    }
    return before != '.';
}

static char *normal_email(const char *value)
{
    value += begins(value, "mailto:") ? 7 : 0;
    value += begins(value, "smtp:") ? 5 : 0;        /* as Exchange writes proxy addresses */
    const char *at_sign = strchr(value, '@');
    const char *query = at_sign != NULL ? strchr(at_sign, '?') : NULL;
    const char *end = query != NULL ? query : value + strlen(value);
    bool is_ascii = g_str_is_ascii(value);
    g_autofree char *address =
        is_ascii ? g_ascii_strdown(value, end - value) : g_utf8_strdown(value, end - value);
    size_t len = strlen(address);
    if (len > 2 && address[0] == '<' && address[len - 1] == '>') {
        memmove(address, address + 1, len - 2);
        address[len - 2] = '\0';
    }
    char *at = strchr(address, '@');
    if (at == NULL || strchr(at + 1, '@') != NULL || strstr(address, "/o=") != NULL) {
        return NULL;
    }
    *at = '\0';
    g_autofree char *domain =
        is_ascii ? g_strdup(at + 1) : g_hostname_to_ascii(at + 1); /* RFC 5890: one spelling */
    if (domain == NULL || !is_local_part(address) || !is_domain(domain)
        || is_placeholder(address, domain)) {
        return NULL;
    }
    return g_strconcat(address, "@", domain, NULL);
}

/* Where an extension begins ("x12", "ext. 5", ";ext=5", "#5"), or the end. */
static const char *extension_start(const char *value)
{
    for (const char *at = value; *at != '\0'; at++) {
        bool is_mark =
            *at == ';' || *at == '#' || *at == 'x' || *at == 'X' || begins(at, "ext") || *at == ',';
        if (is_mark && at > value) {
            return at;
        }
    }
    return value + strlen(value);
}

/* The digits of value in any script's numerals; false at a letter. "(0)" behind a country code is
 * left out. */
static bool phone_digits(const char *value, bool is_international, GString *digits)
{
    const char *end = extension_start(value);
    for (const char *at = value; at < end; at = g_utf8_next_char(at)) {
        if (is_international && digits->len > 0 && strncmp(at, "(0)", 3) == 0) {
            at += 2;
            continue;
        }
        gunichar c = g_utf8_get_char(at);
        int digit = g_unichar_digit_value(c);
        if (digit >= 0) {
            g_string_append_c(digits, (char)('0' + digit));
        } else if (g_unichar_isalpha(c)) {
            return false;
        }
    }
    return true;
}

/* 0000000000, 1234567890: what is typed to get past a form. */
static bool is_phone_filler(const char *digits)
{
    bool is_same = true;
    bool is_run = true;
    for (const char *at = digits + 1; *at != '\0'; at++) {
        is_same &= *at == at[-1];
        is_run &= *at == (at[-1] == '9' ? '0' : at[-1] + 1);
    }
    return is_same || is_run;
}

/* North America's country code written without "+": 1, area code, exchange, neither beginning with
 * 0 or 1. */
static bool is_north_american(const char *digits, size_t len)
{
    return len == 11 && digits[0] == '1' && digits[1] >= '2' && digits[4] >= '2';
}

static char *normal_phone(const char *value)
{
    value += begins(value, "tel:") ? 4 : 0;
    value += strspn(value, " ");
    bool is_international = *value == '+';
    g_autoptr(GString) digits = g_string_new(NULL);
    if (!phone_digits(value, is_international, digits)) {
        return NULL;
    }
    if (!is_international && strncmp(digits->str, "00", 2) == 0 && digits->len > PHONE_MIN + 2) {
        g_string_erase(digits, 0, 2);
        is_international = true;
    } else if (!is_international && strncmp(digits->str, "011", 3) == 0 && digits->len > 12) {
        g_string_erase(digits, 0, 3);               /* North America's way out */
        is_international = true;
    }
    is_international |= is_north_american(digits->str, digits->len);
    if (digits->len < PHONE_MIN || digits->len > PHONE_MAX || is_phone_filler(digits->str)
        || (is_international && digits->str[0] == '0')) {
        return NULL;
    }
    return g_strconcat(is_international ? "+" : "n:", digits->str, NULL);
}

/* ten digits, Luhn's sum over 80840 and them (CMS, "NPI check digit", 2004): the prefix adds 24. */
static char *normal_npi(const char *value)
{
    value += begins(value, "npi") ? 3 : 0;
    value += strspn(value, ":# ");
    if (strspn(value, "0123456789") != 10 || value[10] != '\0'
        || (value[0] != '1' && value[0] != '2')) {
        return NULL;
    }
    int sum = 24;
    for (int i = 0; i < 10; i++) {
        int digit = value[i] - '0';
        int doubled = i % 2 == 0 ? digit * 2 : digit;
        sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0 ? g_strdup(value) : NULL;
}

static char *normal_uid(const char *value)
{
    value += begins(value, "urn:uuid:") ? 9 : 0;
    if (*value == '\0' || strlen(value) > UID_MAX) {
        return NULL;
    }
    return g_uuid_string_is_valid(value) ? g_ascii_strdown(value, -1) : g_strdup(value);
}

/* Sixteen digits, the last by ISO 7064 MOD 11-2 ("Structure of the ORCID Identifier"); an address
 * or label may stand before. */
static char *normal_orcid(const char *value)
{
    const char *slash = strrchr(value, '/');
    value = slash != NULL ? slash + 1 : value;
    value += begins(value, "orcid") ? 5 : 0;
    value += strspn(value, ": ");
    char digits[17];
    int n = 0;
    for (; *value != '\0'; value++) {
        char c = g_ascii_toupper(*value);
        if (c == '-' || c == ' ') {
            continue;
        }
        if (n == 16 || !(g_ascii_isdigit(c) || (c == 'X' && n == 15))) {
            return NULL;
        }
        digits[n++] = c;
    }
    digits[n] = '\0';
    if (n != 16 || strcmp(digits, "0000000000000001") == 0) {
        return NULL;
    }
    int total = 0;
    for (int i = 0; i < 15; i++) {
        total = (total + digits[i] - '0') * 2;
    }
    int check = (12 - total % 11) % 11;
    if (digits[15] != (check == 10 ? 'X' : '0' + check)) {
        return NULL;
    }
    return g_strdup_printf("%.4s-%.4s-%.4s-%.4s", digits, digits + 4, digits + 8, digits + 12);
}

char *ident_normal(enum ident_kind kind, const char *value)
{
    if (value == NULL || !g_utf8_validate(value, -1, NULL)) {
        return NULL;
    }
    g_autofree char *trimmed = g_strstrip(g_strdup(value));
    switch (kind) {
    case IDENT_EMAIL:
        return normal_email(trimmed);
    case IDENT_URL:
        return ident_url_normal(trimmed);
    case IDENT_PHONE:
        return normal_phone(trimmed);
    case IDENT_NPI:
        return normal_npi(trimmed);
    case IDENT_UID:
        return normal_uid(trimmed);
    case IDENT_ORCID:
        return normal_orcid(trimmed);
    case IDENT_NONE:
    case N_IDENT:
        break;
    }
    return NULL;
}
