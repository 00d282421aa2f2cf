/* The program's own actions: serve the pages, serve an assistant, look after long actions. */
#include "app/app.h"

#include "action/mcp.h"

const struct feature feature_app = {
    .name = "app",
};
