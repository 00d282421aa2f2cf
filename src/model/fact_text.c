/* A fact set as text: a JSON array of arrays, one a fact:
 *
 *     [["name","Dr. Amina
 * Hassan",{"0":"Dr.","1":"Amina","3":"Hassan"}],["email","a@b.example",{"l":"work","f":1}]]
 *
 * Members, in this order: l label, o 1 removed 2 set, f 1 preferred, b begins, e ends, then parts
 * by number. Nothing is written that is absent. The bytes are those jansson writes with
 * JSON_COMPACT, so that a set can pass through it. Written and read by hand: an import of 100,000
 * cards spends its time elsewhere. */
#include "model/fact.h"

#include "base/error.h"

#include <string.h>

/* ---- writing ---- */

void facts_encode_text(const char *text, GString *out)
{
    static const char hex[] = "0123456789ABCDEF";
    g_string_append_c(out, '"');
    const char *from = text;
    const char *at = text;
    for (; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (G_LIKELY(c >= 0x20 && c != '"' && c != '\\')) {
            continue;
        }
        g_string_append_len(out, from, at - from);
        from = at + 1;
        const char *named = strchr("\"\"\\\\\bb\ff\nn\rr\tt", c);
        if (named != NULL) {
            char two[2] = {'\\', named[1]};
            g_string_append_len(out, two, 2);
        } else {
            char six[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
            g_string_append_len(out, six, 6);
        }
    }
    g_string_append_len(out, from, at - from);
    g_string_append_c(out, '"');
}

/* Begins a member; the first opens the object. */
static void put_member(GString *out, bool *is_open, char name)
{
    char text[] = {*is_open ? ',' : '{', '"', name, '"', ':'};
    if (!*is_open) {
        g_string_append_c(out, ',');
    }
    g_string_append_len(out, text, sizeof text);
    *is_open = true;
}

static void put_fact(GString *out, const struct fact *fact)
{
    g_string_append(out, "[\"");
    g_string_append(out, fact_kind_text(fact->kind));
    g_string_append(out, "\",");
    facts_encode_text(fact->value, out);
    bool is_open = false;
    if (fact->label != NULL) {
        put_member(out, &is_open, 'l');
        facts_encode_text(fact->label, out);
    }
    if (fact->op != FACT_ADD) {
        put_member(out, &is_open, 'o');
        g_string_append_c(out, fact->op == FACT_REMOVE ? '1' : '2');
    }
    if (fact->is_preferred) {
        put_member(out, &is_open, 'f');
        g_string_append_c(out, '1');
    }
    if (fact->begins != NULL) {
        put_member(out, &is_open, 'b');
        facts_encode_text(fact->begins, out);
    }
    if (fact->ends != NULL) {
        put_member(out, &is_open, 'e');
        facts_encode_text(fact->ends, out);
    }
    for (int i = 0; i < FACT_PARTS; i++) {
        if (fact->part[i] != NULL) {
            put_member(out, &is_open, (char)('0' + i));
            facts_encode_text(fact->part[i], out);
        }
    }
    g_string_append(out, is_open ? "}]" : "]");
}

void facts_encode(const struct fact *facts, size_t n, GString *out)
{
    g_string_append_c(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            g_string_append_c(out, ',');
        }
        put_fact(out, &facts[i]);
    }
    g_string_append_c(out, ']');
}

/* ---- reading ---- */

struct reader {
    const char *at;
    GStringChunk *arena;
    GString *spare; /* text with escapes taken out */
};

static bool take(struct reader *reader, char c)
{
    if (*reader->at != c) {
        return false;
    }
    reader->at++;
    return true;
}

