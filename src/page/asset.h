/* Files for the browser, inside the binary: the sheet, the script, htmx, the mark. Their addresses carry a hash of
 * their content, so that they may be kept for ever. "asset_list.h", written by tools/asset, has an address for each:
 * ASSET_LOOK_CSS is "/a/1f0c…/look.css". */
#ifndef LIGATURE_PAGE_ASSET_H
#define LIGATURE_PAGE_ASSET_H

#include "net/http.h"

#include <stdbool.h>
#include <stddef.h>

#define ASSET_ROOT "/a/"

struct asset {
    const char *path;           /* "/a/1f0c…/look.css" */
    struct http_asset file;     /* for http_response_asset(); immutable */
};

extern const struct asset assets[];
extern const size_t n_assets;

/* The asset at this path (without query); NULL when there is none. An address of another version of the program, with
 * another hash, finds the file of that name too; *is_current_out is false then, and nobody may keep the answer. */
const struct asset *asset_find(const char *path, bool *is_current_out);

#endif
