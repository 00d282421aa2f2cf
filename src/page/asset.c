/* Looks up what tools/asset embedded. There are a handful, so a walk along the table is the quickest way. */
#include "page/asset.h"

#include <string.h>

const struct asset *asset_find(const char *path, bool *is_current_out)
{
    const char *name = strrchr(path, '/');
    if (name == NULL || strncmp(path, ASSET_ROOT, strlen(ASSET_ROOT)) != 0) {
        return NULL;
    }
    for (size_t i = 0; i < n_assets; i++) {
        if (strcmp(strrchr(assets[i].path, '/'), name) == 0) {
            *is_current_out = strcmp(assets[i].path, path) == 0;
            return &assets[i];
        }
    }
    return NULL;
}
