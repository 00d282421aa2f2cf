/* For tests and fuzzing: reads bytes as one file through the source that takes them, and writes
 * down what it told: person 2 name=Amina Hassan credential=MD url=https://... (LinkedIn) >
 * invitation_accepted both 2024-03-15 refused 5 No name, no address, no profile. ... */
#ifndef LIGATURE_IMPORT_SOURCE_SAMPLE_H
#define LIGATURE_IMPORT_SOURCE_SAMPLE_H

#include "base/clock.h"
#include "import/source.h"

#include <string.h>

struct sample {
    GString *told;
    int n_records;
    int n_refused;
};

static inline bool sample_record(void *data, const struct record *record, GError **error)
{
    static const char *const about[] = {"none", "person", "self", "touch"};
    struct sample *sample = data;
    (void)error;
    g_assert_true(record->about > ABOUT_NONE && record->about <= ABOUT_TOUCH);
    g_assert_true(record->key != NULL && *record->key != '\0' && record->family != NULL &&
                  record->file != NULL);
    sample->n_records++;
    g_string_append_printf(sample->told, "%s %ld", about[record->about], record->line);
    for (size_t i = 0; i < record->n_facts; i++) {
        const struct fact *fact = &record->facts[i];
        g_assert_true(fact->value != NULL && *fact->value != '\0' &&
                      g_utf8_validate(fact->value, -1, NULL));
        g_string_append_printf(sample->told, " %s=%s", fact_kind_text(fact->kind), fact->value);
        if (fact->label != NULL) {
            g_string_append_printf(sample->told, " (%s)", fact->label);
        }
    }
    for (size_t i = 0; i < record->n_touches; i++) {
        const struct record_touch *touch = &record->touches[i];
        char day[DAY_TEXT];
        g_string_append_printf(sample->told, " > %s %s %s", touch->kind, touch->direction,
                               day_format(touch->on_day, day));
    }
    g_string_append_c(sample->told, '\n');
    return true;
}

static inline bool sample_refused(void *data, const char *file, long line, const char *reason,
                                  GError **error)
{
    struct sample *sample = data;
    (void)error;
    g_assert_true(file != NULL && reason != NULL);
    sample->n_refused++;
    g_string_append_printf(sample->told, "refused %ld %s\n", line, reason);
    return true;
}

/* False when no source takes the bytes, or the file cannot be read to its end. */
static inline bool sample_read(const char *name, const void *bytes, size_t len,
                               const struct source_options *options, struct sample *sample)
{
    g_autoptr(GBytes) whole = g_bytes_new(bytes, len);
    struct bundle_limits limits = {.max_members = 20, .max_member = 4 << 20, .max_total = 16 << 20};
    g_autoptr(bundle_ref) bundle = bundle_open_bytes(whole, name, &limits, NULL);
    enum bundle_content content = BUNDLE_CONTENT_NONE;
    enum file_kind refused = FILE_NONE;
    g_autofree struct sniff *sniffs = NULL;
    bool is_well = bundle != NULL && sniff_bundle(bundle, &content, &refused, &sniffs, NULL) &&
                   content != BUNDLE_CONTENT_REFUSED;
    bool is_taken = false;
    struct record_sink sink = {
        .data = sample, .record = sample_record, .refuse_row = sample_refused};
    for (size_t i = 0; is_well && i < bundle_count(bundle); i++) {
        for (int s = 0; s < n_import_sources; s++) {
            struct source_member member = {.bundle = bundle,
                                           .index = i,
                                           .kind = sniffs[i].kind,
                                           .sniff = &sniffs[i],
                                           .options = options};
            if (import_sources[s]->order(sniffs[i].kind) > 0) {
                g_autoptr(GError) error = NULL;
                is_taken = true;
                is_well = is_well && import_sources[s]->read(&member, &sink, &error);
                g_assert_true(is_well || error != NULL);
            }
        }
    }
    return is_well && is_taken;
}

#endif
