/* The program begins here and is told in app.h. */
#include "app/app.h"

int main(int argc, char **argv)
{
    return app_main(argc, argv, registry_features, n_registry_features);
}
