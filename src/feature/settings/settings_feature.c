/* The settings feature: the page of everything that is about you and this store, and the two looks
 * that are kept. */
#include "feature/settings/settings_parts.h"

#include "action/act.h"
#include "model/setting.h"

static const char *const names[] = {"theme", "keys"};

static bool read_settings(struct action_call *call, struct book *book, json_t **result_out,
                          GError **error)
{
    static const char *const fallbacks[] = {"system", "on"};
    g_autoptr(GStringChunk) text = g_string_chunk_new(64);
    json_t *result = json_object();
    (void)call;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = NULL;
        if (!setting_load(book->tx, book->account_id, names[i], text, &value, error)) {
            json_decref(result);
            return false;
        }
        json_object_set_new(result, names[i], json_string(value != NULL ? value : fallbacks[i]));
    }
    *result_out = result;
    return true;
}

static bool setting_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_settings, result_out, error);
}

static bool write_settings(struct action_call *call, struct book *book, json_t **result_out,
                           GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (call_has(call, names[i]) &&
            !setting_save(book->tx, book->account_id, names[i], call_text(call, names[i]), error)) {
            return false;
        }
    }
    *result_out = json_pack("{s:s}", "message", "Saved.");
    return true;
}

static bool setting_do_save(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_settings, result_out, error);
}

static const char *const themes[] = {"system", "light", "dark", NULL};
static const char *const switches[] = {"on", "off", NULL};
static const struct param save_params[] = {{.name = "theme",
                                            .type = PARAM_CHOICE,
                                            .choices = themes,
                                            .help = "light or dark pages, or as the system has it"},
                                           {.name = "keys",
                                            .type = PARAM_CHOICE,
                                            .choices = switches,
                                            .help = "single letters act on pages"},
                                           {0}};
static const struct field list_fields[] = {
    {"theme", FIELD_TEXT, "system, light or dark", NULL, false},
    {"keys", FIELD_TEXT, "on or off", NULL, false},
    {0}};
static const struct field save_fields[] = {{"message", FIELD_TEXT, "what was done", NULL, false},
                                           {0}};

static const struct action list_action = {.name = "setting.list",
                                          .summary = "Show how pages look and answer to keys",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_READ,
                                          .result = list_fields,
                                          .run = setting_do_list};
static const struct action save_action = {.name = "setting.save",
                                          .summary = "Change how pages look and answer to keys",
                                          .who = WHO_ACCOUNT,
                                          .effect = EFFECT_WRITE,
                                          .params = save_params,
                                          .result = save_fields,
                                          .run = setting_do_save};
static const struct action *const actions[] = {&list_action, &save_action, NULL};

static const struct setting_row settings[] = {
    {"theme", "light or dark pages, or as the system has it", PARAM_CHOICE, "system"},
    {"keys", "single letters act on pages", PARAM_CHOICE, "on"},
    {0}};
static const struct page_route pages[] = {{"/settings", 0, settings_page}, {0}};

const struct feature feature_settings = {
    .name = "settings", .actions = actions, .pages = pages, .settings = settings};
