/* How fast are vCards read, every value decoded?
 *
 *     vcards FILE                          measure FILE, print one JSON line
 *     vcards                               measure 100,000 made-up cards
 *     vcards --generate N FILE             write N made-up cards
 *     vcards --convert 3.0|4.0 FILE OUT    write the cards of FILE in that version, for
 *                                          test/protocol/test_vcard_peers.py
 *
 * The file is read several times from memory by one thread; the median of its time on a core
 * counts. Each decoded value goes into a checksum. */
#include "codec/vcard_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MIN_ROUNDS = 5, MAX_ROUNDS = 101, DEFAULT_CARDS = 100000 };
static const double enough_seconds = 2.0;

struct tally {
    uint64_t cards;
    uint64_t refused;
    uint64_t values;
    uint64_t checksum;
};

/* Takes note of a value: its length and both ends. */
static inline void note(struct tally *tally, struct vcard_span value)
{
    tally->values++;
    tally->checksum = tally->checksum * 31 + value.len;
    if (value.len > 0) {
        tally->checksum += (uint64_t)(unsigned char)value.at[0] << 8
                           | (unsigned char)value.at[value.len - 1];
    }
}

static void note_fields(struct tally *tally, struct vcard *card,
                        const struct vcard_property *property)
{
    struct vcard_fields fields = vcard_fields(card, property);
    for (size_t i = 0; i < fields.n_fields; i++) {
        for (size_t j = 0; j < fields.fields[i].n_values; j++) {
            note(tally, fields.fields[i].values[j]);
        }
    }
}

static void note_list(struct tally *tally, struct vcard_list list)
{
    for (size_t i = 0; i < list.n_values; i++) {
        note(tally, list.values[i]);
    }
}

static void note_date(struct tally *tally, struct vcard *card,
                      const struct vcard_property *property)
{
    struct vcard_date date;
    if (!vcard_date(card, property, &date)) {
        note(tally, vcard_text(card, property));
        return;
    }
    tally->values++;
    tally->checksum = tally->checksum * 31
                      + (uint64_t)(date.year * 512 + date.month * 32 + date.day);
    tally->checksum += (uint64_t)(date.hour * 3600 + date.minute * 60 + date.second);
}

static void note_binary(struct tally *tally, struct vcard *card,
                        const struct vcard_property *property)
{
    struct vcard_binary binary;
    if (vcard_binary(card, property, &binary)) {
        note(tally, binary.bytes);
        note(tally, binary.media_type);
    } else {
        note(tally, vcard_text(card, property));
    }
}

static inline void note_property(struct tally *tally, struct vcard *card,
                                 const struct vcard_property *property)
{
    tally->checksum += property->id + property->line;
    switch (property->id) {
    case VCARD_N:
    case VCARD_ADR:
    case VCARD_ORG:
    case VCARD_GENDER: note_fields(tally, card, property); break;
    case VCARD_CATEGORIES:
    case VCARD_NICKNAME: note_list(tally, vcard_list(card, property)); break;
    case VCARD_BDAY:
    case VCARD_ANNIVERSARY:
    case VCARD_REV: note_date(tally, card, property); break;
    case VCARD_PHOTO:
    case VCARD_LOGO:
    case VCARD_SOUND:
    case VCARD_KEY: note_binary(tally, card, property); break;
    case VCARD_TEL:
    case VCARD_EMAIL: note(tally, vcard_address(card, property)); break;
    default: note(tally, vcard_text(card, property));
    }
    if (property->n_params > 0) {
        struct vcard_types types;
        vcard_types(card, property, &types);
        tally->checksum = tally->checksum * 31 + types.known + types.preference;
        for (unsigned i = 0; i < types.n_labels; i++) {
            note(tally, types.labels[i]);
        }
    }
    if (property->group.len > 0) {
        note(tally, vcard_label(card, property));
    }
}

