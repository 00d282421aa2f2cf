/* An author's affiliation taken apart: "Department of Surgery, Lakeside University Hospital, Lagos,
 * Nigeria. a@b.example" */
#ifndef LIGATURE_IMPORT_AFFILIATION_H
#define LIGATURE_IMPORT_AFFILIATION_H

/* All owned; NULL when it says none. */
struct affiliation {
    char *org; /* the hospital, else the university, else what is left */
    char *department;
    char *place; /* "Lagos, Nigeria" */
};

/* Addresses, numbers in front and the words around them go; nothing else is lost. */
void affiliation_read(const char *text, struct affiliation *affiliation_out);
void affiliation_clear(struct affiliation *affiliation);

#endif
