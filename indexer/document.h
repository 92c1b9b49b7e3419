/* document.h - an Article as a Xapian document: terms, values, data. */
#ifndef SITREP_DOCUMENT_H
#define SITREP_DOCUMENT_H

#include "../corpus/analysis.h"
#include "../corpus/article.h"
#include "../shim/document.h"

/* Called for each word of the text that gets a term. */
typedef void (*WordSink)(void *context, const Token *token);

/* Builds the document of an article: words of title (also as S terms, and TITLE_WEIGHT times in the
 * text) and body with positions, fields by their rows in the schema, SLOT_DATE, SLOT_FACETS (as
 * facet_table_pack() packed them), and `data` as its data. Every word of title and body goes to
 * `sink`. Free with shim_doc_free(); NULL with an error. */
ShimDoc *document_build(const Article *article, const char *data, Analyzer *analyzer,
                        const GString *facets, WordSink sink, void *context, GError **error);

#endif
