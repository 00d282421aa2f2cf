/* Files for the browser, inside the binary: the sheet, the script, htmx, the mark. Their addresses carry a hash of their
 * content, so that they may be kept for ever. "asset_list.h", written by tools/asset, has an address for each:
 * ASSET_LOOK_CSS is "/a/1f0c…/look.css". */
#ifndef LIGATURE_PAGE_ASSET_H
#define LIGATURE_PAGE_ASSET_H

#include <stdbool.h>
#include <stddef.h>

/* To be sent with every asset. */
#define ASSET_CACHE_CONTROL "public, max-age=31536000, immutable"
#define ASSET_ROOT "/a/"

struct asset {
    const char *path;           /* "/a/1f0c…/look.css" */
    const char *type;           /* "text/css; charset=utf-8" */
    const char *etag;           /* in its quotes */
    const unsigned char *body;
    size_t length;
    const unsigned char *gzip;  /* the same, as Content-Encoding: gzip; NULL where that saves nothing */
    size_t gzip_length;
};

extern const struct asset assets[];
extern const size_t n_assets;

/* The asset at this path (without query); NULL when there is none. Also finds an asset whose hash is of another
 * version of the program, by its name: then it must not be kept for ever (is_current false). */
const struct asset *asset_find(const char *path, bool *is_current_out);

#endif
