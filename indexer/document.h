/* document.h - an Article as a Xapian document: terms, values, data. */
#ifndef SITREP_DOCUMENT_H
#define SITREP_DOCUMENT_H

#include "../corpus/analysis.h"
#include "../corpus/article.h"
#include "../shim/document.h"

/* Called for each word of the text that gets a term. */
typedef void (*WordSink)(void *context, const Token *token);

/* What builds documents, one after the other. One a thread; never NULL. */
typedef struct DocumentBuilder DocumentBuilder;
DocumentBuilder *document_builder_new(void);
void document_builder_free(DocumentBuilder *builder); /* NULL is allowed */

/* Builds the document of an article: words of title (also as S terms, and TITLE_WEIGHT times in the
 * text) and body, fields by their rows in the schema, SLOT_DATE, SLOT_FACETS (as facet_table_pack()
 * packed them), SLOT_POSITIONS, SLOT_COPY and the terms of
 * its bands (fingerprint.h), and `data` as its data. Every word of title and body goes to
 * `sink`. Free with shim_doc_free(); NULL with an error. */
ShimDoc *document_build(DocumentBuilder *builder, const Article *article, const char *data,
                        const GString *facets, WordSink sink, void *context, GError **error);

#endif
