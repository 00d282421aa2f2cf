/* The body of a request as it is received. Inside net/ only. */
#ifndef LIGATURE_NET_HTTP_BODY_H
#define LIGATURE_NET_HTTP_BODY_H

#include "net/http.h"
#include "net/http_multipart.h"

struct http_body {
    uint64_t max;                   /* beyond: 413 */
    uint64_t size;                  /* received */
    size_t memory_max;
    size_t in_memory;               /* of form fields */
    const char *dir;                /* borrowed */
    GString *text;                  /* owned; NULL: none, or on disk */
    char *path;                     /* owned: where it lies on disk */
    int fd;                         /* of path, or of the file part being written; -1 */
    struct http_multipart *multipart;
    struct http_params form;
    GArray *files;                  /* struct http_file, with owned strings */
    GString *field;                 /* value being read */
    char *field_name;
    int status;                     /* 0, or why it was refused: 400, 413, 500 */
};
void http_body_init(struct http_body *body, const char *dir, size_t memory_max);
void http_body_clear(struct http_body *body);       /* deletes files not kept */
/* Before the first byte; type is the whole Content-Type. Sets body->status on a bad one. */
void http_body_start(struct http_body *body, const char *type);
/* does nothing once status is set */
void http_body_feed(struct http_body *body, const char *bytes, size_t len);
/* type: the media type. Parses what is a plain form. */
void http_body_finish(struct http_body *body, const char *type);

#endif