static void decode_all(const char *data, size_t len, struct tally *tally)
{
    g_autoptr(vcard_reader) reader = vcard_reader_new(data, len);
    auto_vcard card;
    vcard_init(&card);
    for (enum vcard_read read; (read = vcard_next(reader, &card)) != VCARD_READ_END;) {
        if (read == VCARD_READ_REFUSED) {
            tally->refused++;
            continue;
        }
        tally->cards++;
        for (size_t i = 0; i < card.n_properties; i++) {
            note_property(tally, &card, &card.properties[i]);
        }
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_json_string(const char *text)
{
    putchar('"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            putchar('\\');
        }
        if ((unsigned char)*c < 0x20) {
            printf("\\u%04x", (unsigned)*c);
        } else {
            putchar(*c);
        }
    }
    putchar('"');
}

/* Time this thread had a core: what other programs take from the machine does not count. */
static double core_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int measure(const char *name, const char *data, size_t len)
{
    double seconds[MAX_ROUNDS];
    double total = 0;
    unsigned n = 0;
    struct tally first = { 0 };
    while (n < MAX_ROUNDS && (n < MIN_ROUNDS || total < enough_seconds)) {
        struct tally tally = { 0 };
        double from = core_seconds();
        decode_all(data, len, &tally);
        seconds[n] = core_seconds() - from;
        total += seconds[n];
        if (n++ == 0) {
            first = tally;
        } else if (tally.checksum != first.checksum || tally.values != first.values) {
            fprintf(stderr, "vcards: two rounds read different values\n");
            return 3;
        }
    }
    qsort(seconds, n, sizeof *seconds, by_value);
    double median = seconds[n / 2] > 0 ? seconds[n / 2] : 1e-6;
    printf("{\"file\":");
    print_json_string(name);
    printf(",\"bytes\":%zu,\"cards\":%" G_GUINT64_FORMAT ",\"refused\":%" G_GUINT64_FORMAT, len,
           first.cards, first.refused);
    printf(",\"values\":%" G_GUINT64_FORMAT ",\"seconds\":%.6f,\"cards_per_s\":%.0f", first.values,
           median, (double)first.cards / median);
    printf(",\"mb_per_s\":%.1f,\"rounds\":%u,\"checksum\":\"%016" G_GINT64_MODIFIER "x\"}\n",
           (double)len / 1e6 / median, n, first.checksum);
    return 0;
}

/* --- made-up cards ----------------------------------------------------------------------- */

static const char *const given[] = { "Amara", "Bo",   "Chidi", "Dalia", "Emeka", "Farah",
                                     "Gita",  "Hana", "Ivo",   "Jun",   "Kofi",  "Lina",
                                     "Marta", "Noor", "Omar",  "Priya" };
static const char *const family[] = { "Adeyemi", "Bauer",  "Castro",  "Dubois", "Eze",  "Farouk",
                                      "Gupta",   "Haddad", "Ivanova", "Jensen", "Khan", "Lopez",
                                      "Mehta",   "Nowak",  "Okafor",  "Petrov" };
static const char *const title[] = { "Resident", "Fellow", "Attending physician",
                                     "Programme coordinator" };

static uint64_t next_number(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static GString *generate(unsigned n_cards)
{
    GString *out = g_string_sized_new((gsize)n_cards * 256);
    uint64_t state = 8470;
    for (unsigned i = 0; i < n_cards; i++) {
        const char *first = given[next_number(&state) % G_N_ELEMENTS(given)];
        const char *last = family[next_number(&state) % G_N_ELEMENTS(family)];
        unsigned number = (unsigned)(next_number(&state) % 10000);
        g_string_append_printf(out, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:%s %s\r\nN:%s;%s;;Dr.;\r\n",
                               first, last, last, first);
        g_string_append_printf(out, "EMAIL;TYPE=WORK:%s.%s%u@example.org\r\n", first, last, i);
        g_string_append_printf(out, "TEL;TYPE=CELL,VOICE:+1-202-555-%04u\r\n", number);
        g_string_append_printf(out, "ORG:Example Hospital %u;Medicine\r\nTITLE:%s\r\n",
                               number % 100, title[next_number(&state) % G_N_ELEMENTS(title)]);
        g_string_append_printf(out, "BDAY:19%02u-%02u-%02u\r\nEND:VCARD\r\n", 50 + number % 50,
                               1 + number % 12, 1 + number % 28);
    }
    return out;
}

/* --- the other two modes
 * ----------------------------------------------------------------------------------------- */

static int fail(const char *what, const char *name, GError *error)
{
    fprintf(stderr, "vcards: cannot %s %s: %s\n", what, name, error != NULL ? error->message : "");
    g_clear_error(&error);
    return 3;
}

static int convert(const char *version, const char *name, const char *out_name)
{
    GError *error = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new(name, FALSE, &error);
    if (file == NULL) {
        return fail("read", name, error);
    }
    g_autoptr(GString) out = g_string_new(NULL);
    const char *data = g_mapped_file_get_contents(file);
    g_autoptr(vcard_reader)
        reader = vcard_reader_new(data != NULL ? data : "", g_mapped_file_get_length(file));
    auto_vcard card;
    vcard_init(&card);
    for (enum vcard_read read; (read = vcard_next(reader, &card)) != VCARD_READ_END;) {
        if (read == VCARD_READ_CARD) {
            vcard_write(&card, strcmp(version, "3.0") == 0 ? VCARD_3_0 : VCARD_4_0, out);
        } else {
            fprintf(stderr, "%s:%u: %s\n", name, card.line, card.refusal);
        }
    }
    return g_file_set_contents(out_name, out->str, (gssize)out->len, &error)
               ? 0
               : fail("write", out_name, error);
}

static int run_file(const char *name)
{
    GError *error = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new(name, FALSE, &error);
    if (file == NULL) {
        return fail("read", name, error);
    }
    const char *data = g_mapped_file_get_contents(file);
    return measure(name, data != NULL ? data : "", g_mapped_file_get_length(file));
}

int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "--convert") == 0
        && (strcmp(argv[2], "3.0") == 0 || strcmp(argv[2], "4.0") == 0)) {
        return convert(argv[2], argv[3], argv[4]);
    }
    if (argc == 4 && strcmp(argv[1], "--generate") == 0) {
        GError *error = NULL;
        g_autoptr(GString) cards = generate((unsigned)g_ascii_strtoull(argv[2], NULL, 10));
        return g_file_set_contents(argv[3], cards->str, (gssize)cards->len, &error)
                   ? 0
                   : fail("write", argv[3], error);
    }
    if (argc == 1) {
        g_autoptr(GString) cards = generate(DEFAULT_CARDS);
        return measure("(made up)", cards->str, cards->len);
    }
    if (argc == 2 && argv[1][0] != '-') {
        return run_file(argv[1]);
    }
    fputs("usage: vcards [FILE]\n       vcards --generate N FILE\n"
          "       vcards --convert 3.0|4.0 FILE OUT\n",
          stderr);
    return 2;
}
