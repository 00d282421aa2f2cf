/* demo.run: an empty folder becomes a doctor's network of made-up people. */
#include "feature/demo/demo.h"

#include "base/error.h"

#include <string.h>

/* Refuses to put made-up people among real ones. */
static bool is_empty(struct action_call *call, GError **error)
{
    json_t *list = NULL;
    if (!demo_act(call, "person.list", json_pack("{s:i}", "limit", 1), AT_NONE, &list, error)) {
        return false;
    }
    json_int_t total = json_integer_value(json_object_get(list, "total"));
    json_decref(list);
    return total == 0 ||
           refuse(error, "demo.not_empty",
                  "There are people in this folder already. The demo goes into a folder of "
                  "its own: ligature --data DIR demo");
}

static bool import_files(struct action_call *call, const struct demo_cast *cast, const char *folder,
                         json_t *imports, GError **error)
{
    int64_t now = clock_now(&call->env->clock);
    for (int i = 0; i < n_demo_files; i++) {
        g_autofree char *path = g_build_filename(folder, demo_files[i].name, NULL);
        json_t *result = NULL;
        call_progress(call, i, n_demo_files, demo_files[i].name);
        if (!demo_act(call, "import.apply", json_pack("{s:s}", "file", path),
                      now - demo_files[i].days_ago * US_PER_DAY, &result, error)) {
            return false;
        }
        json_array_append_new(imports,
                              json_pack("{s:s, s:O, s:O, s:O, s:O, s:O}", "file",
                                        demo_files[i].name, "read", json_object_get(result, "read"),
                                        "added", json_object_get(result, "added"), "updated",
                                        json_object_get(result, "updated"), "unchanged",
                                        json_object_get(result, "unchanged"), "refused",
                                        json_object_get(result, "n_refused")));
        json_decref(result);
    }
    return true;
}

static bool demo_run(struct action_call *call, json_t **result_out, GError **error)
{
    g_autofree char *folder = g_build_filename(call->data_dir, "demo-files", NULL);
    if (!is_empty(call, error)) {
        return false;
    }
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        return bug(error, "demo.write", "The folder %s could not be made.", folder);
    }
    struct demo_cast cast;
    json_t *imports = json_array();
    demo_cast_init(&cast, clock_today(&call->env->clock));
    bool is_well = demo_files_write(&cast, folder, error) &&
                   import_files(call, &cast, folder, imports, error) &&
                   demo_goal_tell(call, error) && demo_story_tell(call, &cast, error);
    json_t *list = NULL;
    is_well = is_well &&
              demo_act(call, "person.list", json_pack("{s:i}", "limit", 1), AT_NONE, &list, error);
    demo_cast_clear(&cast);
    if (!is_well) {
        json_decref(imports);
        return false;
    }
    *result_out = json_pack("{s:s, s:O, s:o}", "folder", folder, "people",
                            json_object_get(list, "total"), "imports", imports);
    json_decref(list);
    return true;
}

static void demo_print(const json_t *result, FILE *out, const struct env *env)
{
    fprintf(out, "%" JSON_INTEGER_FORMAT " made-up people are in. Their files are in %s.\n",
            json_integer_value(json_object_get(result, "people")),
            json_string_value(json_object_get(result, "folder")));
}

static const struct field demo_fields[] = {
    {"folder", FIELD_TEXT, "where the export files are", NULL, false},
    {"people", FIELD_INT, "how many people", NULL, false},
    {"imports", FIELD_LIST, "file, read, added, updated, unchanged, refused", NULL, false},
    {0}};

static const struct action demo_action = {
    .name = "demo.run",
    .alias = "demo",
    .summary = "Fill an empty data folder with made-up people",
    .who = WHO_ACCOUNT,
    .effect = EFFECT_WRITE,
    .detail = "Writes export files such as a doctor has (LinkedIn, a phone, Gmail, PubMed) and "
              "brings them in through the real "
              "importers, then logs two years of touches. Nobody in it exists.",
    .is_long = true,
    .is_local = true,
    .result = demo_fields,
    .run = demo_run,
    .print = demo_print};

static const struct action *const actions[] = {&demo_action, NULL};

const struct feature feature_demo = {.name = "demo", .actions = actions};
