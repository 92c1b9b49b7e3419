/* document.h - a Xapian document: terms, values, data. See status.h for the rules of all calls. */
#ifndef SITREP_SHIM_DOCUMENT_H
#define SITREP_SHIM_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ShimDoc ShimDoc;

/* An empty document. Free with shim_doc_free(). */
ShimStatus shim_doc_new(ShimDoc **doc);
void shim_doc_free(ShimDoc *doc);

/* Adds a term, `weight` times to its count; weight 0 makes it a pure filter. Terms over 245 bytes
 * (a NUL counts two) and empty ones are refused with SHIM_INVALID here, not at commit. */
ShimStatus shim_doc_add_term(ShimDoc *doc, const char *term, size_t len, uint32_t weight);
ShimStatus shim_doc_set_value(ShimDoc *doc, unsigned slot, const char *value, size_t len);
ShimStatus shim_doc_set_data(ShimDoc *doc, const char *data, size_t len);

/* What the document holds; the bytes belong to the document and stay valid until the next call of
 * these two on it. An absent value is empty. */
ShimStatus shim_doc_data(ShimDoc *doc, const char **data, size_t *len);
ShimStatus shim_doc_value(ShimDoc *doc, unsigned slot, const char **value, size_t *len);

#ifdef __cplusplus
}
#endif
#endif
