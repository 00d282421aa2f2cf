/* Raw arguments out of an HTTP request: a JSON object, or a form with its files. */
#ifndef LIGATURE_ACTION_INPUT_H
#define LIGATURE_ACTION_INPUT_H

#include "action/action.h"

struct http_request; /* net/http.h */

struct input {
    json_t *raw;        /* owned: for action_run */
    GArray *files;      /* struct call_file; strings owned by texts or by the request. owned */
    GPtrArray *texts;   /* owned */
    GPtrArray *spooled; /* paths of files made here; unlinked by input_clear. owned */
};

/* JSON body: members as they are; a file is {"name", "base64"}. Form: texts, repeated ones as
 * arrays; a file is a file. An empty body is an object without members. Refuses api.bad_json,
 * api.media_type. input is always to be cleared. */
bool input_read(struct input *input, const struct http_request *request,
                const struct action *action, GError **error);
void input_clear(struct input *input);

#endif
