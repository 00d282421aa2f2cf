/* The made-up people of the demo, and the files they come in. */
#ifndef LIGATURE_FEATURE_DEMO_H
#define LIGATURE_FEATURE_DEMO_H

#include "base/random.h"
#include "page/feature.h"

#define DEMO_PEOPLE 400
#define DEMO_OWNER_GIVEN "Farah"
#define DEMO_OWNER_FAMILY "Siddiqui"

/* Strings are owned by the cast's chunk. */
struct demo_person {
    const char *prefix; /* "Dr.", "Prof.", "Ms.", "" */
    const char *given;
    const char *family;
    const char *own;         /* whole name in its own script; "" when that is Latin */
    const char *language;    /* of the name */
    const char *credentials; /* "MD", "MBBS, FACP", "" */
    const char *title;
    const char *old_title; /* in the older export; NULL: the same */
    const char *org;
    const char *old_org;
    const char *city;
    const char *region;
    const char *country; /* "US" ... */
    const char *school;  /* "" unknown */
    int class_year;
    const char *email;
    const char *phone;
    const char *slug; /* of the LinkedIn address; "" none */
    const char *tags; /* "mentor,ohio" for the phone's categories; "" none */
    const char *note;
    int32_t met_day; /* connected */
    bool is_on_linkedin;
    bool shows_email; /* to LinkedIn's export */
    bool is_in_phone;
    bool is_in_google;
    bool is_author; /* on papers */
    bool is_closed; /* the account was closed: an empty row of the export */
};

struct demo_cast {
    struct demo_person people[DEMO_PEOPLE];
    int n;
    GStringChunk *text;
    int32_t today;
};

void demo_cast_init(struct demo_cast *cast, int32_t today);
void demo_cast_clear(struct demo_cast *cast);

/* Writes the files into folder; names of those to import, in order, with the day of each, to
 * files_out. */
struct demo_file {
    const char *name;
    int days_ago;
};
extern const struct demo_file demo_files[];
extern const int n_demo_files;
bool demo_files_write(const struct demo_cast *cast, const char *folder, GError **error);

/* A drawn portrait as PNG, for some given names; NULL for the others. chance varies ground and
 * clothes. */
GByteArray *demo_face(const char *given, unsigned chance);

/* The answers about the goal, through the table's action. */
bool demo_goal_tell(struct action_call *call, GError **error);

/* Touches, cadences, steps, tags through the table's actions; the people are in the store already.
 */
bool demo_story_tell(struct action_call *call, const struct demo_cast *cast, GError **error);

/* Steps done since winter with what came of them. id_of: the id of somebody of the cast among ids;
 * NULL: not there. */
typedef const char *demo_id_fn(GHashTable *ids, const struct demo_person *person);
bool demo_steps_tell(struct action_call *call, const struct demo_cast *cast, demo_id_fn *id_of,
                     GHashTable *ids, GError **error);

/* Runs another action of the table at `at` (AT_NONE: now); result_out may be NULL. Steals args. */
bool demo_act(struct action_call *call, const char *name, json_t *args, int64_t at,
              json_t **result_out, GError **error);

#endif
