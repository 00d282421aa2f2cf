/* What every table of data/ (written out as C by tools/datatable) leans on. Include "data_X.h", not this. */
#ifndef LIGATURE_BASE_DATA_H
#define LIGATURE_BASE_DATA_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#define DATA_NONE INT_MIN       /* an empty cell of an int column; an empty num is NAN, an empty text "" */

#endif