/* After a backslash. Only what put_text() writes is known. */
static bool take_escape(struct reader *reader)
{
    static const char names[] = "\"\\bfnrt";
    static const char values[] = "\"\\\b\f\n\r\t";
    char c = *reader->at;
    const char *named = c == '\0' ? NULL : strchr(names, c);
    if (named != NULL) {
        g_string_append_c(reader->spare, values[named - names]);
        reader->at++;
        return true;
    }
    if (strncmp(reader->at, "u00", 3) != 0 || !g_ascii_isxdigit(reader->at[3]) ||
        !g_ascii_isxdigit(reader->at[4])) {
        return false;
    }
    int value = g_ascii_xdigit_value(reader->at[3]) * 16 + g_ascii_xdigit_value(reader->at[4]);
    g_string_append_c(reader->spare, (char)value);
    reader->at += 5;
    return value > 0 && value < 0x20;
}

/* A string; its text goes to the arena. NULL when there is none. */
static const char *take_text(struct reader *reader)
{
    if (!take(reader, '"')) {
        return NULL;
    }
    const char *from = reader->at;
    bool is_plain = true;
    g_string_truncate(reader->spare, 0);
    for (;;) {
        size_t len = strcspn(reader->at, "\"\\");
        if (!is_plain || reader->at[len] == '\\') {
            g_string_append_len(reader->spare, reader->at, (gssize)len);
        }
        reader->at += len;
        if (*reader->at == '\0') {
            return NULL;
        }
        if (*reader->at++ == '"') {
            return is_plain ? g_string_chunk_insert_len(reader->arena, from, reader->at - 1 - from)
                            : g_string_chunk_insert_len(reader->arena, reader->spare->str,
                                                        (gssize)reader->spare->len);
        }
        is_plain = false;
        if (!take_escape(reader)) {
            return NULL;
        }
    }
}

/* One member of a fact's object, the name read already. */
static bool take_member(struct reader *reader, char name, struct fact *fact)
{
    const char **text = name == 'l'   ? &fact->label
                        : name == 'b' ? &fact->begins
                        : name == 'e' ? &fact->ends
                                      : NULL;
    if (name >= '0' && name < '0' + FACT_PARTS) {
        text = &fact->part[name - '0'];
    }
    if (text != NULL) {
        return *text == NULL && (*text = take_text(reader)) != NULL;
    }
    if (name == 'f') {
        fact->is_preferred = true;
        return take(reader, '1');
    }
    if (name == 'o') {
        fact->op = *reader->at == '1' ? FACT_REMOVE : FACT_SET;
        return take(reader, '1') || take(reader, '2');
    }
    return false;
}

static bool take_fact(struct reader *reader, struct fact *fact)
{
    if (!take(reader, '[') || !take(reader, '"')) {
        return false;
    }
    char kind[32];
    size_t len = strcspn(reader->at, "\"");
    if (len >= sizeof kind) {
        return false;
    }
    memcpy(kind, reader->at, len);
    kind[len] = '\0';
    reader->at += len;
    fact->kind = fact_kind_parse(kind);
    if (fact->kind == FACT_NONE || !take(reader, '"') || !take(reader, ',') ||
        (fact->value = take_text(reader)) == NULL || fact->value[0] == '\0') {
        return false;
    }
    if (take(reader, ',')) {
        char before = '{';
        do {
            if (!take(reader, before) || !take(reader, '"') || *reader->at == '\0') {
                return false;
            }
            char name = *reader->at++;
            if (!take(reader, '"') || !take(reader, ':') || !take_member(reader, name, fact)) {
                return false;
            }
            before = ',';
        } while (!take(reader, '}'));
    }
    return take(reader, ']');
}

bool facts_decode(const char *text, GStringChunk *arena, GArray *facts_out, GError **error)
{
    struct reader reader = {.at = text, .arena = arena, .spare = g_string_new(NULL)};
    bool is_sound = take(&reader, '[');
    if (is_sound && *reader.at != ']') {
        do {
            struct fact fact = {.op = FACT_ADD};
            is_sound = take_fact(&reader, &fact);
            if (is_sound) {
                g_array_append_val(facts_out, fact);
            }
        } while (is_sound && take(&reader, ','));
    }
    is_sound = is_sound && take(&reader, ']') && *reader.at == '\0';
    g_string_free(reader.spare, TRUE);
    return is_sound || bug(error, "fact.damaged",
                           "A set of facts in the store cannot be read; run `ligature verify`.");
}
